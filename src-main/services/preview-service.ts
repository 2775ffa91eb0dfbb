import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import { rowsPerChunk } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { type PreviewAnswer, PreviewProcess } from '../engine/preview-process.ts'
import type { PreviewModel } from '../engine/protocol.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import { type DatasetRepository, elementsOf } from '../workspace/dataset-repository.ts'
import { gitBlobHash } from './git-hash.ts'
import { noRun, type RunSources } from './trained-run.ts'

export interface PreviewRequest {
  readonly document: ModelDocument
  readonly layerId: string
  /** Row of the dataset that the document is bound to, from 0. */
  readonly row: number
  /** Whose newest weights to take; null for those that a training would begin with. */
  readonly runId: number | null
  /** So many draws with noise as in training; null for what prediction gives. */
  readonly draws: { readonly count: number; readonly seed: number } | null
  readonly thumbnails: boolean
}

/** Where to look for a row of a class. */
export interface RowSearch {
  readonly datasetId: number
  /** A category column, and one of its categories. */
  readonly column: string
  readonly category: string
  /** Where to begin; this row is looked at first. */
  readonly from: number
  readonly direction: 'forwards' | 'backwards'
}

/** Shows what flows through drawings. */
export class PreviewService {
  readonly #sources: RunSources
  readonly #process: PreviewProcess
  readonly #workspaceFile: string

  constructor(sources: RunSources, engines: EngineSupervisor, workspaceFile: string) {
    this.#sources = sources
    this.#process = new PreviewProcess(engines)
    this.#workspaceFile = workspaceFile
  }

  /**
   * What a layer makes of one sample. Null when a newer request, or a cancellation, came before the answer. Problems:
   * `data.missing`, `dataset.notFound`, those of the drawing and its data, `preview.layer`, `preview.weights`,
   * `predict.input` for a row that is not there, `workspace.notFound`, `run.noWeights`, `run.engineDied`.
   */
  async look(request: PreviewRequest): Promise<Result<PreviewAnswer | null>> {
    const { document, runId, layerId, row, draws, thumbnails } = request
    const dataset = this.#dataset(document)
    if (!dataset.ok) return dataset
    const trained = runId === null ? undefined : this.#checkpointOf(runId)
    if (trained && !trained.ok) return trained
    const model = {
      key: JSON.stringify([computed(document), dataset.value.id, runId, trained?.value]),
      make: () => this.#model(document, dataset.value, runId),
    }
    return this.#process.ask(model, { layerId, row, thumbnails, ...(draws && { draws }) })
  }

  /** Ends a preview that is being computed, and the process that is kept ready. */
  cancel(): void {
    this.#process.cancel()
  }

  /**
   * The next row of a class, going on at the other end of the dataset; null where there is none. Problems:
   * `dataset.notFound`, `data.column` where the column has no such class.
   */
  findRow(search: RowSearch): Result<{ row: number } | null> {
    const dataset = this.#sources.datasets.find(search.datasetId)
    if (!dataset) {
      return failure(problem('dataset.notFound', 'This dataset is no longer in the workspace.'))
    }
    const column = dataset.columns.find(({ name }) => name === search.column)
    const wanted = column?.categories?.indexOf(search.category) ?? -1
    if (wanted < 0) {
      const message = `"${dataset.name}" has no class "${search.category}" in a column "${search.column}".`
      return failure(problem('data.column', message))
    }
    const row = nextRow(this.#sources.datasets, dataset, search, wanted)
    return success(row === undefined ? null : { row })
  }

  #dataset({ dataset }: ModelDocument): Result<DatasetInfo> {
    if (dataset === null) {
      return failure(
        problem('data.missing', 'The model has no dataset, so there is no sample to send through it.', {
          hint: 'Choose a dataset in the data panel.',
        }),
      )
    }
    const found = this.#sources.datasets.findByName(dataset.name)
    if (found) return success(found)
    return failure(
      problem('dataset.notFound', `There is no dataset "${dataset.name}" here.`, {
        hint: 'Import it, or choose another dataset.',
      }),
    )
  }

  #checkpointOf(runId: number): Result<{ step: number; at: string }> {
    if (this.#sources.runs.find(runId) === undefined) return failure(noRun(runId))
    const newest = this.#sources.checkpoints.list(runId).at(-1)
    if (newest) return success({ step: newest.step, at: newest.createdAt })
    return failure(
      problem('run.noWeights', `Run ${runId} has no trained weights.`, {
        hint: 'Weights are there from the end of the first epoch on. Choose fresh weights or another run.',
      }),
    )
  }

  #model(document: ModelDocument, dataset: DatasetInfo, runId: number | null): PreviewModel {
    const { dataset: binding } = document
    if (binding === null) throw new Error('a document without data was bound to some')
    const stored = runId === null ? undefined : this.#sources.checkpoints.last(runId)
    return {
      document,
      dataset: { workspaceFile: this.#workspaceFile, datasetId: dataset.id, binding },
      ...(stored && { weights: stored.bytes }),
    }
  }
}

/** What of a document its values depend on: where layers are drawn does not matter. */
function computed(document: ModelDocument): string {
  const layers = document.layers.map((layer) => ({ ...layer, position: { x: 0, y: 0 } }))
  return gitBlobHash(serialiseDocument({ ...document, name: 'model', description: '', layers }))
}

function nextRow(
  datasets: DatasetRepository,
  dataset: DatasetInfo,
  { column, from, direction }: RowSearch,
  wanted: number,
): number | undefined {
  const chunks = new Map<number, ArrayLike<number>>()
  const valueAt = (row: number) => {
    const number = Math.floor(row / rowsPerChunk)
    let chunk = chunks.get(number)
    if (!chunk) {
      chunk = elementsOf('int32', datasets.readColumnChunk(dataset.id, column, number))
      chunks.clear()
      chunks.set(number, chunk)
    }
    return chunk[row % rowsPerChunk]
  }
  const step = direction === 'forwards' ? 1 : -1
  for (let count = 0; count < dataset.rows; count++) {
    const row = (((from + step * count) % dataset.rows) + dataset.rows) % dataset.rows
    if (valueAt(row) === wanted) return row
  }
  return undefined
}
