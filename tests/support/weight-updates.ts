import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { GraphBuilder } from '../../src-core/tensor-graph/graph-builder.ts'
import type { NamedTensor, TensorData, TensorGraph } from '../../src-core/tensor-graph/types.ts'
import { movesAfter } from '../../src-core/training/accumulation.ts'
import { stepCoefficients } from '../../src-core/training/optimizers/step-coefficients.ts'
import {
  accumulationSteps,
  collectGradients,
  moveWeights,
  packingOf,
  updateSlots,
  type WeightUpdate,
  weightUpdate,
} from '../../src-core/training/optimizers/weight-update.ts'
import type { OptimizerConfig } from '../../src-core/training/run-config.ts'
import { packState, stateEntries, unpackState } from '../../src-core/training/state-packing.ts'
import { declareState, outputState, statePort } from '../../src-core/training/training-state.ts'
import {
  groupWeights,
  joinGroup,
  type WeightGroup,
  weightTensor,
} from '../../src-core/training/weight-groups.ts'
import type { WeightUpdateSettings } from '../../src-core/training/weight-update-config.ts'
import { openOnnx } from './run-onnx.ts'

export type NamedValues = Readonly<Record<string, readonly number[]>>

export interface UpdateRun {
  readonly plan: ModelPlan
  readonly optimizer: OptimizerConfig
  readonly settings?: WeightUpdateSettings
  /** By full name. */
  readonly start: NamedValues
  /** By step, then by full name. */
  readonly gradients: readonly NamedValues[]
}

/** Moves the trainable weights of a plan by given gradients, in onnxruntime, and returns them after every step. */
export async function applyGradients(run: UpdateRun): Promise<ReadonlyMap<string, NamedTensor>[]> {
  const { plan, optimizer, gradients } = run
  const update = weightUpdate(optimizer, run.settings ?? {})
  const groups = groupWeights(plan, packingOf(update)).filter(({ trainable }) => trainable)
  const names = groups.flatMap(({ weights }) => weights).map(({ name }) => name)
  const entries = stateEntries(groups, (group) => updateSlots(update, group))
  const sessions = {
    moving: await openOnnx(updateGraph(update, groups, true)),
    collecting: await openOnnx(updateGraph(update, groups, false)),
  }
  const ports = entries.map(statePort)
  let state = packState(entries, namedTensors(plan, run.start))
  const history: ReadonlyMap<string, NamedTensor>[] = []
  for (const [step, values] of gradients.entries()) {
    const feeds: Record<string, TensorData> = {
      learningRate: Float32Array.of(optimizer.learningRate),
      stepCount: Float32Array.of(step),
    }
    for (const [index, { input }] of ports.entries()) feeds[input] = state[index] ?? new Float32Array()
    for (const name of names) feeds[`gradient/${name}`] = Float32Array.from(values[name] ?? [])
    const session = movesAfter(step, accumulationSteps(update)) ? sessions.moving : sessions.collecting
    const results = await session.run(feeds)
    state = ports.map(({ output }) => results[output]?.data ?? new Float32Array())
    history.push(new Map(unpackState(entries, state).map((tensor) => [tensor.name, tensor])))
  }
  for (const session of Object.values(sessions)) await session.release()
  return history
}

/** What one batch does to the weights, with gradients as inputs. */
function updateGraph(update: WeightUpdate, groups: readonly WeightGroup[], moves: boolean): TensorGraph {
  const builder = new GraphBuilder('updates')
  const entries = stateEntries(groups, (group) => updateSlots(update, group))
  const learningRate = builder.input('learningRate', 'float32', [1])
  const stepCount = builder.input('stepCount', 'float32', [])
  const [coefficients] = stepCoefficients(update, builder, { learningRate, stepCount }, [1])
  if (!coefficients) throw new Error('the step has no coefficients')
  const inputs = new Map(
    groups
      .flatMap(({ weights }) => weights)
      .map(({ name, shape }) => [name, builder.input(`gradient/${name}`, 'float32', shape)]),
  )
  const step = {
    builder,
    groups,
    state: declareState(builder, entries),
    coefficients,
    gradient: (group: WeightGroup) => joinGroup(builder, group, (name) => weightTensor(inputs, name)),
  }
  outputState(builder, entries, moves ? moveWeights(update, step) : collectGradients(update, step))
  return builder.build()
}

function namedTensors(plan: ModelPlan, values: NamedValues): Map<string, NamedTensor> {
  return new Map(
    plan.layers.flatMap((layer) =>
      layer.weights.map(({ name, shape }): [string, NamedTensor] => {
        const full = `${layer.name}.${name}`
        const data = Float32Array.from(values[full] ?? [])
        return [full, { name: full, dtype: 'float32', shape, data }]
      }),
    ),
  )
}
