import { z } from 'zod'
import {
  type InitializerKind,
  initializerKinds,
  type VectorInitializerKind,
  vectorInitializerKinds,
} from '../training/initializers.ts'

/** The value that another parameter of the kind must have, or, if it is a list, hold. */
export interface ShownWhen {
  readonly parameter: string
  readonly isOneOf: readonly (string | boolean)[]
}

interface FieldBase<T> {
  readonly label: string
  readonly description: string
  readonly default: T
  readonly schema: z.ZodType<T>
  /** Shown under "More" in the inspector. */
  readonly advanced?: boolean
  /** Shown on diagrams and in summaries even at its default: what people name a layer by, such as units. */
  readonly essential?: boolean
  /** Forms leave the parameter out where another one makes it meaningless. It is checked and kept all the same. */
  readonly shownWhen?: ShownWhen
  readonly unit?: string
}

export type ParameterField =
  | (FieldBase<number> & { readonly control: 'integer'; readonly min: number; readonly max: number })
  | (FieldBase<number> & {
      readonly control: 'number'
      readonly min: number
      readonly max: number
      readonly step: number
    })
  | (FieldBase<boolean> & { readonly control: 'boolean' })
  | (FieldBase<string> & { readonly control: 'choice'; readonly choices: readonly string[] })
  /** A fixed number of integers, e.g. kernel height and width. */
  | (FieldBase<readonly number[]> & {
      readonly control: 'integers'
      readonly labels: readonly string[]
      readonly min: number
      readonly max: number
    })
  /** A line of text, e.g. a formula. What it says is checked by the layer. */
  | (FieldBase<string> & {
      readonly control: 'text'
      readonly maxLength: number
      /** Other values worth a look: they are shown as a hint, and the tests try them. */
      readonly examples: readonly string[]
    })
  /** A list of sizes of any length, e.g. a target shape. */
  | (FieldBase<readonly number[]> & { readonly control: 'shape'; readonly allowUnknown: boolean })
  /** A list of real numbers, e.g. one per channel. */
  | (FieldBase<readonly number[]> & {
      readonly control: 'numbers'
      readonly min: number
      readonly max: number
      readonly maximumLength: number
    })
  /** Any of a fixed list of names, in any order. */
  | (FieldBase<readonly string[]> & {
      readonly control: 'choices'
      readonly choices: readonly string[]
      /** What choosing none means, in words. */
      readonly none: string
    })

/** The fields of a layer kind by parameter name, as generic code (inspector, validation) sees them. */
export type ParameterSchema = Readonly<Record<string, ParameterField>>

/** Values of any kind's parameters, checked and with defaults filled in. */
export type ResolvedParameters = ParameterValues<ParameterSchema>

export type ParameterValues<S extends ParameterSchema> = {
  readonly [K in keyof S]: S[K] extends { readonly schema: z.ZodType<infer T> } ? T : never
}

interface Texts {
  readonly label: string
  readonly description: string
  readonly advanced?: boolean
  readonly essential?: boolean
  readonly shownWhen?: ShownWhen
  readonly unit?: string
}

/** A whole number in [min, max]. */
export function integer(options: Texts & { default: number; min?: number; max?: number }) {
  const min = options.min ?? 1
  const max = options.max ?? 1_000_000
  return { ...options, control: 'integer', min, max, schema: z.int().min(min).max(max) } as const
}

/** A real number in [min, max]. */
export function real(options: Texts & { default: number; min: number; max: number; step?: number }) {
  const { min, max } = options
  return {
    ...options,
    control: 'number',
    step: options.step ?? 0.01,
    schema: z.number().min(min).max(max),
  } as const
}

export function boolean(options: Texts & { default: boolean }) {
  return { ...options, control: 'boolean', schema: z.boolean() } as const
}

/** One of a fixed list of names. */
export function choice<const T extends string>(
  options: Texts & { default: NoInfer<T>; choices: readonly T[] },
) {
  return { ...options, control: 'choice', schema: z.enum(options.choices as readonly [T, ...T[]]) } as const
}

/** Any number of a fixed list of names, each at most once. */
export function choices<const T extends string>(
  options: Texts & { default: readonly NoInfer<T>[]; choices: readonly T[]; none: string },
) {
  const one = z.enum(options.choices as readonly [T, ...T[]])
  return {
    ...options,
    control: 'choices',
    schema: z
      .array(one)
      .refine((names) => new Set(names).size === names.length, 'must be different names') as z.ZodType<
      readonly T[]
    >,
  } as const
}

/** Height and width (or any fixed tuple of whole numbers). */
export function pair(
  options: Texts & {
    default: readonly [number, number]
    min?: number
    max?: number
    labels?: readonly [string, string]
  },
) {
  const min = options.min ?? 1
  const max = options.max ?? 10_000
  const size = z.int().min(min).max(max)
  return {
    ...options,
    control: 'integers',
    labels: options.labels ?? ['height', 'width'],
    min,
    max,
    schema: z.tuple([size, size]) as z.ZodType<readonly [number, number]>,
  } as const
}

/** A line of text that is not empty. */
export function text(options: Texts & { default: string; maxLength?: number; examples: readonly string[] }) {
  const maxLength = options.maxLength ?? 200
  return {
    ...options,
    control: 'text',
    maxLength,
    schema: z
      .string()
      .min(1)
      .max(maxLength)
      .refine((line) => !/[\p{Cc}\u2028\u2029]/u.test(line), 'must be one line'),
  } as const
}

/** A list of axis sizes; -1 stands for "whatever is left" where `allowUnknown`. */
export function shape(options: Texts & { default: readonly number[]; allowUnknown?: boolean }) {
  const size = options.allowUnknown
    ? z
        .int()
        .min(-1)
        .max(1_000_000)
        .refine((n) => n !== 0, 'must not be 0')
    : z.int().min(1).max(1_000_000)
  return {
    ...options,
    control: 'shape',
    allowUnknown: options.allowUnknown ?? false,
    schema: z.array(size).min(1).max(8) as z.ZodType<readonly number[]>,
  } as const
}

/** A list of at least one real number in [min, max]. */
export function numbers(
  options: Texts & { default: readonly number[]; min: number; max: number; maximumLength?: number },
) {
  const { min, max } = options
  const maximumLength = options.maximumLength ?? 10_000
  return {
    ...options,
    control: 'numbers',
    maximumLength,
    schema: z.array(z.number().min(min).max(max)).min(1).max(maximumLength) as z.ZodType<readonly number[]>,
  } as const
}

/** How a weight starts. */
export function initializer(options: Texts & { default: InitializerKind }) {
  return choice({ advanced: true, ...options, choices: initializerKinds })
}

/** How a weight with a single axis starts: kinds that are made for matrices are left out. */
export function vectorInitializer(options: Texts & { default: VectorInitializerKind }) {
  return choice({ advanced: true, ...options, choices: vectorInitializerKinds })
}

/** The strength of an L1 or L2 penalty; 0 is none. */
export function penalty(options: Texts) {
  return real({ advanced: true, ...options, default: 0, min: 0, max: 10, step: 0.0001 })
}
