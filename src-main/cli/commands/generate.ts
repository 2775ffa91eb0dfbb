import { z } from 'zod'
import { textSettingsSchema } from '../../../src-core/text/text-settings.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { done, type Reply, refused } from '../reply.ts'

const optionsSchema = textSettingsSchema.extend({ run: z.string(), prompt: z.string().min(1).default('\n') })

const signals = ['SIGINT', 'SIGTERM'] as const

/** Writes a text with a trained run: `{ runId, prompt, text, whole, seed }`. Ctrl-C gives what was written so far. */
export async function generate(context: CommandContext, options: unknown): Promise<Reply> {
  const { run: named, ...settings } = optionsSchema.parse(options)
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const runId = run.value.id
  const cancel = () => application.texts.cancel(runId)
  for (const signal of signals) process.on(signal, cancel)
  const generated = await application.texts.generate(runId, settings)
  for (const signal of signals) process.off(signal, cancel)
  if (!generated.ok) return refused(generated.problems)
  const { prompt, seed } = settings
  return done(
    { runId, prompt, ...generated.value, seed },
    `${prompt.replace(/^\n+/, '')}${generated.value.text}\n`,
  )
}
