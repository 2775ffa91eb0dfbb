import { z } from 'zod'
import { type Problem, problemCodes } from '../problems.ts'

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const { code, message, severity } = value as Record<string, unknown>
  return (
    typeof code === 'string' &&
    code in problemCodes &&
    typeof message === 'string' &&
    (severity === 'error' || severity === 'warning')
  )
}

/** Accepts a Problem that crosses a process boundary. */
export const problemSchema = z.custom<Problem>(isProblem, 'expected a problem')
