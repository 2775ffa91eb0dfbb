import { sizeAt } from '../../shapes/axes.ts'
import { defineLayer } from '../define-layer.ts'
import { borderFields, borderOf, withBorder } from './border.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'
import { channelsOf, type LayerTexts, placesOf, requireSpace, type Space, shapeOf } from './space.ts'

/** Cuts a border off a sequence or a volume. */
export function croppingLayer(space: Space, texts: LayerTexts) {
  const fields = borderFields(space, { parameter: 'cropping', what: 'cut off' })
  return defineLayer({
    ...texts,
    category: 'Shape',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: fields,
    inferShape: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      const refusal = requireSpace(space, shape)
      if (refusal) return refusal
      const border = borderOf(fields, parameters)
      const places = withBorder(placesOf(space, shape), border, -1)
      if (places.every((size) => size >= 1)) return shapeOf(space, channelsOf(space, shape), places)
      const least = withBorder(
        places.map(() => 1),
        border,
        1,
      )
      return {
        code: 'shape.tooSmall',
        expected: `expects ${space.one} of at least ${least.join(' × ')}${least.length === 1 ? ' steps' : ''} to cut its border off`,
        hint: `Cut off less, or shrink the ${space.name} less before it.`,
      }
    },
    weights: () => [],
    flops: () => 0,
    lower: ({ builder, inputs, output, parameters }) => {
      const starts = borderOf(fields, parameters).before
      const ends = placesOf(space, output).map((size, axis) => size + sizeAt(starts, axis))
      const axes = space.axes.map((_, axis) => axis + (space.channelsFirst ? 2 : 1))
      return builder.apply('Slice', [
        onlyTensor({ inputs }),
        builder.integers(starts),
        builder.integers(ends),
        builder.integers(axes),
      ])
    },
  })
}
