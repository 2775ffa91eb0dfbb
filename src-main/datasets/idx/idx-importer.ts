import path from 'node:path'
import { type ColumnSpec, rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import type { ColumnData, DatasetSource, Importer, ImportOptions, ReadResult } from '../importer.ts'
import { baseName, explainingSourceErrors } from '../source-file.ts'
import { findPartner } from './find-partner.ts'
import { type IdxHeader, looksLikeIdx } from './idx-header.ts'
import { PixelStatistics } from './pixel-statistics.ts'
import { openIdx, readSamples } from './sample-reader.ts'

/**
 * IDX files as MNIST and its relatives are published: images of unsigned bytes, and a file of labels that is found
 * by its name. Images without labels are imported alone.
 */
export const idxImporter: Importer = {
  format: 'idx',
  matches: (fileName, head) => looksLikeIdx(head) || /[-.]idx\d[-.]ubyte(\.gz)?$/i.test(fileName),
  open: (file, options) => explainingSourceErrors(file, () => openPair(file, options)),
}

interface IdxFile {
  readonly file: string
  readonly header: IdxHeader
}

async function openPair(file: string, options: ImportOptions): Promise<Result<DatasetSource>> {
  const partner = options.partner ?? findPartner(file)
  const files: IdxFile[] = []
  for (const each of partner === undefined ? [file] : [file, partner]) {
    const header = await explainingSourceErrors(each, () => openIdx(each))
    if (!header.ok) return header
    files.push({ file: each, header: header.value })
  }
  const images = files.find(({ header }) => header.sizes.length > 1)
  const labels = files.find(({ header }) => header.sizes.length === 1)
  if (images === undefined) return failure(imagesMissing(file))
  const shape = imageShape(images)
  if (!shape.ok) return shape
  const [count = 0] = images.header.sizes
  if (count === 0) return failure(problem('idx.truncated', `${path.basename(images.file)} holds no images.`))
  if (labels !== undefined && labels.header.sizes[0] !== count) {
    return failure(labelCount(images, labels))
  }
  return describePair(images, labels, shape.value, options)
}

function imagesMissing(file: string) {
  return problem(
    'idx.magic',
    `${path.basename(file)} holds labels, and the images that belong to them were not found.`,
    {
      hint: 'Put both files into one folder and keep their names, e.g. train-images-idx3-ubyte and train-labels-idx1-ubyte.',
    },
  )
}

function labelCount(images: IdxFile, labels: IdxFile) {
  return problem(
    'idx.labelCount',
    `${path.basename(images.file)} has ${images.header.sizes[0]} images, but ${path.basename(labels.file)} has ${labels.header.sizes[0]} labels.`,
    { hint: 'Take the two files of the same set (training or test).' },
  )
}

/** [channels, height, width]. */
function imageShape({ file, header }: IdxFile): Result<readonly number[]> {
  const [, ...sample] = header.sizes
  if (sample.length === 2) return success([1, ...sample])
  const [channels = 0] = sample
  if (sample.length === 3 && [1, 3, 4].includes(channels)) return success(sample)
  return failure(
    problem(
      'idx.magic',
      `${path.basename(file)} holds samples of ${sample.join(' × ')}; images are height × width, or channels × height × width with 1, 3 or 4 channels.`,
    ),
  )
}

async function describePair(
  images: IdxFile,
  labels: IdxFile | undefined,
  shape: readonly number[],
  options: ImportOptions,
): Promise<Result<DatasetSource>> {
  const imageColumn: ColumnSpec = {
    name: 'image',
    type: 'image',
    dtype: 'uint8',
    shape: [...shape],
    statistics: new PixelStatistics().summary(),
  }
  const values = labels === undefined ? undefined : await readLabels(labels)
  const label = values === undefined ? undefined : labelColumn(values)
  const wanted = options.target
  if (wanted !== undefined && wanted !== label?.column.name) {
    return failure(
      problem(
        'csv.target',
        `There is no column "${wanted}" to predict; the labels of IDX files are called "label".`,
      ),
    )
  }
  const columns = label === undefined ? [imageColumn] : [imageColumn, label.column]
  return success({
    format: 'idx',
    suggestedName: baseName(images.file).replace(/[-._]?(images|idx\d|ubyte)/gi, '') || baseName(images.file),
    description: `Imported from ${[images, ...(labels === undefined ? [] : [labels])].map(({ file }) => path.basename(file)).join(' and ')}`,
    columns,
    defaultTarget: label === undefined ? null : label.column.name,
    read: (take) =>
      explainingSourceErrors(images.file, () => readPair(images, columns, label?.codes, options, take)),
  })
}

/** All labels: one byte per sample, bounded by the file and not by what its header says. */
async function readLabels({ file, header }: IdxFile): Promise<Uint8Array> {
  const blocks: Uint8Array[] = []
  for await (const block of readSamples(file, header, rowsPerChunk)) blocks.push(block.slice())
  return Buffer.concat(blocks)
}

function labelColumn(values: Uint8Array): { column: ColumnSpec; codes: Int32Array } {
  const counts = new Array<number>(256).fill(0)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  const present = counts.flatMap((count, value) => (count > 0 ? [value] : []))
  const codeOf = new Map(present.map((value, code) => [value, code]))
  return {
    codes: Int32Array.from(values, (value) => codeOf.get(value) ?? -1),
    column: {
      name: 'label',
      type: 'category',
      dtype: 'int32',
      shape: [],
      categories: present.map(String),
      statistics: {
        minimum: null,
        maximum: null,
        mean: null,
        standardDeviation: null,
        missing: 0,
        counts: present.map((value) => counts[value] ?? 0),
      },
    },
  }
}

async function readPair(
  images: IdxFile,
  columns: readonly ColumnSpec[],
  codes: Int32Array | undefined,
  options: ImportOptions,
  take: (chunk: readonly ColumnData[]) => void,
): Promise<Result<ReadResult>> {
  const statistics = new PixelStatistics()
  let rows = 0
  const progress = (fraction: number) => options.onProgress?.(fraction)
  for await (const block of readSamples(images.file, images.header, rowsPerChunk, progress)) {
    const end = rows + block.byteLength / images.header.sampleSize
    statistics.add(block)
    take(codes === undefined ? [block] : [block, codes.subarray(rows, end)])
    rows = end
  }
  return success({
    rows,
    columns: columns.map((column) =>
      column.type === 'image' ? { ...column, statistics: statistics.summary() } : column,
    ),
  })
}
