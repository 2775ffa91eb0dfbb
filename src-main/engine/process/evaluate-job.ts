import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { evaluationBatch } from '../../../src-core/training/memory/training-memory.ts'
import { isStateful } from '../../../src-core/training/stateful-layers.ts'
import type { EvaluateJob } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import { Evaluator } from './evaluator.ts'
import type { JobContext } from './job-context.ts'
import { setUp } from './job-setup.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'

/** Scores a checkpoint on a part of its dataset, split and prepared as it was in training. */
export async function evaluate(job: EvaluateJob, context: JobContext): Promise<void> {
  const checkpoint = readCheckpoint(job.weights)
  if (!checkpoint.ok) return context.reply({ type: 'refused', problems: [...checkpoint.problems] })
  const setup = setUp(job, checkpoint.value)
  if (!setup.ok) return context.reply({ type: 'refused', problems: [...setup.problems] })
  const { plan, losses, data } = setup.value
  const threads = threadCount()
  const evaluator = new Evaluator({
    engine: new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads }),
    build: (batchSize) =>
      buildForwardStep({ plan, losses, normalization: data.preparation, batchSize, carriesStates: true }),
    source: data,
    batchSize: evaluationBatch(job.settings, plan),
    isStateful: isStateful(plan),
    seed: job.settings.seed,
    stop: context.stop,
  })
  const rows = job.part === 'all' ? data.allRows : data.parts[job.part]
  const metrics = await evaluator.evaluate(checkpoint.value.tensors, rows)
  context.reply({ type: 'evaluated', metrics: metrics ?? {}, samples: rows.length })
}
