import { runCli } from './run-cli.ts'

// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY ? process.stderr : undefined,
})
