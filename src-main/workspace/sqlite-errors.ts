import Database from 'better-sqlite3'
import { type Problem, ProblemError, problem } from '../../src-core/problems.ts'

/** First part of a SQLite result code and what it means to a person. The first match counts. */
const meanings: readonly (readonly [prefix: string, describe: (file: string, detail: string) => Problem])[] =
  [
    ['SQLITE_BUSY', locked],
    ['SQLITE_LOCKED', locked],
    ['SQLITE_PROTOCOL', locked],
    ['SQLITE_READONLY', readOnly],
    ['SQLITE_PERM', readOnly],
    ['SQLITE_CANTOPEN', readOnly],
    ['SQLITE_CORRUPT', corrupted],
    ['SQLITE_NOTADB', corrupted],
    ['SQLITE_IOERR_SHORT_READ', corrupted],
    ['SQLITE_FULL', diskFull],
    // The shared-memory file beside the workspace could not grow: there is no room for it.
    ['SQLITE_IOERR_SHMSIZE', diskFull],
    ['SQLITE_IOERR', unreadable],
  ]

function locked(file: string): Problem {
  return problem('workspace.locked', `The workspace ${file} is held by another program.`, {
    hint: 'Wait until the other program has finished, or close it; then try again. Nothing was changed.',
  })
}

function readOnly(file: string, detail: string): Problem {
  return problem('workspace.readOnly', `The workspace ${file} cannot be written (${detail}).`, {
    hint: 'Check the permissions of the file and its folder, or choose another workspace file.',
  })
}

/** The file is there and cannot be trusted. */
export function corrupted(file: string, detail: string): Problem {
  return problem('workspace.corrupted', `The workspace ${file} is damaged or not a workspace (${detail}).`, {
    hint: 'It was left as it is. Restore a copy, or start with another workspace file.',
  })
}

function diskFull(file: string): Problem {
  return problem(
    'workspace.diskFull',
    `There is no room left on the disk that holds the workspace ${file}.`,
    {
      hint: 'Free some space and try again. What was saved before is unharmed.',
    },
  )
}

function unreadable(file: string, detail: string): Problem {
  return problem('file.unreadable', `The workspace ${file} could not be read or written (${detail}).`)
}

/** The problem a SQLite error tells about, or undefined where the error is a bug of ours. */
export function problemOfSqliteError(error: unknown, file: string): Problem | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined
  const { code, message } = error
  return meanings.find(([prefix]) => code.startsWith(prefix))?.[1](file, message)
}

/** Runs the work; SQLite errors that a person can do something about leave it as ProblemError, with their cause. */
export function explainingSqliteErrors<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const found = problemOfSqliteError(error, file)
    throw found === undefined ? error : new ProblemError(found, { cause: error })
  }
}
