export interface UnrollingInputs {
  /** Of one step in a run of its own. */
  readonly millisecondsPerStep: number
  /** Size of weights and optimizer slots. */
  readonly stateBytes: number
  /** Full batches per epoch. */
  readonly wholeBatches: number
  /** Steps from here to the end of training. */
  readonly stepsLeft: number
}

/** What a run costs besides its steps, measured: calling onnxruntime, and copying the state out of it. */
const callMilliseconds = 0.08
const copyMillisecondsPerByte = 0.25e-6
/** An overhead below this share of the step is not worth a larger graph. */
const acceptableOverhead = 0.03
/** Longer runs would make a stop and the progress report wait. */
const longestRunMilliseconds = 50
const mostSteps = 8

/**
 * How many steps to chain in one run of the graph: enough to make what a run costs besides its steps negligible, at
 * most as many as pay for creating the larger session. A power of two. The results do not depend on it.
 */
export function chooseStepsPerRun(inputs: UnrollingInputs): number {
  const { millisecondsPerStep, stateBytes, wholeBatches, stepsLeft } = inputs
  const overhead = callMilliseconds + stateBytes * copyMillisecondsPerByte
  const pure = Math.max(millisecondsPerStep - overhead, 0.02)
  const enough = overhead / (acceptableOverhead * pure)
  let steps = 1
  while (
    steps < mostSteps &&
    steps < enough &&
    2 * steps <= wholeBatches &&
    2 * steps * pure <= longestRunMilliseconds &&
    // Creating a session takes some ten milliseconds per step, and must be earned.
    overhead * stepsLeft * (1 / steps - 1 / (2 * steps)) > 10 * steps
  ) {
    steps *= 2
  }
  return steps
}
