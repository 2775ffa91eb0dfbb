import type { EngineReply } from '../protocol.ts'

/** The line to the main process. */
export interface MainPort {
  post(reply: EngineReply): void
  /** Resolves when everything posted has left this process. */
  flush(): Promise<void>
  /**
   * Resolves when sending needs this thread no more. Large messages leave in pieces, one per turn of the event loop:
   * work that holds the loop for long turns would delay them, and everything after them, by minutes.
   */
  handedOver(): Promise<void>
  onMessage(listener: (message: unknown) => void): void
}

/** What Electron puts on `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

const utilityFlushMilliseconds = 100

/** Finds out who started this process: Electron (a utility process) or Node (child_process.fork). Throws otherwise. */
export function connectMain(): MainPort {
  const parentPort: unknown = Reflect.get(process, 'parentPort')
  if (isParentPort(parentPort)) return utilityPort(parentPort)
  if (process.send) return forkPort()
  throw new Error('this file is the engine process of LayerLoom; it is started by it')
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value
}

function utilityPort(parentPort: ParentPort): MainPort {
  return {
    post: (reply) => parentPort.postMessage(reply),
    // Electron tells nobody when a message has left, so give it a moment.
    flush: () => new Promise((resolve) => setTimeout(resolve, utilityFlushMilliseconds)),
    // Its messages are sent by a thread of their own.
    handedOver: () => Promise.resolve(),
    onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
  }
}

function forkPort(): MainPort {
  let sent: Promise<void> = Promise.resolve()
  // Without the process that started it there is nobody to work for.
  process.on('disconnect', () => process.exit(0))
  // Ctrl-C in a terminal reaches every process at once: main decides what becomes of the job.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  return {
    post: (reply) => {
      sent = new Promise((resolve) => {
        if (process.connected) process.send?.(reply, () => resolve())
        else resolve()
      })
    },
    // Messages leave in order: when the last one has, all have.
    flush: () => sent,
    handedOver: () => sent,
    onMessage: (listener) => process.on('message', listener),
  }
}
