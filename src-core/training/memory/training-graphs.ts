import type { ModelPlan } from '../../compile/model-plan.ts'
import type { TensorGraph } from '../../tensor-graph/types.ts'
import { buildForwardStep } from '../build-forward-step.ts'
import { buildTrainStep } from '../build-train-step.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { InputNormalization } from '../normalization.ts'
import type { Precision, TrainingSettings } from '../run-config.ts'
import { onnxExecutionOrder } from './execution-order.ts'
import { type GraphMemory, graphMemory, tensorBytes } from './graph-memory.ts'
import { numberValues } from './numbered-graph.ts'
import { processorGraph } from './processor-graph.ts'

/** What an estimate needs to know of a graph. */
export interface GraphFacts {
  readonly memory: GraphMemory
  readonly nodes: number
  /** Weights and optimizer slots; 0 of a graph that only measures. */
  readonly stateBytes: number
}

/** It takes next to nothing, and its numbers are only known when the data is. */
const noNormalization: ReadonlyMap<string, InputNormalization> = new Map()

/**
 * The graphs of a training, by batch size and precision. Large ones take longer to build than anything else of an estimate, so each is
 * built once: what is changed beside the graph, such as epochs or the schedule, builds none.
 */
export class TrainingGraphs {
  readonly plan: ModelPlan
  readonly #losses: ReadonlyMap<string, OutputLoss>
  readonly #settings: TrainingSettings
  readonly #training = new Map<string, GraphFacts>()
  readonly #evaluation = new Map<number, GraphFacts>()

  constructor(plan: ModelPlan, losses: ReadonlyMap<string, OutputLoss>, settings: TrainingSettings) {
    this.plan = plan
    this.#losses = losses
    this.#settings = settings
  }

  /** One step of training, as the processor computes it in a precision. */
  training(batchSize: number, precision: Precision = 'float32'): GraphFacts {
    return once(this.#training, `${precision} ${batchSize}`, () => {
      const { optimizer, mixing } = this.#settings
      const model = { plan: this.plan, losses: this.#losses, normalization: noNormalization }
      const sizes = { batchSize, stepsPerRun: 1 }
      const { graph, state } = buildTrainStep({
        ...model,
        optimizer,
        update: this.#settings,
        mixing,
        precision,
        ...sizes,
      })
      return factsOf(
        graph,
        state.reduce((sum, port) => sum + tensorBytes(port), 0),
      )
    })
  }

  /** A batch of validation or test. */
  evaluation(batchSize: number): GraphFacts {
    return once(this.#evaluation, batchSize, () => {
      const model = { plan: this.plan, losses: this.#losses, normalization: noNormalization }
      return factsOf(buildForwardStep({ ...model, batchSize, carriesStates: true }).graph, 0)
    })
  }
}

function once<K>(known: Map<K, GraphFacts>, key: K, build: () => GraphFacts): GraphFacts {
  const facts = known.get(key) ?? build()
  known.set(key, facts)
  return facts
}

function factsOf(built: TensorGraph, stateBytes: number): GraphFacts {
  const numbered = numberValues(processorGraph(built))
  const memory = graphMemory(numbered, onnxExecutionOrder(numbered))
  return { memory, nodes: numbered.graph.nodes.length, stateBytes }
}

/** Equal for settings whose training has the same graphs, whatever the batch size. */
export function graphSettingsKey(settings: TrainingSettings): string {
  const {
    epochs,
    batchSize,
    seed,
    engine,
    split,
    shuffle,
    schedule,
    warmUp,
    earlyStopping,
    optimizer,
    ...shaping
  } = settings
  const { learningRate, ...moving } = optimizer
  return JSON.stringify([shaping, moving])
}
