import type { DataType, Shape, TensorData, TensorGraph } from '../../src-core/tensor-graph/types.ts'
import type { Engine, EngineTensor } from '../../src-main/engine/process/engine.ts'

/** A graph and what to feed it with, run after run. */
export interface StepsJob {
  readonly graph: TensorGraph
  /** By run. */
  readonly feeds: readonly Readonly<Record<string, TensorData>>[]
  /** Outputs that are inputs of the next run and stay where the engine keeps them. */
  readonly carried: readonly { readonly input: string; readonly output: string }[]
  /** Outputs that are wanted. */
  readonly read: readonly string[]
}

export interface StepOutput {
  readonly dtype: DataType
  readonly shape: Shape
  readonly data: TensorData
}

/** Runs a graph as the engines do: with one session, carrying what is carried. Returns the wanted outputs by run. */
export async function runSteps(engine: Engine, job: StepsJob): Promise<Record<string, StepOutput>[]> {
  const { graph, feeds, carried, read } = job
  const session = await engine.createSession(graph, { resident: carried.map(({ output }) => output) })
  const held: Record<string, EngineTensor> = {}
  const results: Record<string, StepOutput>[] = []
  for (const given of feeds) {
    for (const { name, dtype, shape } of graph.inputs) {
      const data = given[name]
      if (data) held[name] = engine.tensor(dtype, shape, data)
    }
    const outputs = await session.run(held)
    const wanted: Record<string, StepOutput> = {}
    for (const name of read) {
      const tensor = required(outputs[name], name)
      // Engines hand out their own memory; runs to come may write into it.
      const data = (await engine.read(tensor)).slice()
      wanted[name] = { dtype: tensor.dtype, shape: tensor.shape, data }
    }
    for (const { input, output } of carried) {
      const before = held[input]
      if (before) engine.release(before)
      held[input] = required(outputs[output], output)
    }
    results.push(wanted)
  }
  await session.dispose()
  return results
}

function required(tensor: EngineTensor | undefined, name: string): EngineTensor {
  if (!tensor) throw new Error(`the engine returned no "${name}"`)
  return tensor
}
