import type { ModelPlan, PlannedInput, PlannedLayer } from '../../compile/model-plan.ts'

/** The kinds of layers that a GAN is drawn with. */
export const pairKind = 'adversarialPair'
export const noiseKind = 'noise'
/** Ports of the pair. */
export const realPort = 'real'
export const generatedPort = 'generated'

/** The layers of a GAN by what they are for, each list in execution order. */
export interface AdversarialParts {
  readonly pair: PlannedLayer
  /** Whose value are the real samples. */
  readonly realId: string
  /** Whose value are the generated samples. */
  readonly generatedId: string
  /** All that the generated samples depend on. */
  readonly generator: readonly PlannedLayer[]
  /** All that the real samples depend on. */
  readonly real: readonly PlannedLayer[]
  /** All that the judgement depends on besides the pair and what leads to it. */
  readonly judging: readonly PlannedLayer[]
  /** Every layer whose weights the discriminator trains: all that are not the generator's. */
  readonly discriminator: readonly PlannedLayer[]
  readonly outputId: string
}

/** Takes a GAN apart. Throws when it is none: adversarialProblems says why, before anything is built. */
export function adversarialParts(plan: ModelPlan): AdversarialParts {
  const pair = plan.layers.find(({ kind }) => kind === pairKind)
  const [outputId] = plan.outputIds
  const real = pair && inputAt(pair, realPort)
  const generated = pair && inputAt(pair, generatedPort)
  if (!pair || !real || !generated || outputId === undefined) throw new Error('the plan is no GAN')
  const generatorIds = dependencies(plan, generated.layerId)
  const realIds = dependencies(plan, real.layerId)
  const judgingIds = dependencies(plan, outputId, new Set([pair.id]))
  const those = (ids: ReadonlySet<string>) => plan.layers.filter(({ id }) => ids.has(id))
  return {
    pair,
    realId: real.layerId,
    generatedId: generated.layerId,
    generator: those(generatorIds),
    real: those(realIds),
    judging: those(judgingIds).filter(({ id }) => id !== pair.id),
    discriminator: plan.layers.filter(({ id }) => !generatorIds.has(id)),
    outputId,
  }
}

/** The wire at a port of a layer. */
export function inputAt(layer: PlannedLayer, port: string): PlannedInput | undefined {
  return layer.inputs.find((input) => input.port === port)
}

/** Ids of all layers that a layer depends on, itself included; nothing is looked for behind those in `ends`. */
export function dependencies(
  plan: ModelPlan,
  layerId: string,
  ends: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const byId = new Map(plan.layers.map((layer) => [layer.id, layer]))
  const reached = new Set([layerId])
  // A set walks entries that are added while it is walked.
  for (const id of reached) {
    if (ends.has(id)) continue
    for (const input of byId.get(id)?.inputs ?? []) reached.add(input.layerId)
  }
  return reached
}
