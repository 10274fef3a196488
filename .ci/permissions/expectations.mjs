// What each role must be able to do, and what it must not: the rows of permissions.yaml, which `./platform verify-permissions` also
// asks AWS about.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '../..')
const TABLE = 'cdk/src/main/resources/io/reverser/cdk/deploy/permissions.yaml'

/**
 * The calls of the table, one for each action and resource.
 *
 * @returns {allowed, denied, accepted}: lists of {principal, action, resource, context, document, because}
 */
export function expectations(env) {
  const { everyone, roles } = parse(readFileSync(join(ROOT, TABLE), 'utf8'))
  const values = placeholders(env)
  for (const role of env.roles.keys())
    if (!roles[role]?.denied?.length) throw new Error(`${TABLE}: says nothing about what ${role} must not do`)
  const calls = (kind) =>
    [...env.roles.keys()].flatMap((role) => (roles[role][kind] ?? []).flatMap((row) => expand(env, values, role, row)))
  const forEveryone = [...env.roles.keys()].flatMap((role) =>
    everyone.filter(({ except = [] }) => !except.includes(role)).flatMap((row) => expand(env, values, role, row)),
  )
  return { allowed: calls('allowed'), denied: [...calls('denied'), ...forEveryone], accepted: calls('accepted') }
}

/** A row's calls; none if the settings have no value for one of its placeholders, such as a policy for namespaces. */
function expand(env, values, role, { action, resource, context = {}, document, because }) {
  const all = { ...values, self: env.roles.get(role).arn }
  const text = JSON.stringify({ action: [action].flat(), resource: [resource].flat(), context })
  if (Object.entries(all).some(([name, value]) => value === undefined && text.includes(`\${${name}}`))) return []
  const filled = JSON.parse(text.replace(/\$\{([^}]+)\}/g, (_, name) => all[name] ?? env.arn(name)))
  return filled.action.flatMap((one) =>
    filled.resource.map((on) => ({ principal: role, action: one, resource: on, context: filled.context, document, because })),
  )
}

/** The settings of an environment, as in its file. */
export function readSettings({ name }) {
  return parse(readFileSync(join(ROOT, `cdk/config/${name}.yaml`), 'utf8'))
}

function placeholders(env) {
  const { name, account, region } = env
  const { access, cluster, operations, delivery } = readSettings(env)
  const secret = (secretName) => `arn:aws:secretsmanager:${region}:${account}:secret:${secretName}-AbCdEf`
  const policies = (scope) => Object.values(access.levels).filter((level) => level.scope === scope).map((level) => level.policy)
  const onlyForNamespaces = policies('namespace').find((policy) => !policies('cluster').includes(policy))
  const arn = (policy) => policy && `arn:aws:eks::aws:cluster-access-policy/${policy}`
  return {
    account,
    region,
    environment: name,
    cluster: cluster.name,
    person: Object.values(access.people)[0].principal,
    cluster_policy: arn(policies('cluster')[0]),
    namespace_policy: arn(onlyForNamespaces),
    namespace: Object.values(access.clusters)[0].namespaces?.[0],
    slack_secret: secret(operations.slack_secret),
    git_secret: secret(delivery.git_secret),
  }
}
