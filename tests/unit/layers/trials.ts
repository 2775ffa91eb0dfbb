import type { AnyLayerDefinition } from '../../../src-core/layers/catalogue.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'

/** Shapes of every rank that layers may get. */
export const trialShapes: readonly Shape[] = [[6], [5, 4], [4, 9, 8], [2, 4, 3, 3], [3, 4, 5], [1, 4, 6]]

/** What is tried for a field besides its default. */
function trialValues(name: string, field: ParameterField): readonly unknown[] {
  switch (field.control) {
    case 'integer':
      return name === 'groups' ? [2] : name === 'axis' ? [-1] : [field.min, 4]
    case 'number':
      return [field.min, field.max]
    case 'boolean':
      return [!field.default]
    case 'choice':
      return field.choices
    case 'integers':
      return [field.labels.map((_, index) => 1 + index), field.labels.map((_, index) => 3 - index)]
    case 'text':
      return field.examples
    case 'shape':
      return field.allowUnknown ? [[2, -1]] : [[3], [2, 5, 4]]
    case 'numbers':
      return [[Math.min(field.max, 50)], [0.25, 0.5, 2.5]]
    case 'choices':
      return [[], field.choices.slice(0, 1), field.choices]
  }
}

/** What is refused for every field of a kind of control. */
export function badValues(field: ParameterField): readonly unknown[] {
  if (field.control === 'text') return [null, {}, [[1]], 5, '', 'x\nx', 'x'.repeat(field.maxLength + 1)]
  const always = [null, 'nonsense', {}, [[1]]]
  switch (field.control) {
    case 'integer':
      return [...always, field.min - 1, field.max + 1, 1.5, '3']
    case 'number':
      return [...always, field.min - 1, field.max + 1, '0.5']
    case 'boolean':
      return [...always, 0, 1, 'true']
    case 'choice':
      return [...always, 1, '']
    case 'integers':
      return [
        ...always,
        field.labels.slice(1).map(() => 1),
        [1, ...field.labels.map(() => 1)],
        field.labels.map((_, index) => (index === 0 ? field.min - 1 : 1)),
        field.labels.map((_, index) => (index === 0 ? 1.5 : 1)),
      ]
    case 'shape':
      return [...always, [], [0], [-2], [1.5], [1, 1, 1, 1, 1, 1, 1, 1, 1]]
    case 'choices':
      return [...always, ['nonsense'], [...field.choices, field.choices[0]]]
    case 'numbers':
      return [...always, [], ['1'], [field.min - 1], [field.max + 1]]
  }
}

/** Activations are the same functions in every layer; these kinds are tried with all of them, the others with two. */
const triedWithEveryActivation = new Set(['activation', 'dense'])

function valuesToTry(
  definition: AnyLayerDefinition,
  name: string,
  field: ParameterField,
): readonly unknown[] {
  const values = trialValues(name, field)
  const isActivation = /activation$/i.test(name) && field.control === 'choice'
  return isActivation && !triedWithEveryActivation.has(definition.kind) ? values.slice(1, 3) : values
}

/** The default parameters and every single change to them that is worth a try. */
export function trials(definition: AnyLayerDefinition): Record<string, unknown>[] {
  const changes = Object.entries(definition.parameters).flatMap(([name, field]) =>
    valuesToTry(definition, name, field).map((value) => ({ [name]: value })),
  )
  return [{}, ...changes]
}

/** The port of every wire that a layer is tried with: all ports wired, those that take several with up to three. */
export function wiredPorts(definition: AnyLayerDefinition): string[] {
  return definition.inputs.flatMap((port) =>
    new Array<string>(port.many ? Math.min(3, port.maximum ?? 3) : 1).fill(port.name),
  )
}

/** How many wires a layer is tried with. */
export function wireCount(definition: AnyLayerDefinition): number {
  return wiredPorts(definition).length
}
