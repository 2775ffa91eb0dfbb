import { z } from 'zod'
import type { ParameterField } from '../parameter-fields.ts'

interface IntegersOptions {
  readonly label: string
  readonly description: string
  readonly default: readonly number[]
  readonly min: number
  readonly max: number
  readonly labels: readonly string[]
  readonly essential?: boolean
  readonly advanced?: boolean
}

/** A list of as many whole numbers as there are labels, each in [min, max]. */
export function integers(
  options: IntegersOptions,
): Extract<ParameterField, { readonly control: 'integers' }> {
  const { min, max, labels } = options
  return {
    ...options,
    control: 'integers',
    schema: z.array(z.int().min(min).max(max)).length(labels.length),
  }
}
