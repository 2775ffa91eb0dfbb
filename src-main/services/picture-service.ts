import { hasPlane } from '../../src-core/generation/draw-latents.ts'
import { findGenerator, type Generator } from '../../src-core/generation/latent-source.ts'
import { type PictureSheet, pictureSheet } from '../../src-core/generation/picture-sheet.ts'
import { reconstructionPair } from '../../src-core/generation/reconstruction-pair.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import { encodePng } from './encode-png.ts'
import { loadRunData, loadTrainedModel, type RunSources, type TrainedModel } from './trained-run.ts'
import { writeFileAtomically } from './write-file.ts'

/** Which pictures a run can make. */
export interface PictureKinds {
  readonly samples: boolean
  /** Whether all that it draws follows from two numbers. */
  readonly plane: boolean
  readonly reconstructions: boolean
}

/** `samples`: drawn at random; `plane`: on a grid over two latent values; `reconstructions`: of the test part. */
export type PictureKind = keyof PictureKinds

export interface PictureRequest {
  readonly kind: PictureKind
  /** Pictures; of a plane, those along one side. */
  readonly count: number
  /** Samples beside each other; as many as make a square when absent. */
  readonly columns?: number | undefined
  readonly seed: number
}

export interface RunPictures {
  readonly sheet: PictureSheet
  /** What stands above each other for every sample; nothing for samples. */
  readonly levels: readonly string[]
  /** Rows of the dataset; none for samples. */
  readonly rows: readonly number[]
}

/** Pictures that trained runs make. */
export class PictureService {
  readonly #sources: RunSources
  readonly #engines: EngineSupervisor
  readonly #workspaceFile: string

  constructor(sources: RunSources, engines: EngineSupervisor, workspaceFile: string) {
    this.#sources = sources
    this.#engines = engines
    this.#workspaceFile = workspaceFile
  }

  /** Which pictures a run can make: none where it has no weights yet. Problem: `workspace.notFound`. */
  kinds(runId: number): Result<PictureKinds> {
    const model = loadTrainedModel(this.#sources, runId)
    if (!model.ok) {
      const isUntrained = model.problems.every(({ code }) => code === 'run.noWeights')
      return isUntrained ? success({ samples: false, plane: false, reconstructions: false }) : model
    }
    const generator = this.#generator(model.value)
    const data = loadRunData(this.#sources, model.value)
    return success({
      samples: generator.ok,
      plane: generator.ok && hasPlane(generator.value),
      reconstructions: data.ok && reconstructionPair(model.value.plan, data.value.bound).ok,
    })
  }

  /**
   * Makes pictures; the same request makes the same. Problems: `pictures.none`, `workspace.notFound`, `run.noWeights`,
   * `dataset.notFound`, `run.engineDied`.
   */
  async make(runId: number, request: PictureRequest): Promise<Result<RunPictures>> {
    const model = loadTrainedModel(this.#sources, runId)
    if (!model.ok) return model
    return request.kind === 'reconstructions'
      ? this.#reconstruct(model.value, request)
      : this.#sample(model.value, request)
  }

  /** Makes them and writes them to a PNG file. Problems: as above, and `file.notWritten`. */
  async save(runId: number, request: PictureRequest, file: string): Promise<Result<RunPictures>> {
    const made = await this.make(runId, request)
    if (!made.ok) return made
    const written = await writeFileAtomically(file, encodePng(made.value.sheet))
    return written.ok ? made : written
  }

  #generator(model: TrainedModel): Result<Generator> {
    return findGenerator(model.plan, this.#imageShapes(model))
  }

  #imageShapes({ document }: TrainedModel): Shape[] {
    const dataset = document.dataset && this.#sources.datasets.findByName(document.dataset.name)
    return (dataset?.columns ?? []).filter(({ type }) => type === 'image').map(({ shape }) => shape)
  }

  async #sample(
    model: TrainedModel,
    { kind, count, columns, seed }: PictureRequest,
  ): Promise<Result<RunPictures>> {
    const generator = this.#generator(model)
    if (!generator.ok) return generator
    const { document, weights, setup } = model
    const sampled = await this.#engines.sample({
      type: 'sample',
      document,
      settings: setup.settings,
      weights,
      imageShapes: this.#imageShapes(model),
      count,
      seed,
      ...(kind === 'plane' && { side: count }),
    })
    if (!sampled.ok) return sampled
    const { pictures, shape } = sampled.value
    const across = kind === 'plane' ? count : (columns ?? Math.ceil(Math.sqrt(count)))
    return success({ sheet: pictureSheet([pictures], shape, across), levels: [], rows: [] })
  }

  async #reconstruct(model: TrainedModel, { count, seed }: PictureRequest): Promise<Result<RunPictures>> {
    const data = loadRunData(this.#sources, model)
    if (!data.ok) return data
    const { document, weights, setup } = model
    if (document.dataset === null) return failure(problem('data.missing', 'The run knows no dataset.'))
    const answered = await this.#engines.reconstruct({
      type: 'reconstruct',
      document,
      settings: setup.settings,
      dataset: {
        workspaceFile: this.#workspaceFile,
        datasetId: data.value.dataset.id,
        binding: document.dataset,
      },
      weights,
      count,
      seed,
    })
    if (!answered.ok) return answered
    const { originals, corrupted, reconstructions, rows, shape } = answered.value
    const stacks = corrupted ? [originals, corrupted, reconstructions] : [originals, reconstructions]
    const levels = corrupted ? ['original', 'with noise', 'reconstruction'] : ['original', 'reconstruction']
    return success({ sheet: pictureSheet(stacks, shape, mostAcross), levels, rows })
  }
}

/** Samples beside each other on a sheet of reconstructions. */
const mostAcross = 16
