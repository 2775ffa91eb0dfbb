/** What one contender reached in one round. */
export interface Trial {
  readonly millisecondsPerStep: number
  /** Processor time of all threads per step; null where the system does not tell. Other work on the machine hardly changes it. */
  readonly processorMilliseconds: number | null
  /** Mean training loss of the epoch: shows that the contender learns. */
  readonly loss: number
  /** Most memory its process has held so far; null where the system does not tell. */
  readonly peakKilobytes: number | null
}

/** A framework that trains one network, a round at a time, in a process of its own. */
export interface Contender {
  readonly name: string
  round(): Promise<Trial[]>
  close(): Promise<void>
}
