import { type Problem, problem } from '../../../src-core/problems.ts'
import type { Precision } from '../../../src-core/training/run-config.ts'
import { outsideFailure } from '../outside-failure.ts'

/** Why an engine whose trial failed is not used. `who` is the engine as people know it. */
export function trialFailure(who: string, error: unknown, batchSize: number, precision: Precision): Problem {
  if (outsideFailure(error) === 'memory') {
    const message = `${who} is not used: a batch of ${batchSize.toLocaleString('en')} does not fit into its memory`
    return problem('run.engineUnavailable', message)
  }
  const text = error instanceof Error ? error.message : String(error)
  const reason = text.split('\n')[0] ?? text
  if (precision === 'float32') {
    return problem('run.engineUnavailable', `${who} cannot train this model: ${reason}`)
  }
  // What onnxruntime's shaders say where the driver lacks WebGPU's feature "shader-f16".
  const lacksHalf = /requires f16/.test(reason)
  const why = lacksHalf ? 'its driver offers no 16-bit floating point numbers (shader-f16)' : reason
  const hint = 'Choose the precision float32, or another engine.'
  return problem('run.engineUnavailable', `${who} cannot train in float16: ${why}`, { hint })
}
