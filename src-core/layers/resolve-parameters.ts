import { assertNever } from '../assert-never.ts'
import { type Problem, problem } from '../problems.ts'
import { type AnyLayerDefinition, layerDefinition } from './catalogue.ts'
import type { ParameterField, ResolvedParameters } from './parameter-fields.ts'

/** The layer that parameters belong to, for messages. */
export interface ParameterOwner {
  readonly id: string
  readonly name: string
}

/** Values of all parameters of a kind before anybody changes them. Throws for a kind that is not in the catalogue. */
export function defaultParameters(kind: string): ResolvedParameters {
  const definition = layerDefinition(kind)
  if (!definition) throw new Error(`there is no layer kind "${kind}"`)
  return resolveParameters(definition, {}).values
}

/**
 * Checks given parameter values and fills in defaults. A value that cannot be taken is reported
 * (`layer.badParameter`, `layer.unknownParameter`) and its default stands in for it, so that shapes can still be shown.
 */
export function resolveParameters(
  definition: Pick<AnyLayerDefinition, 'label' | 'parameters'>,
  given: Readonly<Record<string, unknown>>,
  owner?: ParameterOwner,
): { readonly values: ResolvedParameters; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const values: Record<string, ResolvedParameters[string]> = {}
  for (const [name, field] of Object.entries(definition.parameters)) {
    values[name] = field.default
    if (!Object.hasOwn(given, name)) continue
    const parsed = field.schema.safeParse(given[name])
    if (parsed.success) values[name] = parsed.data
    else problems.push(badParameter(definition, name, field, given[name], owner))
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(definition.parameters, name)) {
      problems.push(unknownParameter(definition, name, given[name], owner))
    }
  }
  return { values, problems }
}

function badParameter(
  definition: Pick<AnyLayerDefinition, 'label' | 'parameters'>,
  parameter: string,
  field: ParameterField,
  value: unknown,
  owner: ParameterOwner | undefined,
): Problem {
  const subject = owner?.name ?? definition.label
  const message = `${subject} has ${field.label} ${show(value)}, but it must be ${requirement(field)}.`
  const hint = `Change ${field.label}; its default is ${show(field.default)}.`
  if (!owner) return problem('layer.badParameter', message, { hint, parameter })
  return problem('layer.badParameter', message, {
    hint,
    layerId: owner.id,
    parameter,
    fix: {
      label: `Set ${field.label} to ${show(field.default)}`,
      edits: [{ type: 'setParameters', layerId: owner.id, parameters: { [parameter]: undefined } }],
    },
  })
}

function unknownParameter(
  definition: Pick<AnyLayerDefinition, 'label' | 'parameters'>,
  parameter: string,
  value: unknown,
  owner: ParameterOwner | undefined,
): Problem {
  const subject = owner?.name ?? definition.label
  const known = Object.keys(definition.parameters)
  const message = `${subject} has a parameter "${parameter}" (${show(value)}), which ${definition.label} does not know.`
  const hint =
    known.length === 0
      ? `${definition.label} has no parameters; remove it.`
      : `${definition.label} knows ${known.join(', ')}.`
  if (!owner) return problem('layer.unknownParameter', message, { hint, parameter })
  return problem('layer.unknownParameter', message, {
    hint,
    layerId: owner.id,
    parameter,
    fix: {
      label: `Remove "${parameter}"`,
      edits: [{ type: 'setParameters', layerId: owner.id, parameters: { [parameter]: undefined } }],
    },
  })
}

/** What a field takes, to follow "must be": "a whole number from 1 to 65,536". */
export function requirement(field: ParameterField): string {
  switch (field.control) {
    case 'integer':
      return `a whole number from ${count(field.min)} to ${count(field.max)}`
    case 'number':
      return `a number from ${count(field.min)} to ${count(field.max)}`
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${field.choices.join(', ')}`
    case 'integers':
      return `${field.labels.length} whole numbers (${field.labels.join(', ')}) from ${count(field.min)} to ${count(field.max)}`
    case 'text':
      return `a line of 1 to ${count(field.maxLength)} characters`
    case 'shape':
      return `a list of 1 to 8 whole numbers, each at least 1${field.allowUnknown ? ' (or −1 for what is left)' : ''}`
    case 'numbers':
      return `a list of 1 to ${count(field.maximumLength)} numbers from ${count(field.min)} to ${count(field.max)}`
    case 'choices':
      return `a list of different names out of ${field.choices.join(', ')}`
    default:
      return assertNever(field)
  }
}

function count(value: number): string {
  return Math.abs(value) < 1e-3 && value !== 0 ? String(value) : value.toLocaleString('en')
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
