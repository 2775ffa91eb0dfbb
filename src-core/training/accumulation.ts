/**
 * With gradient accumulation the optimizer takes a step after every n-th batch. Whether a batch of a run is such a one
 * depends on how many batches came before the run; graphs are built for one such phase.
 */

/** Whether the batch with this number (the first of a training being 0) ends with a step of the optimizer. */
export function movesAfter(batch: number, accumulationSteps: number): boolean {
  return (batch + 1) % accumulationSteps === 0
}

/**
 * The phase of a run: batches that have been accumulated before it. All runs that take no step of the optimizer count
 * as phase 0, because their graphs are the same.
 */
export function runPhase(batchesBefore: number, accumulationSteps: number, stepsPerRun: number): number {
  const phase = batchesBefore % accumulationSteps
  return phase + stepsPerRun < accumulationSteps ? 0 : phase
}
