// The IAM requests that the simulators recorded in the tests, translated to an environment.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const TABLE = parse(readFileSync(join(import.meta.dirname, 'tables/callers.yaml'), 'utf8'))

/** The recorded lines of all test processes. */
export function readRecorded(folder) {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  )
}

/**
 * The distinct calls of the deployed roles, each with the tests that made it, and the number of calls without a role. Condition keys
 * that no policy of the environment reads are left out, because they cannot change a decision.
 */
export function translate(env, lines) {
  const read = conditionKeys(env)
  const calls = new Map()
  const withoutRole = new Map(TABLE.without_role.map((row) => [row, new Set()]))
  for (const { caller, action, resource, context, test } of lines) {
    const is = ({ key }) => new RegExp(`^(?:${key})$`).test(caller)
    const known = TABLE.roles.find(is)
    if (!known) {
      const row = TABLE.without_role.find(is)
      if (!row) throw new Error(`tables/callers.yaml has no access key ${caller}, which calls ${action} in ${test}`)
      withoutRole.get(row).add(`${action} ${resource}`)
      continue
    }
    const name = (text) => translateName(env, [...known.names, ...TABLE.names], text)
    const call = {
      principal: known.role,
      action,
      resource: name(resource),
      context: Object.fromEntries(
        Object.entries(context)
          .filter(([key]) => read.has(key.toLowerCase()))
          .map(([key, values]) => [key, values.map(name)]),
      ),
    }
    const key = JSON.stringify(call)
    if (!calls.has(key)) calls.set(key, { ...call, tests: new Set() })
    calls.get(key).tests.add(test.replace(/.*\./, ''))
  }
  return { calls: [...calls.values()], withoutRole: [...withoutRole].map(([row, all]) => ({ ...row, count: all.size })) }
}

/** Whether the code handles that IAM denies this call. */
export function isHandled({ principal, action, context }) {
  return TABLE.handled.some((row) => row.role === principal && row.action === action && !(row.without in context))
}

function translateName(env, rules, text) {
  for (const { from, to } of rules) {
    const match = new RegExp(`^(?:${from})$`).exec(text)
    if (match)
      return to
        .replace(/\$\{([^}]+)\}/g, (_, name) => ({ account: env.account, region: env.region, environment: env.name })[name] ?? env.arn(name))
        .replace(/\$(\d)/g, (_, group) => match[group] ?? '')
  }
  return text
}

function conditionKeys(env) {
  const keys = new Set()
  for (const role of env.roles.values())
    for (const { policy } of role.policies)
      for (const { Condition = {} } of [policy.Statement].flat())
        for (const values of Object.values(Condition)) Object.keys(values).forEach((key) => keys.add(key.toLowerCase()))
  return keys
}
