// `npm run check`: lint, format, types and layering. `npm run format` mends what can be mended.
import { runChecks } from './lib/checks.mjs'

const { failed } = await runChecks()
process.exitCode = failed === 0 ? 0 : 1
