import type { LayerView, Planes } from '../../../src-core/preview/layer-view.ts'
import { pictureLayers } from '../../../src-core/preview/picture-layers.ts'
import { buildPreviewStep, type PreviewStep } from '../../../src-core/preview/preview-step.ts'
import { reduceValues, thumbnailOf } from '../../../src-core/preview/reduce-values.ts'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { openWorkspaceReadOnly } from '../../workspace/open.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { PreviewModel, PreviewQuestion } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { EngineSession, EngineTensor, EngineTensors } from './engine.ts'
import { weightTensors } from './evaluator.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'
import { type PreviewSource, previewSource } from './preview-data.ts'

export interface PreviewAnswer {
  readonly views: LayerView[]
  readonly thumbnails: Record<string, Planes>
}

/** A step in onnxruntime with its weights. */
interface Running {
  readonly step: PreviewStep
  readonly session: EngineSession
  readonly weights: Record<string, EngineTensor>
}

/** Values and masks by layer id. */
interface Seen {
  readonly values: ReadonlyMap<string, Float32Array>
  readonly masks: ReadonlyMap<string, Float32Array>
}

/** A model that is ready to be looked into: sessions stay open, and what the last row gave is remembered. */
export class PreviewedModel {
  readonly #engine: OnnxEngine
  readonly #workspace: Workspace
  readonly #source: PreviewSource
  readonly #pictures: ReadonlySet<string>
  #predicting: Promise<Running> | undefined
  #noisy: { readonly layerId: string; readonly running: Promise<Running> } | undefined
  #last: { readonly row: number; readonly seen: Seen } | undefined

  private constructor(engine: OnnxEngine, workspace: Workspace, source: PreviewSource) {
    this.#engine = engine
    this.#workspace = workspace
    this.#source = source
    this.#pictures = pictureLayers(source.plan, source.bound.inputs)
  }

  /** Undefined when it was stopped on the way. Problems as of previewSource. */
  static async create(model: PreviewModel, stop: AbortSignal): Promise<Result<PreviewedModel> | undefined> {
    const threads = threadCount()
    const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
    const workspace = openWorkspaceReadOnly(model.dataset.workspaceFile)
    const source = await previewSource(engine, workspace.datasets, model, stop)
    if (source?.ok) return success(new PreviewedModel(engine, workspace, source.value))
    workspace.close()
    return source
  }

  /** Undefined when the answer is not wanted any more. Problems: `predict.input` for a row that is not there. */
  async answer(
    question: PreviewQuestion,
    isOvertaken: () => boolean,
  ): Promise<Result<PreviewAnswer> | undefined> {
    const { row, layerId, draws, thumbnails } = question
    const { info, plan } = this.#source
    if (row >= info.rows) {
      const message = `"${info.name}" has the rows 1 to ${info.rows}, so no row ${row + 1}.`
      return failure(problem('predict.input', message))
    }
    if (!plan.layers.some(({ id }) => id === layerId)) {
      return failure(problem('preview.layer', `The model has no layer "${layerId}".`))
    }
    const seen = await this.#predict(row)
    if (isOvertaken()) return undefined
    const drawn = draws ? await this.#draw(row, layerId, draws, isOvertaken) : [seen]
    if (!drawn) return undefined
    return success({
      views: reduceValues(this.#valuesOf(layerId, drawn)),
      thumbnails: thumbnails ? this.#thumbnails(seen) : {},
    })
  }

  async dispose(): Promise<void> {
    const running = await Promise.all([this.#predicting, this.#noisy?.running])
    await Promise.all(running.map((each) => each?.session.dispose()))
    this.#workspace.close()
  }

  #valuesOf(layerId: string, seen: readonly Seen[]) {
    const layer = this.#source.plan.layers.find(({ id }) => id === layerId)
    const mask = seen[0]?.masks.get(layerId)
    return {
      shape: layer?.outputShape ?? [],
      draws: seen.map(({ values }) => values.get(layerId) ?? new Float32Array()),
      isPicture: this.#pictures.has(layerId),
      ...(mask && { mask }),
    }
  }

  #thumbnails(seen: Seen): Record<string, Planes> {
    const found = this.#source.plan.layers.flatMap(({ id }): [string, Planes][] => {
      const thumbnail = thumbnailOf(this.#valuesOf(id, [seen]))
      return thumbnail ? [[id, thumbnail]] : []
    })
    return Object.fromEntries(found)
  }

  async #predict(row: number): Promise<Seen> {
    if (this.#last?.row === row) return this.#last.seen
    this.#predicting ??= this.#open()
    const seen = await this.#run(await this.#predicting, row, {})
    this.#last = { row, seen }
    return seen
  }

  /** Draw number k is what step k of a training with this seed and one sample in a batch draws. */
  async #draw(
    row: number,
    layerId: string,
    { count, seed }: { readonly count: number; readonly seed: number },
    isOvertaken: () => boolean,
  ): Promise<Seen[] | undefined> {
    if (this.#noisy?.layerId !== layerId) {
      await (await this.#noisy?.running)?.session.dispose()
      this.#noisy = { layerId, running: this.#open(layerId) }
    }
    const running = await this.#noisy.running
    const drawn: Seen[] = []
    for (let draw = 0; draw < count; draw++) {
      if (isOvertaken()) return undefined
      const noise = running.step.random.map(({ key, input, dtype, shape }): [string, EngineTensor] => {
        const data = new Float32Array(elementCount(shape))
        fillUniform(data, seed, key, draw)
        return [input, this.#engine.tensor(dtype, shape, data)]
      })
      drawn.push(await this.#run(running, row, Object.fromEntries(noise)))
    }
    return drawn
  }

  async #open(noisyAt?: string): Promise<Running> {
    const { plan, preparation, tensors } = this.#source
    const step = buildPreviewStep({
      plan,
      normalization: preparation,
      ...(noisyAt !== undefined && { noisyAt }),
    })
    return {
      step,
      session: await this.#engine.createSession(step.graph),
      weights: weightTensors(this.#engine, step.weights, tensors),
    }
  }

  async #run({ step, session, weights }: Running, row: number, noise: EngineTensors): Promise<Seen> {
    const raw = this.#source.features(row)
    const features = [...step.features].map(([id, { input, dtype, shape }]): [string, EngineTensor] => [
      input,
      this.#engine.tensor(dtype, shape, raw.get(id) ?? new Float32Array(elementCount(shape))),
    ])
    const outputs = await session.run({ ...Object.fromEntries(features), ...weights, ...noise })
    return { values: await this.#read(step.values, outputs), masks: await this.#read(step.masks, outputs) }
  }

  async #read(
    names: ReadonlyMap<string, string>,
    outputs: EngineTensors,
  ): Promise<ReadonlyMap<string, Float32Array>> {
    const read = new Map<string, Float32Array>()
    for (const [id, name] of names) {
      const output = outputs[name]
      if (!output) throw new Error(`the preview has no ${name}`)
      const data = await this.#engine.read(output)
      read.set(id, data instanceof Float32Array ? data : Float32Array.from(data, Number))
    }
    return read
  }
}
