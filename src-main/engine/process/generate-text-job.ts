import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { type Problem, problem } from '../../../src-core/problems.ts'
import { drawToken, tokenScores } from '../../../src-core/text/draw-token.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { type Checkpoint, readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { outputHead } from '../../../src-core/training/losses/output-head.ts'
import { uniform } from '../../../src-core/training/random.ts'
import type { GenerateTextJob } from '../protocol.ts'
import { CarriedTensors } from './carried-tensors.ts'
import { processorDevice } from './devices.ts'
import { weightTensors } from './evaluator.ts'
import type { JobContext } from './job-context.ts'
import { planOf } from './job-setup.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'

/** Key of the numbers that tokens are drawn with. */
const drawKey = 'text/draw'

/** Predictions that differ by more were told apart by what differs between their inputs. */
const roundOff = 1e-4

/** Writes a sequence of tokens on, one by one, with the model of a checkpoint. A stop gives what there is by then. */
export async function generateText(job: GenerateTextJob, context: JobContext): Promise<void> {
  const checkpoint = readCheckpoint(job.weights)
  if (!checkpoint.ok) return context.reply({ type: 'refused', problems: [...checkpoint.problems] })
  const plan = planOf(job.document)
  if (!plan.ok) return context.reply({ type: 'refused', problems: [...plan.problems] })
  const model = await TokenModel.create(plan.value, checkpoint.value, job.excluded)
  const looksAhead = await lookAheadProblem(plan.value, model)
  if (looksAhead) return context.reply({ type: 'refused', problems: [looksAhead] })
  const sequence = [...job.prompt]
  let written = 0
  while (written < job.length && !context.stop.aborted) {
    const scores = await model.scoresAfter(sequence)
    sequence.push(drawToken(scores, job, uniform(job.seed, drawKey, written, 0)))
    written += 1
  }
  context.reply({
    type: 'textGenerated',
    tokens: sequence.slice(job.prompt.length),
    whole: written === job.length,
  })
}

/** A model of which a window of tokens gives, at each step, scores for the token after it. */
class TokenModel {
  readonly steps: number
  readonly #words: Float32Array
  readonly #units: number
  readonly #activation: string
  readonly #excluded: ReadonlySet<number>
  readonly #run: (goesOn: boolean) => Promise<Float32Array>
  /** Whether windows go on from each other, as they did in training. */
  readonly #isStateful: boolean
  /** Tokens whose windows have been handed on. */
  #handedOn = 0

  private constructor(
    plan: ModelPlan,
    words: Float32Array,
    excluded: readonly number[],
    isStateful: boolean,
    run: (goesOn: boolean) => Promise<Float32Array>,
  ) {
    const { shape, activation } = outputHead(plan, plan.outputIds[0] ?? '')
    this.steps = words.length
    this.#words = words
    this.#units = shape.at(-1) ?? 1
    this.#activation = activation
    this.#excluded = new Set(excluded)
    this.#isStateful = isStateful
    this.#run = run
  }

  static async create(
    plan: ModelPlan,
    checkpoint: Checkpoint,
    excluded: readonly number[],
  ): Promise<TokenModel> {
    // One short sequence at a time: more threads would only wait for each other.
    const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(1), threads: 1 })
    const normalization = checkpoint.preparation
    const forward = buildForwardStep({ plan, normalization, batchSize: 1, carriesStates: true })
    const session = await engine.createSession(forward.graph)
    const [port] = forward.features.values()
    const [prediction] = forward.predictions.values()
    if (!port || prediction === undefined) throw new Error('a model of text has an input and an output')
    const words = new Float32Array(port.shape[1] ?? 1)
    const inputs = {
      [port.input]: engine.tensor('float32', port.shape, words),
      ...weightTensors(engine, forward.weights, checkpoint.tensors),
    }
    const { carried } = forward
    const states = new CarriedTensors(engine)
    return new TokenModel(plan, words, excluded, carried.length > 0, async (goesOn) => {
      const results = await session.run({ ...inputs, ...(await states.inputs(carried)) })
      const result = results[prediction]
      const data = result && (await engine.read(result))
      if (!(data instanceof Float32Array)) throw new Error('the model predicts no scores')
      if (goesOn) states.keep(carried, results)
      return data
    })
  }

  /**
   * Scores of the token that follows a sequence, which is that of the call before or goes on from it. The window ends with
   * it where it is as long as a window, and begins with it where it is shorter, as windows do in training. Where states are
   * carried, windows follow each other as in training, too: the last one holds what those before have left.
   */
  async scoresAfter(sequence: readonly number[]): Promise<number[]> {
    while (this.#isStateful && sequence.length - this.#handedOn > this.steps) {
      this.#words.set(sequence.slice(this.#handedOn, this.#handedOn + this.steps))
      await this.#run(true)
      this.#handedOn += this.steps
    }
    const known = this.#isStateful ? sequence.slice(this.#handedOn) : sequence.slice(-this.steps)
    this.#words.fill(0)
    this.#words.set(known)
    const values = await this.#at(known.length - 1)
    return tokenScores(values, this.#activation).map((score, token) =>
      this.#excluded.has(token) ? Number.NEGATIVE_INFINITY : score,
    )
  }

  /** What the model says at the first step of a window that is filled up with this token. */
  async firstStep(filledWith: number): Promise<Float32Array> {
    this.#words.fill(filledWith)
    this.#words[0] = 0
    return (await this.#at(0)).slice()
  }

  async #at(step: number): Promise<Float32Array> {
    const values = await this.#run(false)
    return values.subarray(step * this.#units, (step + 1) * this.#units)
  }
}

/** A model that has seen what it is to predict (a bidirectional layer, say) has learned to copy, not to write. */
async function lookAheadProblem(plan: ModelPlan, model: TokenModel): Promise<Problem | undefined> {
  if (model.steps < 2) return undefined
  const [one, other] = [await model.firstStep(0), await model.firstStep(1)]
  const difference = Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))))
  if (difference < roundOff) return undefined
  return problem(
    'predict.notText',
    `${plan.name} looks ahead: what it predicts after the first character depends on those that follow.`,
    {
      hint: 'Replace bidirectional layers by ones that read forwards, give attention a causal mask and convolutions causal padding, and train again.',
    },
  )
}
