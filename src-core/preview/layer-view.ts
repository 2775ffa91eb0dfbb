import { z } from 'zod'

const integers = z.array(z.int()).readonly()

/** `picture`: 1 or 3 channels as they are; `featureMaps`: one plane per channel; `heatMap`: one plane of rows and columns. */
export const planeKinds = ['picture', 'featureMaps', 'heatMap'] as const

/** Planes of a value, small enough to be shown; every byte stands for a value between `minimum` (0) and `maximum` (255). */
export const planesSchema = z.object({
  kind: z.enum(planeKinds),
  /** Of one picture: 1 or 3; 1 for all other planes. */
  channels: z.int(),
  height: z.int(),
  width: z.int(),
  /** Planes that are here, and how many there are. */
  count: z.int(),
  total: z.int(),
  minimum: z.number(),
  maximum: z.number(),
  /** Plane after plane, channel after channel, row after row. */
  pixels: z.instanceof(Uint8Array),
  /** Which slice of a volume this is, counted from 1. */
  slice: z.object({ number: z.int(), of: z.int() }).optional(),
})
export type Planes = z.output<typeof planesSchema>

/** What can be shown of one layer's value for one sample. */
export const layerViewSchema = z.object({
  /** Without the batch axis. */
  shape: integers,
  /** Over all finite values; zeros where there are none. */
  statistics: z.object({
    minimum: z.number(),
    maximum: z.number(),
    mean: z.number(),
    /** Of the population. */
    standardDeviation: z.number(),
    /** Share of values that are exactly 0. */
    zeros: z.number(),
    /** Values that are not numbers, or infinite. */
    notFinite: z.int(),
  }),
  /** Equal bins from the minimum to the maximum. */
  histogram: integers,
  /** The largest values, the first the largest, with their places along every axis, counted from 0. */
  largest: z.array(z.object({ place: integers, value: z.number() })).readonly(),
  planes: planesSchema.nullable(),
  /** All values, where there are few enough for bars; a value that is not finite is null. */
  values: z.array(z.number().nullable()).readonly().nullable(),
  /** Which steps count and which are padding: 1 or 0, as many as there are rows of a heat map, or bars. */
  mask: z.object({ counting: z.int(), steps: z.int(), rows: z.instanceof(Uint8Array) }).nullable(),
})
export type LayerView = z.output<typeof layerViewSchema>
