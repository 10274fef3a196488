// Writes docs/permissions.md: every permission of every role, and what uses it.
import { createHash } from 'node:crypto'

const SHOWN_VALUES = 3
/** What uses a permission; the page names the first that does, so that it does not depend on calls that tests rarely make. */
const USES = ['expected', 'wiring', 'tests']

const HEAD = `# Permissions

This page is written by \`.ci/permissions/run --write\` from the synthesised templates of dev and prod. \`.ci/run\` fails if the page
differs from the templates, so a changed policy is a changed line here.

The check evaluates IAM's rules with [\`@cloud-copilot/iam-simulate\`](https://github.com/cloud-copilot/iam-simulate): identity,
resource and trust policies, permissions boundaries, and conditions with the keys that AWS fills for each action. (The evaluator is
under the AGPL, so it only runs in this check and is not part of the platform.) The check asks about

- every call that the tests made. The simulators of AWS record each call's action, resource and condition keys, also for actions on
  which a call depends, such as \`iam:PassRole\` for a schedule. The check translates the names of the tests to those of the templates
  ([callers.yaml](../.ci/permissions/tables/callers.yaml)), and a call that would be denied fails with the name of its test.
- every call that AWS makes because of the templates, which neither the simulators nor the emulator of the rehearsal check:
  triggers, schedules, subscriptions, dead-letter queues and the trust of each role
  ([wiring.mjs](../.ci/permissions/wiring.mjs)).
- what each role must and must not be able to do
  ([permissions.yaml](../cdk/src/main/resources/io/reverser/cdk/deploy/permissions.yaml)).

A permission that none of these uses is removed, or has a reason ([surplus.yaml](../.ci/permissions/tables/surplus.yaml)).

A second evaluator, that of the emulator [MiniStack](https://github.com/ministackorg/ministack), is asked about the same calls
([emulator.py](../.ci/permissions/emulator.py)). The two agree on every call; a difference fails the check. After a deployment,
\`./platform verify-permissions\` asks the account's IAM, and in the rehearsal that of the emulator. The emulator's
\`SimulatePrincipalPolicy\` ignores context keys, where
[AWS's](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html) evaluates conditions with them; AWS is
right, and the rehearsal corrects the emulator.

The templates name AWS's managed policies, but do not contain them, so they are listed and not evaluated.

In the tables, \`stack/Name\` is the ARN of a resource of that stack. *Used by* says what uses a permission: a call that is
*expected*, the *wiring*, or only calls of the *tests*; otherwise it says why the permission exists. A row about one environment
only begins with its name.
`

const WITHOUT_ROLE = `The tests also make calls that no role of a deployment would make. The check counts them by their access key, and fails on a key that
is neither here nor a role's. The preflight checks of \`./platform deploy\` have the credentials of the person who deploys; their tests
replace AWS before a call is made.
`

/** The text of the page. */
export function report(environments) {
  const roles = [...new Set(environments.flatMap(({ env }) => [...env.roles.keys()]))].sort()
  const owners = [...new Set(environments.flatMap(({ env }) => [...env.resources.values()].filter(({ policy }) => policy).map(({ name }) => name)))].sort()
  return [
    HEAD,
    '## What is accepted\n',
    'These calls are more than a role needs, and allowed.\n',
    table(['Role', 'Action', 'Resource', 'Why'], merge(environments, acceptedRows)),
    '## Calls without a role\n',
    WITHOUT_ROLE,
    table(['Access key', 'Why'], environments[0].recorded.withoutRole.map(({ key, because }) => [code(key), because])),
    '## Roles\n',
    ...roles.flatMap((role) => [
      `### ${role}\n`,
      table(['Trusts', 'Action', 'If'], merge(environments, (one) => trustRows(one, role))),
      table(['Allows', 'On', 'If', 'Used by'], merge(environments, (one) => permissionRows(one, role))),
    ]),
    '## Policies of resources\n',
    ...owners.flatMap((name) => [
      `### ${name}\n`,
      table(['Effect', 'Principal', 'Action', 'If'], merge(environments, (one) => policyRows(one, name))),
    ]),
  ]
    .filter(Boolean)
    .join('\n')
}

/** The rows of all environments; a row of one environment only says so. */
function merge(environments, rows) {
  const texts = environments.map((one) => ({ name: one.env.name, rows: rows(one) }))
  const everywhere = (row) => texts.every((one) => one.rows.some((other) => same(row, other)))
  const merged = []
  for (const { name, rows: own } of texts)
    for (const row of own)
      if (!everywhere(row)) merged.push([`${name}: ${row[0]}`, ...row.slice(1)])
      else if (!merged.some((other) => same(row, other))) merged.push(row)
  return merged
}

function same(row, other) {
  return JSON.stringify(row) === JSON.stringify(other)
}

function acceptedRows({ env, accepted }) {
  return accepted.map(({ principal, action, resource, because }) => [principal, code(action), short(env, resource), because])
}

function trustRows({ env }, name) {
  const role = env.roles.get(name)
  return (role?.trust.Statement ?? []).map(({ Principal, Action, Condition }) => [
    principals(env, Principal),
    codes([Action].flat()),
    conditions(env, Condition),
  ])
}

function policyRows({ env }, name) {
  return (env.resources.get(name)?.policy?.Statement ?? []).map(({ Effect, Principal, Action, Condition }) => [
    Effect,
    principals(env, Principal),
    codes([Action].flat()),
    conditions(env, Condition),
  ])
}

function permissionRows({ env, permissions }, role) {
  const groups = new Map()
  for (const one of permissions.all.filter((permission) => permission.role === role)) {
    const why = USES.find((use) => one.used.has(use)) ?? one.reason ?? '**nothing**'
    const key = JSON.stringify([one.policy, one.index, one.action === 'managed policy', why])
    if (!groups.has(key)) groups.set(key, { actions: new Set(), resources: new Set(), condition: one.condition, why })
    groups.get(key).actions.add(one.action)
    groups.get(key).resources.add(one.resource)
  }
  return [...groups.values()]
    .map(({ actions, resources, condition, why }) => [
      codes([...actions].sort()),
      [...resources].map((resource) => short(env, resource)).sort().join(', '),
      conditions(env, condition),
      why,
    ])
    .sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

function principals(env, principal) {
  if (principal === '*') return 'anyone'
  return Object.values(principal)
    .flat()
    .map((one) => (one === '*' ? 'anyone' : short(env, one)))
    .join(', ')
}

function conditions(env, condition = {}) {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => {
        const texts = [values].flat().map((value) => short(env, String(value)))
        const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12)
        const shown = texts.length > SHOWN_VALUES ? `${texts.length} values, SHA-256 ${hash}` : texts.join(', ')
        return `${operator} ${short(env, key)} ${shown}`
      }),
    )
    .sort()
    .join('<br>')
}

/** The name of a resource of the templates, or the text with placeholders for what differs between environments. */
function short(env, text) {
  for (const resource of env.resources.values())
    if (resource.arn && (text === resource.arn || text.startsWith(`${resource.arn}/`) || text === `${resource.arn}:*`) && resource.type !== 'AWS::SecretsManager::SecretTargetAttachment')
      return code(resource.name + text.slice(resource.arn.length))
  return code(
    text
      .replaceAll(env.account, '${account}')
      .replaceAll(env.region, '${region}')
      .replaceAll(new RegExp(`\\b${env.name}\\b`, 'g'), '${environment}'),
  )
}

function codes(texts) {
  return texts.map(code).join(', ')
}

function code(text) {
  return `\`${text}\``
}

function table(head, rows) {
  if (rows.length === 0) return ''
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n')
}
