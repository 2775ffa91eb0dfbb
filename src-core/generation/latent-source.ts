import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import { failure, type Problem, problem, type Result, success } from '../problems.ts'
import type { Shape } from '../tensor-graph/types.ts'
import { plannedLayer } from '../training/planned-layer.ts'
import { pictureShape } from './picture-shape.ts'

/** The part of a model that makes pictures from noise. */
export interface Generator {
  /** Layers whose values are drawn from N(0, 1). */
  readonly sources: readonly PlannedLayer[]
  /** The layer whose values are the pictures. */
  readonly resultId: string
  /** True where the pictures are compared with real ones as the model sees them, not with a target. */
  readonly isAdversarial: boolean
  /** Layers between sources and result, in execution order, the result among them. */
  readonly layers: readonly PlannedLayer[]
  /** [channels, height, width]. */
  readonly shape: Shape
}

/**
 * Layers that stand for a standard normal variable: the latent layer of a variational autoencoder, or the noise that a
 * generative adversarial network starts from.
 */
export function latentSources(plan: ModelPlan): readonly PlannedLayer[] {
  return plan.layers.filter(
    ({ kind, inputs }) => kind === 'gaussianSampling' || (kind === 'noise' && inputs.length === 0),
  )
}

/**
 * What draws pictures in a model: everything between its latent layers and the first output that gives pictures, or
 * what is wired to the `generated` port of an adversarial pair. `known` are the shapes of the dataset's images.
 * Problem: `pictures.none`, saying why there is nothing.
 */
export function findGenerator(plan: ModelPlan, known: readonly Shape[] = []): Result<Generator> {
  const sources = latentSources(plan)
  if (sources.length === 0) {
    const hint = 'A variational autoencoder has one: a GaussianSampling layer.'
    return failure(none('The model has no layer to draw new samples from.', hint))
  }
  const found = results(plan).map(({ layer, isAdversarial }) => {
    const part = between(plan, sources, layer)
    const shape = pictureShape(layer.outputShape, plan, known)
    if (!part.ok || !shape) return part.ok ? failure(noPicture(layer)) : part
    return success({
      sources: part.value.sources,
      resultId: layer.id,
      isAdversarial,
      layers: part.value.layers,
      shape,
    })
  })
  return found.find(({ ok }) => ok) ?? found[0] ?? failure(none('The model has no output.', undefined))
}

function results(plan: ModelPlan): { layer: PlannedLayer; isAdversarial: boolean }[] {
  const generated = plan.layers
    .filter(({ kind }) => kind === 'adversarialPair')
    .flatMap(({ inputs }) => inputs.filter(({ port }) => port === 'generated'))
    .map(({ layerId }) => ({ layer: plannedLayer(plan, layerId), isAdversarial: true }))
  if (generated.length > 0) return generated
  return plan.outputIds.map((id) => ({ layer: plannedLayer(plan, id), isAdversarial: false }))
}

/** Everything that the result needs when the values of the sources are given. */
function between(
  plan: ModelPlan,
  sources: readonly PlannedLayer[],
  result: PlannedLayer,
): Result<Pick<Generator, 'sources' | 'layers'>> {
  const given = new Set(sources.map(({ id }) => id))
  const needed = new Set<string>()
  const visit = (id: string) => {
    if (needed.has(id)) return
    needed.add(id)
    if (!given.has(id)) for (const { layerId } of plannedLayer(plan, id).inputs) visit(layerId)
  }
  visit(result.id)
  const input = plan.inputIds.find((id) => needed.has(id))
  if (input !== undefined) {
    const name = plannedLayer(plan, input).name
    const hint = 'New samples can be drawn where everything that is drawn follows from the latent layer.'
    return failure(none(`${result.name} also depends on the input ${name}, which noise does not give.`, hint))
  }
  const used = sources.filter(({ id }) => needed.has(id))
  if (used.length === 0) return failure(none(`${result.name} does not depend on a latent layer.`, undefined))
  return success({
    sources: used,
    layers: plan.layers.filter(({ id }) => needed.has(id) && !given.has(id)),
  })
}

function noPicture({ name, outputShape }: PlannedLayer): Problem {
  const hint = 'Pictures have 1 or 3 channels × height × width, or as many values as an image of the dataset.'
  return none(`${name} gives ${outputShape.join(' × ')} values per sample, which make no picture.`, hint)
}

function none(message: string, hint: string | undefined): Problem {
  return problem('pictures.none', message, hint === undefined ? {} : { hint })
}
