// Asks IAM's rules about one call, with the evaluator @cloud-copilot/iam-simulate. Its data, from AWS's Service Authorization Reference,
// knows which condition keys AWS fills for which action: a key that AWS does not fill is absent, whatever the caller passes.
import { runSimulation } from '@cloud-copilot/iam-simulate'

/**
 * Whether the synthesised policies allow a call.
 *
 * @param env from loadEnvironment
 * @param principal the name of a role, a service like `scheduler.amazonaws.com`, or the ARN of a principal without policies
 * @param context the values of condition keys: a string or a list of strings for each key
 * @returns {allowed, result, identity, resource: the matching Allow statements of the role and of the resource, each with its policy, its
 *     index, and the patterns of actions and resources that match; ignored: the condition keys that AWS does not fill for the action}
 */
export async function ask(env, { principal, action, resource, context = {} }) {
  const role = env.roles.get(principal)
  const assumes = action.startsWith('sts:AssumeRole') || action === 'sts:TagSession'
  const renamed = action === 'sts:AssumeRoleWithWebIdentity' ? renameOidcKeys : (value) => value
  const resourcePolicy = renamed(assumes ? trustOf(env, resource) : resourcePolicyOf(env, resource))
  const response = await runSimulation(
    {
      request: {
        principal: role ? role.arn.replace(':iam:', ':sts:').replace(/:role\/(.*\/)?/, ':assumed-role/') + '/session' : principal,
        action,
        resource: { resource, accountId: env.account },
        contextVariables: {
          'aws:SecureTransport': 'true',
          ...(role && { 'aws:PrincipalArn': role.arn, 'aws:PrincipalAccount': env.account }),
          ...renamed(context),
        },
      },
      identityPolicies: role?.policies ?? [],
      resourcePolicy,
      permissionBoundaryPolicies: role?.boundary && [boundary(env, role)],
      serviceControlPolicies: [
        { orgIdentifier: 'root', policies: [{ name: 'FullAWSAccess', policy: statement({ Action: '*', Resource: '*' }) }] },
      ],
      resourceControlPolicies: [],
    },
    {},
  )
  if (response.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(response.errors)}`)
  const results = response.resultType === 'wildcard' ? response.results : [response.result]
  const matching = (analysis) =>
    (analysis?.allowStatements ?? []).map(({ policyId, statement: one, explain }) => ({
      policy: policyId,
      index: one.index() - 1,
      actions: [explain.actions ?? []].flat().flatMap(({ matches, action: pattern }) => (matches ? [pattern] : [])),
      resources: [explain.resources ?? []].flat().flatMap(({ matches, resource: pattern }) => (matches ? [pattern] : [])),
    }))
  return {
    allowed: response.overallResult === 'Allowed',
    result: response.overallResult,
    identity: results.flatMap(({ analysis }) => matching(analysis?.identityAnalysis)),
    resource: results.flatMap(({ analysis }) => matching(analysis?.resourceAnalysis)),
    ignored: results.flatMap(({ ignoredContextKeys = [] }) => ignoredContextKeys),
    response,
  }
}

/**
 * The evaluator drops the condition keys of OIDC providers, like `token.actions.githubusercontent.com:sub`. As tags of the principal,
 * which it keeps, they are compared by the same operators with the same values.
 */
function renameOidcKeys(value) {
  return JSON.parse(JSON.stringify(value ?? null).replace(/"([\w./-]+):(sub|aud)":/g, '"aws:PrincipalTag/$1/$2":')) ?? undefined
}

function statement(fields) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...fields }] }
}

function trustOf(env, arn) {
  return [...env.roles.values()].find((role) => role.arn === arn)?.trust
}

/** The policy of the resource, or of the bucket of an object. */
function resourcePolicyOf(env, arn) {
  const of = (one) => [...env.resources.values()].find((resource) => resource.arn === one && resource.policy)?.policy
  return of(arn) ?? (arn.startsWith('arn:aws:s3:::') ? of(arn.replace(/\/.*/, '')) : undefined)
}

function boundary(env, role) {
  const managed = [...env.resources.values()].find((resource) => resource.ref === role.boundary)
  if (!managed) throw new Error(`${role.name}: no template has the permissions boundary ${role.boundary}`)
  return { name: managed.name, policy: managed.properties.PolicyDocument }
}
