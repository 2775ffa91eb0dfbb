import { elementCount, type TensorData } from '../../../src-core/tensor-graph/types.ts'
import type { StepOutput, StepsJob } from '../../support/run-steps.ts'
import { noiseAt, type TenStepModel } from './ten-step-model.ts'

/** The training of a model as a job for an engine. */
export function tenStepJob({ options, step, start, batches }: TenStepModel): StepsJob {
  const [ports] = step.feeds
  if (!ports) throw new Error('the step reads nothing')
  const packed = step.packState(start)
  const feeds = batches.map(({ features, targets }, at) => {
    const given: Record<string, TensorData> = {
      [step.stepCount]: Float32Array.of(at),
      [step.learningRate]: Float32Array.of(options.optimizer.learningRate),
      [ports.sampleWeight.input]: new Float32Array(step.batchSize).fill(1),
    }
    for (const [id, port] of ports.features) given[port.input] = features[id] ?? new Float32Array()
    for (const [id, port] of ports.targets) given[port.input] = targets[id] ?? new Int32Array()
    for (const port of ports.random) given[port.input] = noiseAt(port, at)
    if (at === 0) {
      for (const [index, { input }] of step.state.entries())
        given[input] = packed[index] ?? new Float32Array()
      for (const { input, shape } of step.carried) given[input] = new Float32Array(elementCount(shape))
    }
    return given
  })
  return { graph: step.graph, feeds, carried: [...step.state, ...step.carried], read: [step.sums] }
}

/** Loss of every step. */
export function lossesOf({ step }: TenStepModel, results: readonly Readonly<Record<string, StepOutput>>[]) {
  return results.map((outputs) => {
    const [weight = 0, loss = Number.NaN] = Array.from(outputs[step.sums]?.data ?? [], Number)
    return loss / weight
  })
}
