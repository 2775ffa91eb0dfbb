import { elementCount } from '../tensor-graph/types.ts'
import { inverseNormal } from '../training/normal-distribution.ts'
import { uniform } from '../training/random.ts'
import type { Generator } from './latent-source.ts'

/** Values of every source by layer id, row after row. */
export type Latents = Readonly<Record<string, Float32Array>>

/**
 * Standard normal values, a function of seed, layer name and place: the same seed draws the same, and the first samples
 * do not depend on how many are drawn.
 */
export function drawLatents({ sources }: Generator, count: number, seed: number): Latents {
  return Object.fromEntries(
    sources.map(({ id, name, outputShape }) => {
      const size = count * elementCount(outputShape)
      const values = Float32Array.from({ length: size }, (_, index) =>
        // The middle of the step of 2⁻²⁴ that the uniform number stands for: never 0 or 1.
        inverseNormal(uniform(seed, `latent/${name}`, 0, index) + 2 ** -25),
      )
      return [id, values]
    }),
  )
}

/** Whether a generator has two latent numbers, so that all of what it knows fits on one sheet. */
export function hasPlane({ sources: [source, ...others] }: Generator): boolean {
  return source !== undefined && others.length === 0 && elementCount(source.outputShape) === 2
}

/**
 * A regular grid over the plane of two latent numbers, `side` × `side`, row by row: at equal steps of probability
 * (the inverse normal distribution), as in figure 4 of Kingma & Welling 2013.
 */
export function latentGrid({ sources: [source] }: Generator, side: number): Latents {
  if (!source) throw new Error('there is no latent layer')
  const places = Array.from({ length: side }, (_, index) => inverseNormal((index + 0.5) / side))
  const values = places.flatMap((first) => places.flatMap((second) => [second, -first]))
  return { [source.id]: Float32Array.from(values) }
}
