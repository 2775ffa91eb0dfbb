import { compileModel } from '../../src-core/compile/compile-model.ts'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import type { RunDetail, RunSummary } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { checkRun } from '../../src-core/training/check-run.ts'
import type { TrainingSettings } from '../../src-core/training/run-config.ts'
import { isEnd, type RunEvent } from '../../src-core/training/run-event.ts'
import type { TrainJob } from '../engine/protocol.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { ActiveRun } from './active-run.ts'
import { describeEnvironment } from './environment.ts'
import { gitBlobHash } from './git-hash.ts'
import type { MemoryService } from './memory-service.ts'
import { RunFailures } from './run-failures.ts'
import { noRun } from './trained-run.ts'

export interface RunRequest {
  /** The project it belongs to; null for a document that is in no project. */
  readonly projectId: number | null
  readonly document: ModelDocument
  readonly name?: string
}

export interface RunServiceParts {
  readonly workspace: Workspace
  readonly engines: EngineSupervisor
  readonly version: string
  readonly memory: MemoryService
}

/** What may be different when a run goes on. */
export interface ResumeChanges {
  readonly batchSize?: number
}

export type RunListener = (runId: number, event: RunEvent) => void

/** Starts, watches, stops, resumes and keeps runs. One run at a time: two would only slow each other down. */
export class RunService {
  readonly #workspace: Workspace
  readonly #engines: EngineSupervisor
  readonly #version: string
  readonly #memory: MemoryService
  readonly #active = new Map<number, ActiveRun>()
  readonly #listeners = new Set<RunListener>()
  readonly #failures: RunFailures

  constructor({ workspace, engines, version, memory }: RunServiceParts) {
    this.#workspace = workspace
    this.#engines = engines
    this.#version = version
    this.#memory = memory
    this.#failures = new RunFailures(workspace)
    this.#failures.recover()
  }

