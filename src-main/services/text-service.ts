import { type ColumnSpec, unknownToken } from '../../src-core/datasets/dataset-spec.ts'
import { failure, type Problem, problem, type Result, success } from '../../src-core/problems.ts'
import type { TextSettings } from '../../src-core/text/text-settings.ts'
import { encodeText } from '../datasets/text/encode-text.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import {
  loadRunData,
  loadTrainedModel,
  type RunData,
  type RunSources,
  type TrainedModel,
} from './trained-run.ts'

export interface GeneratedText {
  /** What was written behind the prompt. */
  readonly text: string
  /** False when it was stopped before it was as long as was asked for. */
  readonly whole: boolean
}

/** Texts that trained runs write. */
export class TextService {
  readonly #sources: RunSources
  readonly #engines: EngineSupervisor
  readonly #underway = new Map<number, AbortController>()

  constructor(sources: RunSources, engines: EngineSupervisor) {
    this.#sources = sources
    this.#engines = engines
  }

  /**
   * Writes a prompt on with the newest weights of a run. A run writes one text at a time: a second call stops the first.
   * Problems: `workspace.notFound`, `run.noWeights`, `dataset.notFound`, `predict.notText`, `predict.input` for a prompt
   * with characters that the model does not know, `run.engineDied`.
   */
  async generate(runId: number, settings: TextSettings): Promise<Result<GeneratedText>> {
    const model = loadTrainedModel(this.#sources, runId)
    if (!model.ok) return model
    const data = loadRunData(this.#sources, model.value)
    if (!data.ok) return data
    const vocabulary = textVocabulary(model.value, data.value)
    if (!vocabulary.ok) return vocabulary
    const prompt = encodeText(settings.prompt, vocabulary.value)
    if (!prompt.ok) return prompt
    return this.#write(runId, model.value, vocabulary.value, { ...settings, prompt: prompt.value })
  }

  /** Stops the text that a run is writing, if it is; its call answers with what there is. */
  cancel(runId: number): void {
    this.#underway.get(runId)?.abort()
  }

  async #write(
    runId: number,
    { document, weights }: TrainedModel,
    vocabulary: readonly string[],
    settings: Omit<TextSettings, 'prompt'> & { readonly prompt: readonly number[] },
  ): Promise<Result<GeneratedText>> {
    this.cancel(runId)
    const stop = new AbortController()
    this.#underway.set(runId, stop)
    const unknown = vocabulary.indexOf(unknownToken)
    const excluded = unknown < 0 ? [] : [unknown]
    const job = { type: 'generateText', document, weights, excluded, ...settings } as const
    const generated = await this.#engines.generateText(job, stop.signal)
    if (this.#underway.get(runId) === stop) this.#underway.delete(runId)
    if (!generated.ok) return generated
    const { tokens, whole } = generated.value
    return success({ text: tokens.map((token) => vocabulary[token] ?? '').join(''), whole })
  }
}

/** The characters that a model reads and writes. */
function textVocabulary({ run, plan }: TrainedModel, { bound }: RunData): Result<readonly string[]> {
  const [input, ...otherInputs] = plan.inputIds.map((id) => bound.inputs.get(id) ?? [])
  const [output, ...otherOutputs] = plan.outputIds.map((id) => bound.targets.get(id) ?? [])
  if (otherInputs.length > 0 || otherOutputs.length > 0) {
    return failure(notText(run.id, 'has several inputs or outputs'))
  }
  const reads = onlyTokens(input)
  const writes = onlyTokens(output)
  if (!reads || !writes) return failure(notText(run.id, whatInstead(reads, output)))
  if (reads.join() !== writes.join()) return failure(notText(run.id, 'reads other characters than it writes'))
  return success(writes)
}

function onlyTokens(columns: readonly ColumnSpec[] | undefined): readonly string[] | undefined {
  const [column, ...others] = columns ?? []
  return column?.type === 'tokens' && others.length === 0 ? column.categories : undefined
}

function whatInstead(
  reads: readonly string[] | undefined,
  output: readonly ColumnSpec[] | undefined,
): string {
  const names = (output ?? []).map(({ name }) => `"${name}"`).join(', ')
  return reads ? `predicts ${names}` : 'does not read text'
}

function notText(runId: number, what: string): Problem {
  return problem('predict.notText', `Run ${runId} cannot write text: its model ${what}.`, {
    hint: 'Train a model whose input and target are windows of a text, such as the template "Character language model".',
  })
}
