import type { Bridge } from '../../src-core/ipc/contract.ts'

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly layerloom: Bridge
  }
}
