import { type Problem, problem } from '../../src-core/problems.ts'
import { bytesText } from '../../src-core/training/memory/memory-report.ts'
import { type OutsideFailure, outsideFailure } from './outside-failure.ts'

/** What people are told of an error that came from outside; undefined where it is a mistake of ours. */
export function outsideProblem(error: unknown, when: string): Problem | undefined {
  const failed = outsideFailure(error)
  return failed && problemOf(failed, when, detailOf(error))
}

/** `when` is a part of a sentence: `at step 12`, `before the first step`. */
export function problemOf(failed: OutsideFailure, when: string, detail: string): Problem {
  const told = detail === '' ? '' : ` (${detail})`
  return failed === 'memory'
    ? problem('run.outOfMemory', `Memory ran out ${when}${told}.`, {
        hint: 'Take a smaller batch size, or end other programs.',
      })
    : problem('run.deviceLost', `The device that trained was lost ${when}${told}.`, {
        hint: 'Go on from the last checkpoint; if it happens again, choose the engine "cpu".',
      })
}

const longestDetail = 160

/** onnxruntime puts node, source file and expression in front of what matters: how much it asked for. */
function detailOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const wanted = /requested buffer of size (\d+)/.exec(text)?.[1]
  if (wanted !== undefined) return `${bytesText(Number(wanted))} more could not be had`
  const line = (text.trim().split('\n')[0] ?? '').replace(/\.$/, '')
  return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line
}
