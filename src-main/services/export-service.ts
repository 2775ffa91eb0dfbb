import { compileModel } from '../../src-core/compile/compile-model.ts'
import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { failure, type Result, success } from '../../src-core/problems.ts'
import { serialiseOnnx } from '../../src-core/tensor-graph/onnx-serialisation.ts'
import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import { buildInferenceGraph } from '../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import type { InputNormalization } from '../../src-core/training/normalization.ts'
import { generatorDocument } from '../../src-core/training/recipes/generator-document.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import { compareWithApp, type ModelComparison } from './compare-model.ts'
import { compareGenerator, modelToExport } from './export-generator.ts'
import { loadTrainedModel, noRun, type RunSources, type TrainedModel } from './trained-run.ts'
import { writeFileAtomically } from './write-file.ts'

export interface ExportedModel {
  readonly filePath: string
  /**
   * Largest difference between the file's predictions and the app's own, absolute for values up to 1 and relative
   * above; null when there was nothing to compare on.
   */
  readonly largestDifference: number | null
  /** Rows that were compared. */
  readonly comparedRows: number
}

export interface ExportParts {
  readonly sources: RunSources
  readonly engines: EngineSupervisor
  /** Of the app, written into model files. */
  readonly version: string
}

/** What leaves the app: model files, documents, texts. */
export class ExportService {
  readonly #parts: ExportParts

  constructor(parts: ExportParts) {
    this.#parts = parts
  }

  /** Writes a text file. Problem: `file.notWritten`. */
  async writeText(filePath: string, text: string): Promise<Result<{ filePath: string }>> {
    const written = await writeFileAtomically(filePath, text)
    return written.ok ? success({ filePath }) : written
  }

  /** A file name for a run's export. Problem: `workspace.notFound`. */
  suggestedName(runId: number, format: 'onnx' | 'json'): Result<string> {
    const run = this.#parts.sources.runs.find(runId)
    if (run === undefined) return failure(noRun(runId))
    return success(`${run.projectName}.${format === 'json' ? 'loom.json' : 'onnx'}`)
  }

  /** The document that a run trained. Problems: `workspace.notFound`, those of parseDocument. */
  documentOfRun(runId: number): Result<ModelDocument> {
    const setup = this.#parts.sources.runs.setup(runId)
    return setup === undefined ? failure(noRun(runId)) : parseDocument(setup.documentJson)
  }

  /**
   * Writes a run's model. An ONNX file takes raw values (normalisation is part of it), has an open batch axis, and is
   * run after it was written: its predictions are compared with the app's own on rows of the run's dataset. Of a GAN it
   * is the generator, which takes normal noise and gives samples as the discriminator sees real ones (normalised).
   * Problems: `workspace.notFound`, `run.noWeights`, `file.notWritten`, `run.engineFailed`.
   */
  async exportRun(runId: number, format: 'onnx' | 'json', filePath: string): Promise<Result<ExportedModel>> {
    if (format === 'json') {
      const document = this.documentOfRun(runId)
      return document.ok ? this.exportDocument(document.value, 'json', filePath) : document
    }
    const model = loadTrainedModel(this.#parts.sources, runId)
    if (!model.ok) return model
    const exported = modelToExport(model.value)
    if (!exported.ok) return exported
    const { plan, checkpoint } = exported.value
    const bytes = this.#onnx(plan, checkpoint.tensors, checkpoint.preparation, runMetadata(model.value))
    const written = await writeFileAtomically(filePath, bytes)
    if (!written.ok) return written
    const comparison =
      exported.value === model.value
        ? await compareWithApp(this.#parts, model.value, filePath)
        : await compareGenerator(this.#parts, model.value, exported.value, filePath)
    return comparison.ok ? success({ filePath, ...comparison.value }) : comparison
  }

  /**
   * Writes a document, or as ONNX the model (of a GAN its generator) with its seeded initial weights and no normalisation.
   * Problems: `file.notWritten`, those of compileModel.
   */
  async exportDocument(
    document: ModelDocument,
    format: 'onnx' | 'json',
    filePath: string,
  ): Promise<Result<ExportedModel>> {
    const content = format === 'json' ? success(serialiseDocument(document)) : this.#untrained(document)
    if (!content.ok) return content
    const written = await writeFileAtomically(filePath, content.value)
    return written.ok ? success({ filePath, ...notCompared }) : written
  }

  #untrained(document: ModelDocument): Result<Uint8Array> {
    const whole = compileModel(document)
    if (whole.plan === undefined) {
      return failure(...whole.problems.filter(({ severity }) => severity === 'error'))
    }
    const generator = generatorDocument(document)
    const plan = generator ? compileModel(generator).plan : whole.plan
    if (plan === undefined) throw new Error('the generator of a GAN cannot be compiled by itself')
    const weights = initializeWeights(plan, document.training.seed)
    return success(this.#onnx(plan, weights, new Map(), { weights: 'initial' }))
  }

  #onnx(
    plan: ModelPlan,
    weights: ReadonlyMap<string, NamedTensor>,
    normalization: ReadonlyMap<string, InputNormalization>,
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    return serialiseOnnx(buildInferenceGraph(plan, weights, normalization), {
      dynamicBatch: true,
      producerVersion: this.#parts.version,
      metadata,
    })
  }
}

const notCompared: ModelComparison = { largestDifference: null, comparedRows: 0 }

function runMetadata({ run, checkpoint }: TrainedModel): Record<string, string> {
  return {
    run: `${run.id} ${run.name}`,
    document: run.documentHash,
    dataset: run.datasetName,
    epoch: String(checkpoint.position.epoch),
  }
}
