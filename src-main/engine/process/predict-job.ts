import { indexInputs } from '../../../src-core/compile/index-inputs.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { type Problem, problem } from '../../../src-core/problems.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { type Checkpoint, readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import type { ForwardStep } from '../../../src-core/training/train-step.ts'
import type { PredictJob } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { EngineTensor } from './engine.ts'
import { weightTensors } from './evaluator.ts'
import type { JobContext } from './job-context.ts'
import { planOf } from './job-setup.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'
import { fillMissing } from './sample-encoder.ts'

/** Rows that go through the model together. */
const largestBatch = 256

type Outputs = Record<string, { shape: number[]; data: Float32Array<ArrayBuffer> }>

/** Runs a checkpoint on raw inputs. Missing values (NaN) are filled as in training. */
export async function predict(job: PredictJob, context: JobContext): Promise<void> {
  const checkpoint = readCheckpoint(job.weights)
  if (!checkpoint.ok) return context.reply({ type: 'refused', problems: [...checkpoint.problems] })
  const plan = planOf(job.document)
  if (!plan.ok) return context.reply({ type: 'refused', problems: [...plan.problems] })
  const wrong = checkInputs(plan.value, job)
  if (wrong.length > 0) return context.reply({ type: 'refused', problems: wrong })
  context.reply({ type: 'predicted', outputs: await predictRows(plan.value, checkpoint.value, job) })
}

function checkInputs(plan: ModelPlan, { inputs, rows }: PredictJob): Problem[] {
  return plan.layers
    .filter(({ id }) => plan.inputIds.includes(id))
    .flatMap((layer) => {
      const expected = rows * elementCount(layer.outputShape)
      const given = inputs[layer.id]?.length ?? 0
      if (rows > 0 && given === expected) return []
      const message = `${layer.name} takes ${elementCount(layer.outputShape)} values per row, ${expected} for ${rows} rows; it got ${given}.`
      return [problem('predict.input', message, { layerId: layer.id })]
    })
    .concat(unknownIndices(plan, inputs))
}

function unknownIndices(plan: ModelPlan, inputs: PredictJob['inputs']): Problem[] {
  return [...indexInputs(plan)].flatMap(([id, { layer, count, toleratesUnknown }]) => {
    const wrong = inputs[id]?.find((value) => value < 0 || value >= count)
    if (wrong === undefined || toleratesUnknown) return []
    const message = `${layer.name} takes whole numbers from 0 to ${(count - 1).toLocaleString('en')}; one of the values is ${wrong}.`
    const hint = 'Give the number that stands for unknown words in its place.'
    return [problem('predict.input', message, { hint, layerId: id })]
  })
}

async function predictRows(plan: ModelPlan, checkpoint: Checkpoint, job: PredictJob): Promise<Outputs> {
  const threads = threadCount()
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  const outputs = emptyOutputs(plan, job.rows)
  const create = async (size: number) => {
    const forward = buildForwardStep({ plan, normalization: checkpoint.preparation, batchSize: size })
    return { forward, session: await engine.createSession(forward.graph) }
  }
  const whole = await create(Math.min(largestBatch, job.rows))
  for (let from = 0; from < job.rows; from += largestBatch) {
    const size = Math.min(largestBatch, job.rows - from)
    const { forward, session } = size === whole.forward.batchSize ? whole : await create(size)
    const results = await session.run({
      ...features(engine, forward, checkpoint, job, from),
      ...weightTensors(engine, forward.weights, checkpoint.tensors),
    })
    for (const [id, name] of forward.predictions) {
      const result = results[name]
      const data = result && (await engine.read(result))
      const target = outputs[id]
      if (!(data instanceof Float32Array) || !target) throw new Error(`no prediction for ${id}`)
      target.data.set(data, from * (target.data.length / job.rows))
    }
  }
  return outputs
}

function emptyOutputs(plan: ModelPlan, rows: number): Outputs {
  const entries = plan.layers
    .filter(({ id }) => plan.outputIds.includes(id))
    .map(({ id, outputShape }): [string, Outputs[string]] => [
      id,
      { shape: [rows, ...outputShape], data: new Float32Array(rows * elementCount(outputShape)) },
    ])
  return Object.fromEntries(entries)
}

function features(
  engine: OnnxEngine,
  forward: ForwardStep,
  checkpoint: Checkpoint,
  job: PredictJob,
  from: number,
): Record<string, EngineTensor> {
  const entries = [...forward.features].map(([id, port]): [string, EngineTensor] => {
    const perRow = elementCount(port.shape.slice(1))
    const batch = port.shape[0] ?? 1
    const data = (job.inputs[id] ?? new Float32Array(0)).slice(from * perRow, (from + batch) * perRow)
    const fill = checkpoint.preparation.get(id)?.fill ?? 0
    for (let row = 0; row < batch; row++) fillMissing(data, row * perRow, perRow, fill)
    return [port.input, engine.tensor('float32', port.shape, data)]
  })
  return Object.fromEntries(entries)
}
