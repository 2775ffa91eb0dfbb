import { outsideFailure } from '../outside-failure.ts'

/** Why an engine whose trial failed is not used. `who` is the engine as people know it. */
export function trialFailure(who: string, error: unknown, batchSize: number): string {
  if (outsideFailure(error) === 'memory') {
    return `${who} is not used: a batch of ${batchSize.toLocaleString('en')} does not fit into its memory`
  }
  const text = error instanceof Error ? error.message : String(error)
  return `${who} cannot train this model: ${text.split('\n')[0] ?? text}`
}
