// The steps of `npm run check`, which `npm test` also runs and counts.
import { run, say, secondsSince } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

// Biome colours its messages even where they do not go to a terminal.
const colours = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`
const tsc = 'node_modules/typescript/bin/tsc'
const steps = [
  { name: 'lint and format', program: 'node_modules/@biomejs/biome/bin/biome', args: ['ci', colours] },
  { name: 'types', program: tsc, args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the scripts', program: tsc, args: ['--noEmit', '-p', 'scripts'] },
  { name: 'layering', program: 'scripts/check-layering.mjs', args: [] },
]

/**
 * Runs every step, also after one has failed.
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[] }>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) }
  for (const { name, program, args } of steps) {
    const start = performance.now()
    const { ok, output } = await run(pinnedNode, [inRoot(program), ...args], { cwd: inRoot(), quiet: true })
    if (!ok) say(output.trimEnd())
    say(`${ok ? 'passed' : 'FAILED'}: ${name} (${secondsSince(start)})`)
    counts[ok ? 'passed' : 'failed'] += 1
    if (!ok) counts.failures.push(`check: ${name}`)
  }
  return counts
}
