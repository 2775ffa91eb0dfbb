import { assertNever } from '../../../src-core/assert-never.ts'
import { ProblemError } from '../../../src-core/problems.ts'
import { outsideProblem } from '../outside-problems.ts'
import type { EngineCommand, EngineJob } from '../protocol.ts'
import type { JobContext } from './job-context.ts'
import { connectMain } from './main-port.ts'
import { QuestionInbox } from './question-inbox.ts'

// The entry of the engine process, the same under Electron and Node: one process does one job.
const port = connectMain()
const stop = new AbortController()
const questions = new QuestionInbox()
/** A training tells by itself of what happens later. */
const beforeFirstStep = 'before the first step'

async function crash(error: unknown): Promise<void> {
  console.error(error)
  port.post({ type: 'crashed', message: error instanceof Error ? error.message : String(error) })
  await port.flush()
  process.exit(1)
}

process.on('uncaughtException', (error) => void crash(error))
process.on('unhandledRejection', (reason) => void crash(reason))

/** Jobs are loaded when they are asked for: a probe must not depend on SQLite. */
async function perform(job: EngineJob, context: JobContext): Promise<void> {
  switch (job.type) {
    case 'train':
      return (await import('./train-job.ts')).train(job, context)
    case 'evaluate':
      return (await import('./evaluate-job.ts')).evaluate(job, context)
    case 'predict':
      return (await import('./predict-job.ts')).predict(job, context)
    case 'sample':
      return (await import('./sample-job.ts')).sample(job, context)
    case 'reconstruct':
      return (await import('./reconstruct-job.ts')).reconstruct(job, context)
    case 'runModel':
      return (await import('./run-model-job.ts')).runModel(job, context)
    case 'generateText':
      return (await import('./generate-text-job.ts')).generateText(job, context)
    case 'preview':
      return (await import('./preview-job.ts')).preview(job, context)
    case 'probe':
      return (await import('./probe-job.ts')).probe(job, context)
    default:
      return assertNever(job, 'job')
  }
}

async function start(job: EngineJob): Promise<void> {
  const context: JobContext = {
    reply: (reply) => port.post(reply),
    handedOver: () => port.handedOver(),
    onQuestion: (listener) => questions.listen(listener),
    stop: stop.signal,
  }
  try {
    await perform(job, context)
  } catch (error) {
    // The outside world's failures that people can do something about (a locked workspace, too little memory).
    const problem = error instanceof ProblemError ? error.problem : outsideProblem(error, beforeFirstStep)
    if (!problem) throw error
    port.post({ type: 'refused', problems: [problem] })
  }
  // Main ends the process when it hears this: only then has everything arrived.
  port.post({ type: 'done' })
}

function isCommand(message: unknown): message is EngineCommand {
  return typeof message === 'object' && message !== null && 'type' in message
}

port.onMessage((message) => {
  if (!isCommand(message)) throw new Error(`not a command: ${String(message)}`)
  switch (message.type) {
    case 'job':
      void start(message.job)
      return
    case 'question':
      questions.receive(message.question)
      return
    case 'stop':
      stop.abort()
      return
    default:
      assertNever(message, 'command')
  }
})
