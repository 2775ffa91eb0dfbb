import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { ColumnSpec, DatasetInfo } from '../../../../src-core/datasets/dataset-spec.ts'
import { rowsPerChunk } from '../../../../src-core/datasets/dataset-spec.ts'
import { type ModelDocument, modelDocumentSchema } from '../../../../src-core/document/model-document.ts'
import type { RunDetail } from '../../../../src-core/ipc/contract.ts'
import { uniform } from '../../../../src-core/training/random.ts'
import type { RunEvent } from '../../../../src-core/training/run-event.ts'
import type { EngineLauncher, EngineProcess } from '../../../../src-main/engine/launcher.ts'
import { nodeLauncher } from '../../../../src-main/engine/node-launcher.ts'
import { type Application, openApplication } from '../../../../src-main/services/application.ts'
import type { ResumeChanges } from '../../../../src-main/services/run-service.ts'
import { openWorkspace } from '../../../../src-main/workspace/open.ts'

const resourcesFolder = fileURLToPath(new URL('../../../../resources/', import.meta.url))

/** A workspace of its own with the application over it, and the engine processes it has started. */
export interface TrainingPlace {
  readonly application: Application
  readonly file: string
  readonly processes: readonly EngineProcess[]
  /** Trains to the end, whichever it is. `onEvent` is called as things happen. */
  train(document: ModelDocument, onEvent?: (event: RunEvent, runId: number) => void): Promise<TrainedRun>
  /** Goes on with a run to its end. */
  resume(
    runId: number,
    changes?: ResumeChanges,
    onEvent?: (event: RunEvent, runId: number) => void,
  ): Promise<TrainedRun>
}

export interface TrainedRun {
  readonly runId: number
  readonly detail: RunDetail
  readonly events: readonly RunEvent[]
  /** Loss of every step, in order, as the events told it. */
  readonly losses: readonly number[]
}

export interface PlaceOptions {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Bytes of address space that an engine process may take. */
  readonly addressSpace?: number
}

/** Engines that were installed on request are left out, so that `auto` does not load them every time. */
const nothingInstalled = { LAYERLOOM_ENGINES: '/nowhere' }

/** A program that runs Node with so many bytes of address space, gone when the test is. */
function limitedNode(bytes: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-limit-'))
  const file = path.join(folder, 'node')
  writeFileSync(file, `#!/bin/sh\nulimit -v ${Math.floor(bytes / 1024)}\nexec "${process.execPath}" "$@"\n`)
  chmodSync(file, 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return file
}

/** Makes a workspace with the datasets; all is gone when the test is. */
export function trainingPlace(datasets: readonly SmallDataset[], options: PlaceOptions = {}): TrainingPlace {
  const folder = options.folder ?? mkdtempSync(path.join(tmpdir(), 'layerloom-training-'))
  const file = path.join(folder, 'workspace.sqlite')
  fillWorkspace(file, datasets)
  const processes: EngineProcess[] = []
  const { addressSpace } = options
  const start = nodeLauncher({
    environment: { ...nothingInstalled, ...options.environment },
    ...(addressSpace !== undefined && { program: limitedNode(addressSpace) }),
  })
  const launch: EngineLauncher = (listener) => {
    const child = start(listener)
    processes.push(child)
    return child
  }
  const application = openApplication({ workspaceFile: file, resourcesFolder, launch, version: '0.0.0' })
  onTestFinished(async () => {
    await application.close()
    if (options.folder === undefined) rmSync(folder, { recursive: true })
  })
  return {
    application,
    file,
    processes,
    train: (document, onEvent) =>
      watch(application, () => application.runs.start({ projectId: null, document }), onEvent),
    resume: (runId, changes, onEvent) =>
      watch(application, () => application.runs.resume(runId, changes), onEvent),
  }
}

type Starting = ReturnType<Application['runs']['start']>

async function watch(
  { runs }: Application,
  start: () => Starting,
  onEvent?: (event: RunEvent, runId: number) => void,
): Promise<TrainedRun> {
  const events: RunEvent[] = []
  const unsubscribe = runs.subscribe((runId, event) => {
    events.push(event)
    onEvent?.(event, runId)
  })
  const started = await start()
  if (!started.ok) throw new Error(started.problems.map(({ message }) => message).join('; '))
  await runs.whenIdle()
  unsubscribe()
  const detail = runs.get(started.value.runId)
  if (!detail.ok) throw new Error(detail.problems[0]?.message)
  const losses = events.flatMap((event) => (event.type === 'step' ? event.losses : []))
  return { runId: started.value.runId, detail: detail.value, events, losses }
}

export interface SmallDataset {
  readonly name: string
  readonly rows: number
  readonly target: string
  readonly columns: readonly (ColumnSpec & { readonly values: (row: number) => readonly number[] })[]
}

function fillWorkspace(file: string, datasets: readonly SmallDataset[]): void {
  const workspace = openWorkspace(file)
  for (const dataset of datasets) {
    const columns = dataset.columns.map(({ values: _, ...spec }) => spec)
    const id = workspace.datasets.begin({
      name: dataset.name,
      format: 'csv',
      description: '',
      defaultTarget: dataset.target,
      source: null,
      columns,
    })
    for (let first = 0; first < dataset.rows; first += rowsPerChunk) {
      const count = Math.min(rowsPerChunk, dataset.rows - first)
      const chunk = dataset.columns.map(({ dtype, values }) => {
        const numbers = Array.from({ length: count }, (_, index) => values(first + index)).flat()
        if (dtype === 'float32') return Float32Array.from(numbers)
        return dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers)
      })
      workspace.datasets.appendChunk(id, first / rowsPerChunk, chunk)
    }
    workspace.datasets.complete(id, dataset.rows, columns)
  }
  workspace.close()
}

