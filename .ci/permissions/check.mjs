// Checks both environments, and that docs/permissions.md is up to date; `--write` rewrites the page.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkEnvironment } from './environment.mjs'
import { findSurvivors } from './mutants.mjs'
import { readRecorded } from './recorded.mjs'
import { report } from './report.mjs'
import { readSurplus } from './surplus.mjs'
import { loadEnvironment } from './templates.mjs'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = join(ROOT, 'docs/permissions.md')

const lines = readRecorded(join(ROOT, 'target/iam-requests'))
const surplusRows = readSurplus()
const results = []
for (const name of ['dev', 'prod']) {
  const folder = join(ROOT, 'cdk/cdk.out', name)
  const result = await checkEnvironment(loadEnvironment(folder), lines, surplusRows)
  results.push(result)
  for (const line of result.counts.toLines()) console.log(`${name} ${line}`)
  writeFileSync(join(ROOT, `target/permissions-asked-${name}.json`), JSON.stringify(result.asked, undefined, 1))
}
for (const { key, count, because } of results[0].recorded.withoutRole) console.log(`no role: ${count} calls of ${key}: ${because}`)

const failures = results.flatMap((result) => result.failures)
for (const row of surplusRows.filter(({ explains }) => !explains))
  failures.push(`tables/surplus.yaml explains a permission that is used or gone: ${row.role} ${row.actions ?? '*'} on ${row.resources ?? '*'}`)
const page = report(results)
if (process.argv.includes('--write')) writeFileSync(PAGE, page)
else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page)
  failures.push('docs/permissions.md differs from the synthesised policies: run .ci/permissions/run --write, and review the difference')
if (failures.length === 0) failures.push(...(await findSurvivors(() => loadEnvironment(join(ROOT, 'cdk/cdk.out/dev')), lines)))
for (const failure of failures) console.error(`permissions: ${failure}`)
process.exitCode = failures.length === 0 ? 0 : 1
