import type { Problem } from '../../src-core/problems.ts'
import { type ExitCode, exitCodeFor } from './exit-codes.ts'

/** What a command has to say: the same twice, for programs and for people. */
export interface Reply {
  readonly exitCode: ExitCode
  readonly json: Readonly<Record<string, unknown>>
  /** Goes to standard output. */
  readonly text: string
  /** Goes to standard error when the reply is for people; programs find the problems in `json`. */
  readonly problems: readonly Problem[]
}

/** A command that did what it was asked for. `warnings` are worth knowing all the same. */
export function done(
  json: Readonly<Record<string, unknown>>,
  text: string,
  warnings: readonly Problem[] = [],
): Reply {
  return { exitCode: 0, json, text, problems: warnings }
}

/** A command that did not do it: `{ "problems": [...] }` and the exit code that goes with the problems. */
export function refused(problems: readonly Problem[]): Reply {
  return { exitCode: exitCodeFor(problems), json: { problems: plainProblems(problems) }, text: '', problems }
}

/** Problems as the command line tells them: a fix is for the canvas, here its label says enough. */
export function plainProblems(problems: readonly Problem[]): readonly object[] {
  return problems.map(({ fix, otherFixes, ...rest }) => ({
    ...rest,
    ...(fix && { fix: fix.label }),
    ...(otherFixes && { otherFixes: otherFixes.map(({ label }) => label) }),
  }))
}

/** The lines that tell people about problems. */
export function problemLines(problems: readonly Problem[]): string {
  return problems
    .map((item) => {
      const lines = [`${item.severity === 'error' ? 'Error' : 'Warning'}: ${item.message}`]
      if (item.hint !== undefined) lines.push(`  ${item.hint}`)
      return `${lines.join('\n')}\n`
    })
    .join('')
}
