// Fails if a file imports what its layer may not: see lib/layering/rules.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describeViolation, findViolations } from './lib/layering/find-violations.mjs'
import { inRoot } from './lib/paths.mjs'

const folders = ['src-core', 'src-main', 'src-preload', 'src-renderer', 'tests', 'bench']

const files = folders
  .filter((folder) => existsSync(inRoot(folder)))
  .flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true }).map((name) => path.join(folder, String(name))),
  )
  .filter((file) => /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(file))
  .map((file) => file.split(path.sep).join('/'))
const violations = files.flatMap((file) => findViolations(file, readFileSync(inRoot(file), 'utf8')))

for (const violation of violations) console.error(describeViolation(violation))
if (violations.length > 0) {
  console.error(`\n${violations.length} forbidden imports. The rule is explained in docs/architecture.md.`)
  process.exitCode = 1
} else {
  console.log(`${files.length} files keep to the layers.`)
}
