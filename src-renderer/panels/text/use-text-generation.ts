import { useState } from 'react'
import type { Problem } from '../../../src-core/problems.ts'
import type { TextSettings } from '../../../src-core/text/text-settings.ts'
import { call } from '../../bridge/call.ts'

/** What a run has written, and what it was asked. */
export interface WrittenText {
  readonly prompt: string
  readonly seed: number
  readonly text: string
  /** False when it was stopped before the end. */
  readonly whole: boolean
}

/** Lets a run write, one text at a time. */
export function useTextGeneration(runId: number) {
  const [writing, setWriting] = useState(false)
  const [written, setWritten] = useState<WrittenText>()
  const [problems, setProblems] = useState<readonly Problem[]>([])

  const generate = async (settings: TextSettings) => {
    setWriting(true)
    setProblems([])
    const answer = await call('texts.generate', { runId, ...settings })
    setWriting(false)
    if (!answer.ok) return setProblems(answer.problems)
    setWritten({ prompt: settings.prompt, seed: settings.seed, ...answer.value })
  }
  const cancel = () => call('texts.cancel', { runId })
  return { writing, written, problems, generate, cancel }
}