  /** Calls `listener` with every event of every run; returns what ends that. */
  subscribe(listener: RunListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ids of the runs in progress. */
  active(): number[] {
    return [...this.#active.keys()]
  }

  /** Settles when no run is in progress. */
  async whenIdle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all([...this.#active.values()].map((run) => run.ended))
  }

  /**
   * Checks document, data and loss, then starts training in a process of its own.
   * Problems: those of the drawing and the data, `run.busy`.
   */
  async start({ projectId, document, name }: RunRequest): Promise<Result<{ runId: number }>> {
    const busy = this.#busy()
    if (busy) return busy
    const checked = this.#check(document)
    if (!checked.ok) return checked
    const documentJson = serialiseDocument(document)
    const runId = this.#workspace.runs.create({
      projectId,
      projectName: document.name,
      name: name ?? document.name,
      datasetName: checked.value.name,
      documentJson,
      settings: document.training,
      environment: describeEnvironment(this.#version),
    })
    this.#launch(runId, this.#job(document, document.training, checked.value, gitBlobHash(documentJson)))
    return success({ runId })
  }

  /**
   * Goes on from the last checkpoint of a stopped, paused or failed run, in the same run; with another batch size where
   * one is given: then it takes up the sample that it had reached.
   */
  async resume(runId: number, changes: ResumeChanges = {}): Promise<Result<{ runId: number }>> {
    const busy = this.#busy()
    if (busy) return busy
    this.#failures.store()
    const { runs, checkpoints } = this.#workspace
    const run = runs.find(runId)
    const setup = runs.setup(runId)
    if (run === undefined || setup === undefined) return failure(noRun(runId))
    if (run.status === 'finished') {
      return failure(
        problem(
          'run.config',
          `Run ${runId} finished after ${run.epochsDone} of ${run.epochs} epochs; there is nothing left to resume.`,
          {
            hint: 'Set more epochs and train again.',
          },
        ),
      )
    }
    const checkpoint = checkpoints.last(runId)
    if (checkpoint === undefined) {
      return failure(
        problem(
          'run.noWeights',
          `Run ${runId} ended before its first checkpoint; there is nothing to resume from.`,
          {
            hint: 'Start it again with Train.',
          },
        ),
      )
    }
    const document = parseDocument(setup.documentJson)
    if (!document.ok) return document
    const checked = this.#check(document.value)
    if (!checked.ok) return checked
    const settings = { ...setup.settings, batchSize: changes.batchSize ?? setup.settings.batchSize }
    this.#workspace.transaction(() => {
      this.#workspace.runMetrics.removeAfter(runId, checkpoint.step)
      runs.markResumed(runId, settings)
    })
    const job = this.#job(document.value, settings, checked.value, run.documentHash)
    const best = setup.settings.earlyStopping?.restoreBestWeights ? checkpoints.best(runId) : undefined
    this.#launch(runId, {
      ...job,
      resumeFrom: checkpoint.bytes,
      batchSizeBefore: setup.settings.batchSize,
      ...(best && best.step !== checkpoint.step && { bestSoFar: best.bytes }),
    })
    return success({ runId })
  }

  /** Asks a run to end between two steps; its end comes as an event. Stopping a run that has ended does nothing. */
  async stop(runId: number): Promise<Result<Record<string, never>>> {
    if (this.#workspace.runs.find(runId) === undefined) return failure(noRun(runId))
    this.#active.get(runId)?.stop()
    return success({})
  }

  /** Runs, newest first; of one project where it is given. */
  list(filter: { readonly projectId?: number } = {}): RunSummary[] {
    this.#failures.store()
    return this.#workspace.runs.list(filter).map((run) => this.#failures.asItIs(run))
  }

  /** Everything that is known about a run. */
  get(runId: number): Result<RunDetail> {
    this.#failures.store()
    const { runs, runMetrics, checkpoints, logs } = this.#workspace
    const run = runs.find(runId)
    const setup = runs.setup(runId)
    if (run === undefined || setup === undefined) return failure(noRun(runId))
    const document = parseDocument(setup.documentJson)
    if (!document.ok) return document
    return success({
      run: this.#failures.asItIs(run),
      settings: setup.settings,
      document: document.value,
      environment: setup.environment,
      reason: setup.reason,
      epochs: runMetrics.epochs(runId),
      steps: runMetrics.steps(runId),
      logs: logs.list(runId),
      hasWeights: checkpoints.exists(runId),
    })
  }

  /** Removes a run with its curves, weights and logs. */
  remove(runId: number): Result<Record<string, never>> {
    if (this.#active.has(runId)) {
      return failure(problem('run.busy', `Run ${runId} is in progress.`, { hint: 'Stop it first.' }))
    }
    return this.#workspace.runs.remove(runId) ? success({}) : failure(noRun(runId))
  }

  #busy() {
    const [runId] = this.#active.keys()
    if (runId === undefined) return undefined
    return failure(
      problem('run.busy', `Run ${runId} is in progress, and one run at a time uses the whole machine.`, {
        hint: 'Wait for it to finish, or stop it.',
      }),
    )
  }

  /** The dataset, once everything fits. */
  #check(document: ModelDocument): Result<DatasetInfo> {
    const { plan, problems } = compileModel(document)
    if (plan === undefined) return failure(...problems.filter(({ severity }) => severity === 'error'))
    const name = document.dataset?.name
    const dataset = name === undefined ? undefined : this.#workspace.datasets.findByName(name)
    const errors = checkRun(plan, document, dataset).filter(({ severity }) => severity === 'error')
    if (errors.length > 0 || dataset === undefined) return failure(...errors)
    return success(dataset)
  }

  #job(
    document: ModelDocument,
    settings: TrainingSettings,
    dataset: DatasetInfo,
    documentHash: string,
  ): Omit<TrainJob, 'engines'> {
    const binding = document.dataset ?? { name: dataset.name, inputs: {}, targets: {} }
    const reference = { workspaceFile: this.#workspace.file, datasetId: dataset.id, binding }
    return { type: 'train', document, settings, dataset: reference, documentHash }
  }

  #launch(runId: number, job: Omit<TrainJob, 'engines'>): void {
    const run = new ActiveRun({
      runId,
      store: this.#workspace,
      engines: this.#engines,
      job,
      tell: (event) => {
        // Whoever hears of the end finds the run gone from the active ones.
        if (isEnd(event)) this.#active.delete(runId)
        for (const listener of this.#listeners) listener(runId, event)
      },
      advise: (problem) => this.#memory.advise(problem, job.document, job.settings),
      endNotStored: (reason) => this.#failures.note(runId, reason),
    })
    this.#active.set(runId, run)
    void run.ended.then(() => this.#active.delete(runId))
  }
}
