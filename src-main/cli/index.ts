import { enableCompileCache } from 'node:module'
import path from 'node:path'

// Node keeps what it compiled (and stripped of types) from one command to the next: half of a small command's time.
// Engine processes find it by the environment.
const { directory } = enableCompileCache()
if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= path.dirname(directory)
const { runCli } = await import('./run-cli.ts')

// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY ? process.stderr : undefined,
})
