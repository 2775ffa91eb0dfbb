import { parentPort } from 'node:worker_threads'
import type { MemoryQuestion } from './memory-estimates.ts'
import { MemoryService } from './memory-service.ts'

/**
 * Entry of the thread that estimates the memory of a training: graphs of large models take tenths of a second to build, for
 * which the main process's own thread would not pass input on to the window. It answers one message after the other.
 */
let asked: MemoryQuestion | undefined
const service = new MemoryService(
  { findByName: () => asked?.dataset },
  () => asked?.machine ?? { available: 0, total: 0 },
)

parentPort?.on('message', (question: MemoryQuestion) => {
  asked = question
  parentPort?.postMessage(service.report(question.document))
})
