// Evaluates all calls of one environment.
import { ask } from './evaluate.mjs'
import { expectations } from './expectations.mjs'
import { isHandled, translate } from './recorded.mjs'
import { Permissions } from './surplus.mjs'
import { wiringCalls } from './wiring.mjs'

/**
 * Evaluates every call that the tests made, every call of the wiring between services, and the expectations about each role.
 *
 * @param env from loadEnvironment
 * @param lines from readRecorded
 * @param surplusRows from readSurplus; those that explain a permission are marked
 * @returns {failures, counts, permissions, recorded, accepted, asked}
 */
export async function checkEnvironment(env, lines, surplusRows) {
  const failures = []
  const asked = []
  const permissions = new Permissions(env)
  const counts = new CountsByCaller(env.roles.keys())
  const evaluate = async (call) => {
    const answer = await ask(env, call).catch((error) => ({ allowed: false, result: error.message }))
    const { principal, action, resource, context } = call
    asked.push({ principal, action, resource, context, allowed: answer.allowed })
    return answer
  }
  const mustBeAllowed = async (call, by, why) => {
    const answer = await evaluate(call)
    const count = counts.get(call.principal)
    count.calls++
    if (answer.allowed) {
      permissions.use(call.principal, answer, by)
    } else {
      count.denied++
      failures.push(`${env.name}: ${describe(call)} is denied (${answer.result}), but ${why}`)
    }
  }

  const recorded = translate(env, lines)
  const wiring = wiringCalls(env)
  const { allowed, denied, accepted } = expectations(env)
  for (const call of recorded.calls.filter((one) => !isHandled(one))) await mustBeAllowed(call, 'tests', `${[...call.tests].sort().slice(0, 3).join(', ')} made it (tables/callers.yaml maps the names of tests)`)
  for (const call of wiring.allowed) await mustBeAllowed(call, 'wiring', `${call.name} needs it: ${call.document}`)
  for (const call of allowed)
    await mustBeAllowed(call, 'expected', `permissions.yaml expects it${call.document ? `: ${call.document}` : ''}`)
  for (const call of accepted)
    if (!(await evaluate(call)).allowed) failures.push(`${env.name}: ${describe(call)} is denied by now: move it to "denied" in permissions.yaml`)
  for (const call of [...denied, ...wiring.denied]) {
    if ((await evaluate(call)).allowed) failures.push(`${env.name}: ${describe(call)} is allowed, but ${call.because}`)
    else counts.get(call.principal).held++
  }
  for (const { role, action, resource } of permissions.explain(surplusRows)) {
    counts.get(role).surplus++
    failures.push(`${env.name}: ${role} has ${action} on ${resource}, which nothing uses: remove it, or explain it in tables/surplus.yaml`)
  }
  return { env, failures, counts, permissions, recorded, accepted, asked }
}

/** For each role, and for all services of AWS together, how many calls were evaluated and with which result. */
class CountsByCaller {
  constructor(roles) {
    this.counts = new Map([...roles, 'AWS services'].map((caller) => [caller, { calls: 0, denied: 0, surplus: 0, held: 0 }]))
  }

  get(principal) {
    return this.counts.get(principal) ?? this.counts.get('AWS services')
  }

  toLines() {
    return [...this.counts].map(
      ([caller, { calls, denied, surplus, held }]) =>
        `${caller}: ${calls} calls evaluated, denied ${denied}, surplus unexplained ${surplus}, negative cases held ${held}`,
    )
  }
}

function describe({ principal, action, resource, context = {} }) {
  const keys = Object.entries(context).map(([key, values]) => `${key}=${[values].flat().join(',')}`)
  return `${principal} ${action} on ${resource}${keys.length ? ` with ${keys.join(', ')}` : ''}`
}
