import { statSync } from 'node:fs'
import path from 'node:path'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { DatasetPreview } from '../../src-core/ipc/contract.ts'
import {
  failure,
  type Problem,
  ProblemError,
  problem,
  type Result,
  success,
} from '../../src-core/problems.ts'
import { generatedSource } from '../datasets/generated/generated-source.ts'
import type { DatasetSource, ImportOptions } from '../datasets/importer.ts'
import { openDatasetFile } from '../datasets/importers.ts'
import { previewRows } from '../datasets/preview-rows.ts'
import { findSample, type Sample, sampleCatalogue } from '../datasets/sample-catalogue.ts'
import { freeName, storeDataset } from '../datasets/store-dataset.ts'
import type { DatasetRepository } from '../workspace/dataset-repository.ts'

export interface ImportRequest extends ImportOptions {
  /** What the dataset is to be called; from the file's name where it is left out. */
  readonly name?: string
}

const longestName = 200

/** Datasets of the workspace: what is there, samples that ship, files that people bring. */
export class DatasetService {
  readonly #datasets: DatasetRepository
  readonly #samplesFolder: string
  readonly #samplesUnderway = new Map<string, Promise<Result<DatasetInfo>>>()

  /** `samplesFolder`: where the files of the sample catalogue lie (resources/samples). */
  constructor(datasets: DatasetRepository, samplesFolder: string) {
    this.#datasets = datasets
    this.#samplesFolder = samplesFolder
  }

  list(): DatasetInfo[] {
    return this.#datasets.list()
  }

  /** Samples that can be added, whether or not they already are. */
  samples(): readonly Sample[] {
    return sampleCatalogue
  }

  /** A dataset by its name. Problem: dataset.notFound */
  show(name: string): Result<DatasetInfo> {
    const found = this.#datasets.findByName(name)
    return found === undefined
      ? failure(this.#notFound(`There is no dataset called "${name}".`))
      : success(found)
  }

  /**
   * Imports a file (CSV, text or IDX, plain or gzip). Either the whole dataset is there afterwards, or nothing of it.
   * Problems: dataset.exists, dataset.unknownFormat, file.*, csv.*, text.*, idx.*, workspace.*
   */
  import(file: string, request: ImportRequest = {}): Promise<Result<DatasetInfo>> {
    return this.#import(file, request, (suggested) => suggested)
  }

  /** Puts a sample into the workspace; one that is there already is returned. Problem: dataset.notFound */
  async addSample(name: string): Promise<Result<DatasetInfo>> {
    const sample = findSample(name)
    if (sample === undefined) return failure(this.#notFound(`There is no sample called "${name}".`))
    const underway = this.#samplesUnderway.get(sample.name)
    if (underway !== undefined) return underway
    const adding = this.#addSample(sample)
    this.#samplesUnderway.set(sample.name, adding)
    try {
      return await adding
    } finally {
      this.#samplesUnderway.delete(sample.name)
    }
  }

  /** Rows from `offset` (0-based) on, at most `count`; none past the end. Problem: dataset.notFound */
  preview(datasetId: number, offset: number, count: number): Result<DatasetPreview> {
    const dataset = this.#datasets.find(datasetId)
    if (dataset === undefined) return failure(this.#notFound('This dataset is no longer in the workspace.'))
    return success({ rows: previewRows(this.#datasets, dataset, offset, count) })
  }

  /** Problem: dataset.notFound */
  remove(datasetId: number): Result<Record<string, never>> {
    if (this.#datasets.remove(datasetId)) return success({})
    return failure(this.#notFound('This dataset is no longer in the workspace.'))
  }

  /**
   * What a command line means by NAME|FILE: a dataset of the workspace, a sample (which is added), or a file, which
   * is imported unless the same file was imported in the same way before.
   */
  async resolve(nameOrFile: string, request: ImportRequest = {}): Promise<Result<DatasetInfo>> {
    const known = this.#datasets.findByName(nameOrFile)
    if (known !== undefined) return success(known)
    if (findSample(nameOrFile) !== undefined) return this.addSample(nameOrFile)
    if (statSync(nameOrFile, { throwIfNoEntry: false }) === undefined) {
      return failure(this.#notFound(`There is no dataset, sample or file called "${nameOrFile}".`))
    }
    const before = this.#datasets.findBySource(fingerprint(nameOrFile, request))
    if (before !== undefined) return success(before)
    return this.#import(nameOrFile, request, (suggested) => freeName(this.#datasets, suggested))
  }

  /** `nameFor` makes a name from the one that the file suggests. */
  #import(
    file: string,
    request: ImportRequest,
    nameFor: (suggested: string) => string,
  ): Promise<Result<DatasetInfo>> {
    return asResult(async () => {
      const wished = request.name?.trim()
      if (wished !== undefined && (wished.length === 0 || wished.length > longestName)) {
        return failure(
          problem(
            'usage.invalid',
            `A dataset's name has 1 to ${longestName} characters, not ${wished.length}.`,
          ),
        )
      }
      const source = await openDatasetFile(file, request)
      if (!source.ok) return source
      return storeDataset(this.#datasets, source.value, {
        name: wished ?? nameFor(source.value.suggestedName.slice(0, longestName)),
        format: source.value.format,
        description: source.value.description,
        source: fingerprint(file, request),
      })
    })
  }

  #addSample(sample: Sample): Promise<Result<DatasetInfo>> {
    return asResult(async () => {
      const source = `sample:${sample.name}`
      const before = this.#datasets.findBySource(source)
      if (before !== undefined) return success(before)
      const opened = await this.#openSample(sample)
      if (!opened.ok) return opened
      return storeDataset(this.#datasets, opened.value, {
        name: freeName(this.#datasets, sample.name),
        format: 'sample',
        description: sample.description,
        source,
      })
    })
  }

  #openSample({ file, name, description, target }: Sample): Promise<Result<DatasetSource>> {
    if (typeof file === 'string') return openDatasetFile(path.join(this.#samplesFolder, file), { target })
    return Promise.resolve(success(generatedSource(name, description, target, file())))
  }

  #notFound(message: string): Problem {
    const names = [...this.#datasets.list(), ...sampleCatalogue].map(({ name }) => name)
    const known = [...new Set(names)].slice(0, 20).join(', ')
    return problem('dataset.notFound', message, { hint: `There are: ${known}; or name a file to import.` })
  }
}

/** The same file, unchanged and imported in the same way, has the same fingerprint. */
function fingerprint(file: string, request: ImportRequest): string {
  const absolute = path.resolve(file)
  const status = statSync(absolute, { throwIfNoEntry: false })
  const { target, types, delimiter, header, partner, text } = request
  const identity = { file: absolute, size: status?.size, modified: status?.mtimeMs }
  return JSON.stringify({ ...identity, target, types, delimiter, header, partner, text })
}

/** Problems that only could be thrown (a full disk, a locked workspace) become values. */
async function asResult<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem)
    throw error
  }
}