/** The dataset as the workspace knows it. */
export function datasetInfo({ application }: TrainingPlace, name: string): DatasetInfo {
  const found = application.datasets.show(name)
  if (!found.ok) throw new Error(found.problems[0]?.message)
  return found.value
}

const noStatistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }

/** Two numbers and a category that tell three classes apart, noisily. A value here and there is missing. */
export function threeClasses(rows: number): SmallDataset {
  const coordinate = (row: number, axis: string) =>
    Math.cos(2 * (row % 3) + (axis === 'y' ? 1 : 0)) * 2 + uniform(7, axis, 0, row) * 1.5
  const number = (name: string) => ({
    name,
    type: 'number' as const,
    dtype: 'float32' as const,
    shape: [],
    statistics: noStatistics,
    values: (row: number) => [row % 97 === 5 ? Number.NaN : coordinate(row, name)],
  })
  return {
    name: 'classes',
    rows,
    target: 'kind',
    columns: [
      number('x'),
      number('y'),
      {
        name: 'side',
        type: 'category',
        dtype: 'int32',
        shape: [],
        categories: ['left', 'right'],
        statistics: noStatistics,
        values: (row) => [(row >> 1) % 2],
      },
      {
        name: 'kind',
        type: 'category',
        dtype: 'int32',
        shape: [],
        categories: ['a', 'b', 'c'],
        statistics: noStatistics,
        values: (row) => [row % 3],
      },
    ],
  }
}

/** y = 3 x: what a single unit learns at once. */
export function line(rows: number): SmallDataset {
  const column = (name: string, slope: number) => ({
    name,
    type: 'number' as const,
    dtype: 'float32' as const,
    shape: [],
    statistics: noStatistics,
    values: (row: number) => [slope * (row - rows / 2)],
  })
  return { name: 'line', rows, target: 'y', columns: [column('x', 1), column('y', 3)] }
}

type LayerSketch = readonly [
  kind: string,
  parameters: Record<string, number | string | boolean | readonly number[]>,
]

/** A chain of layers between an input and an output, bound to a dataset. */
export function chain(
  dataset: string,
  inputShape: readonly number[],
  layers: readonly LayerSketch[],
  training: Readonly<Record<string, unknown>>,
): ModelDocument {
  const all: readonly LayerSketch[] = [['input', { shape: inputShape }], ...layers, ['output', {}]]
  return modelDocumentSchema.parse({
    format: 'layerloom-model',
    version: 1,
    name: 'chain',
    layers: all.map(([kind, parameters], index) => ({
      id: `layer${index}`,
      kind,
      name: `${kind}_${index}`,
      parameters,
      position: { x: 0, y: 0 },
    })),
    connections: all.slice(1).map((_, index) => ({
      id: `wire${index}`,
      source: `layer${index}`,
      sourcePort: 'output',
      target: `layer${index + 1}`,
      targetPort: 'input',
    })),
    dataset: { name: dataset },
    training: { engine: 'cpu', ...training },
  })
}

/** A small network with dropout for {@link threeClasses}. */
export function classifier(training: Readonly<Record<string, unknown>> = {}): ModelDocument {
  return chain(
    'classes',
    [4],
    [
      ['dense', { units: 12, activation: 'relu' }],
      ['dropout', { rate: 0.2 }],
      ['dense', { units: 3 }],
    ],
    { epochs: 3, batchSize: 16, ...training },
  )
}
