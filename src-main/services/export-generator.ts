import { compileModel } from '../../src-core/compile/compile-model.ts'
import { failure, type Result, success } from '../../src-core/problems.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { uniform } from '../../src-core/training/random.ts'
import { noiseKind } from '../../src-core/training/recipes/adversarial-parts.ts'
import { generatorDocument } from '../../src-core/training/recipes/generator-document.ts'
import { compareOnInputs, type ModelComparison, rowsForComparison } from './compare-model.ts'
import type { ExportParts } from './export-service.ts'
import type { TrainedModel } from './trained-run.ts'

/** The generator of a trained GAN as a trained model of its own; the model itself where it is no GAN. */
export function modelToExport(model: TrainedModel): Result<TrainedModel> {
  const document = generatorDocument(model.document)
  if (document === undefined) return success(model)
  const { plan, problems } = compileModel(document)
  return plan === undefined ? failure(...problems) : success({ ...model, document, plan })
}

/** Rows of noise that an exported generator is compared on. */
const noiseRows = 32

/**
 * Runs an exported generator beside the app's own, on normal noise that is the same every time and, where it takes data
 * besides, on rows of the run's dataset. Nothing is compared when those are needed and the dataset is gone.
 */
export async function compareGenerator(
  { sources, engines }: ExportParts,
  gan: TrainedModel,
  generator: TrainedModel,
  file: string,
): Promise<Result<ModelComparison>> {
  const inputs: Record<string, Float32Array> = {}
  let rows = noiseRows
  const fromData = generator.plan.inputIds.filter((id) => kindIn(gan, id) !== noiseKind)
  if (fromData.length > 0) {
    const given = rowsForComparison(sources, gan)
    if (!given.ok || given.value === undefined) return given.ok ? success(notCompared) : given
    rows = given.value.rows
    for (const id of fromData) inputs[id] = given.value.inputs[id] ?? new Float32Array()
  }
  for (const { id, name, outputShape } of generator.plan.layers) {
    if (kindIn(gan, id) === noiseKind) inputs[id] = normalNumbers(name, rows * elementCount(outputShape))
  }
  return compareOnInputs(engines, generator, file, inputs, rows)
}

const notCompared: ModelComparison = { largestDifference: null, comparedRows: 0 }

function kindIn({ document }: TrainedModel, layerId: string): string | undefined {
  return document.layers.find(({ id }) => id === layerId)?.kind
}

/** Numbers of mean 0 and variance 1 (Box and Muller, 1958). */
function normalNumbers(key: string, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => {
    const length = Math.sqrt(-2 * Math.log(1 - uniform(0, key, 0, index)))
    return length * Math.cos(2 * Math.PI * uniform(0, key, 1, index))
  })
}
