import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { LayerDefinition, ShapeRefusal } from '../define-layer.ts'
import { integer, type ParameterField } from '../parameter-fields.ts'
import { integers } from './integers.ts'

/** What a spatial layer works on: one, two or three axes of places, and one of channels. */
export interface Space {
  /** "sequence", "image" or "volume". */
  readonly name: string
  /** With its article, for messages. */
  readonly one: string
  /** Names of the axes of places, in the order of the shape. */
  readonly axes: readonly string[]
  /** How its shape reads. */
  readonly layout: string
  readonly channelsFirst: boolean
}

/** [steps, features], as Keras has it. */
export const sequence: Space = {
  name: 'sequence',
  one: 'a sequence',
  axes: ['steps'],
  layout: 'steps × features',
  channelsFirst: false,
}

/** [channels, height, width] */
export const image: Space = {
  name: 'image',
  one: 'an image',
  axes: ['height', 'width'],
  layout: 'channels × height × width',
  channelsFirst: true,
}

/** [channels, depth, height, width] */
export const volume: Space = {
  name: 'volume',
  one: 'a volume',
  axes: ['depth', 'height', 'width'],
  layout: 'channels × depth × height × width',
  channelsFirst: true,
}

/** What a file of one kind says to people; the rest follows from its family and its space. */
export type LayerTexts = Pick<LayerDefinition, 'kind' | 'label' | 'description' | 'formula' | 'reference'>

/** Refuses every shape that does not have the axes of this space. */
export function requireSpace(space: Space, shape: Shape): ShapeRefusal | undefined {
  const rank = space.axes.length + 1
  if (shape.length === rank) return undefined
  return {
    code: 'shape.rank',
    expected: `expects ${space.one} of ${rank} axes (${space.layout})`,
    hint:
      shape.length < rank
        ? `Connect it before the Flatten layer, or insert a Reshape that makes ${space.one} of the values.`
        : `Insert a Reshape that makes ${space.one} of the values.`,
  }
}

/** Sizes of the axes of places. */
export function placesOf(space: Space, shape: Shape): Shape {
  return space.channelsFirst ? shape.slice(1) : shape.slice(0, -1)
}

export function channelsOf(space: Space, shape: Shape): number {
  return sizeAt(shape, space.channelsFirst ? 0 : -1)
}

/** The shape, per sample, of this many channels at these places. */
export function shapeOf(space: Space, channels: number, places: Shape): Shape {
  return space.channelsFirst ? [channels, ...places] : [...places, channels]
}

/** Runs `compute` on [batch, channels, …places], the layout of ONNX's windows, and puts its result back in ours. */
export function inChannelsFirst(
  builder: GraphBuilder,
  space: Space,
  x: TensorValue,
  compute: (x: TensorValue) => TensorValue,
): TensorValue {
  if (space.channelsFirst) return compute(x)
  const swap = (value: TensorValue) => builder.apply('Transpose', [value], { perm: [0, 2, 1] })
  return swap(compute(swap(x)))
}

/** One number for a sequence, a list of them, in the order of the axes, for images and volumes. */
export type Sizes = number | readonly number[]

type SizesField = Extract<ParameterField, { readonly control: 'integer' | 'integers' }>

interface SizesOptions {
  readonly label: string
  readonly description: string
  /** The default along every axis. */
  readonly default: number
  readonly min?: number
  readonly max?: number
  readonly essential?: boolean
  readonly advanced?: boolean
}

/** A number along every axis of a space, e.g. a kernel size: an integer for sequences, a list for the others. */
export function sizesField(space: Space, options: SizesOptions): SizesField {
  const { min = 1, max = 1000 } = options
  if (space.axes.length === 1) return integer({ ...options, min, max })
  return integers({
    ...options,
    min,
    max,
    default: space.axes.map(() => options.default),
    labels: space.axes,
  })
}

/** The values of a {@link sizesField} as a list. */
export function sizeList(sizes: Sizes): readonly number[] {
  return typeof sizes === 'number' ? [sizes] : sizes
}
