// Finds the permissions of roles that no evaluated call uses.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Each permission of a role, a pair of an action and a resource in a statement, with whether an evaluated call uses it. */
export class Permissions {
  constructor(env) {
    this.env = env
    this.all = [...env.roles.values()].flatMap((role) => [
      ...role.policies.flatMap(({ name, policy }) =>
        [policy.Statement].flat().flatMap((statement, index) =>
          statement.Effect === 'Allow'
            ? [statement.Action].flat().flatMap((action) =>
                [statement.Resource].flat().map((resource) => ({
                  role: role.name,
                  policy: name,
                  index,
                  action,
                  resource,
                  condition: statement.Condition,
                  used: new Set(),
                })),
              )
            : [],
        ),
      ),
      ...role.managed.map((arn) => ({ role: role.name, action: 'managed policy', resource: arn, used: new Set() })),
    ])
  }

  /** Marks the permissions that an answer used. */
  use(principal, { identity }, by) {
    for (const { policy, index, actions, resources } of identity)
      for (const one of this.all)
        if (one.role === principal && one.policy === policy && one.index === index && actions.includes(one.action) && resources.includes(one.resource))
          one.used.add(by)
  }

  /**
   * Gives each unused permission its reason from tables/surplus.yaml.
   *
   * @returns the unused permissions without a reason, and the reasons of the table that explain nothing
   */
  explain(rows) {
    for (const permission of this.all.filter(({ used }) => used.size === 0)) {
      const row = rows.find((one) => explains(one, permission))
      if (row) {
        permission.reason = row.reason
        row.explains = true
      }
    }
    return this.all.filter(({ used, reason }) => used.size === 0 && !reason)
  }
}

/** The rows of tables/surplus.yaml: a role, patterns of actions and resources with `*`, and the reason. */
export function readSurplus() {
  return parse(readFileSync(join(import.meta.dirname, 'tables/surplus.yaml'), 'utf8'))
}

function explains({ role, actions = ['*'], resources = ['*'] }, permission) {
  const fits = (patterns, text) => patterns.some((pattern) => glob(pattern).test(text))
  return role === permission.role && fits(actions, permission.action) && fits(resources, permission.resource)
}

function glob(pattern) {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`)
}
