// Changes policies as a mistake would, to see that the check finds each change.
import { checkEnvironment } from './environment.mjs'
import { readSurplus } from './surplus.mjs'

const TAG = 'aws:ResourceTag/cluster-access:managed'

const MUTANTS = [
  {
    name: 'granter may not tag what it creates',
    apply: (env) => statement(env, 'functions/AccessGranterRole', 'TagManaged', (one) => ({ ...one, Action: 'eks:ListTagsForResource' })),
    found: 'eks:TagResource',
  },
  {
    name: 'a condition has another value',
    apply: (env) => statement(env, 'functions/AccessGranterRole', 'ManageOwned', (one) => ({ ...one, Condition: { StringEquals: { [TAG]: 'v2' } } })),
    found: 'eks:DeleteAccessEntry',
  },
  {
    name: 'StringEquals is StringLike *',
    apply: (env) => statement(env, 'functions/AccessGranterRole', 'ManageOwned', (one) => ({ ...one, Condition: { StringLike: { [TAG]: '*' } } })),
    found: 'is allowed, but',
  },
  {
    name: 'API Gateway has no permission to call command',
    apply: (env) => resourcePolicy(env, 'functions/AccessCommandLive'),
    found: 'apigateway.amazonaws.com lambda:InvokeFunction',
  },
  {
    name: 'Secrets Manager has no permission to call the rotation',
    apply: (env) => resourcePolicy(env, 'rotation/RotatorFunction'),
    found: 'secretsmanager.amazonaws.com lambda:InvokeFunction',
  },
  {
    name: "the schedules' role may call another function",
    apply: (env) =>
      statements(env, 'functions/AccessSchedulerRole', (one) =>
        [one.Action].flat().includes('lambda:InvokeFunction') ? { ...one, Resource: env.arn('functions/AlarmsNotifierLive') } : one,
      ),
    found: 'functions/AccessSchedulerRole lambda:InvokeFunction',
  },
  {
    name: 'command may delete requests',
    apply: (env) =>
      statements(env, 'functions/AccessCommandRole', (one) =>
        [one.Action].flat().includes('dynamodb:PutItem') ? { ...one, Action: [...one.Action, 'dynamodb:DeleteItem'] } : one,
      ),
    found: 'dynamodb:DeleteItem',
  },
]

/**
 * Checks each changed environment.
 *
 * @param load reads the environment anew
 * @returns a failure for each change that the check does not find
 */
export async function findSurvivors(load, lines) {
  const survivors = []
  for (const { name, apply, found } of MUTANTS) {
    const env = load()
    apply(env)
    const { failures } = await checkEnvironment(env, lines, readSurplus())
    const finding = failures.find((failure) => failure.includes(found))
    if (finding) console.log(`mutant "${name}": ${finding}`)
    else survivors.push(`the check does not find that ${name}`)
  }
  return survivors
}

function statement(env, role, sid, change) {
  statements(env, role, (one) => (one.Sid === sid ? change(one) : one))
}

/** Changes the statements of a role. */
function statements(env, role, change) {
  const { policies } = env.roles.get(role)
  const before = JSON.stringify(policies)
  for (const { policy } of policies) policy.Statement = [policy.Statement].flat().map(change)
  if (JSON.stringify(policies) === before) throw new Error(`mutants.mjs: ${role} has no such statement`)
}

/** Deletes the policy of a resource. */
function resourcePolicy(env, name) {
  const resource = env.resources.get(name)
  if (!resource.policy) throw new Error(`mutants.mjs: ${name} has no policy`)
  delete resource.policy
}
