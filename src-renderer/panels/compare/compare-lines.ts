import type { Change } from '../../../src-core/document/changes-between.ts'
import type { BlockDifference, LayerDifference } from '../../../src-core/document/diff.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import type { WireDifference } from '../../../src-core/document/wire-differences.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { listed } from '../../ui/listed.ts'
import type { CompareMark } from './compare-elements.ts'
import { plainValue } from './compare-words.ts'

/** One line of the list: what happened, to what. */
export interface CompareLine {
  readonly mark: Exclude<CompareMark, 'same'>
  readonly text: string
}

/** A wire by its ends, or the new order of the wires that reach a port. */
export function wireLine(wire: WireDifference): CompareLine {
  if (wire.type !== 'reordered') return { mark: wire.type, text: `${wire.source} → ${wire.target}` }
  const [before, after] = [listed(wire.before), listed(wire.after)]
  return {
    mark: 'changed',
    text: t('into {{target}} order: {{before}} → {{after}}', { target: wire.target, before, after }),
  }
}

/** What happened to one block, inside of it too. */
export function blockLines({ type, name, changes, layers, wires }: BlockDifference): CompareLine[] {
  if (type !== 'changed') return [{ mark: type, text: t('{{name}} block', { name }) }]
  const inside = ({ mark: change, text }: CompareLine): CompareLine => ({
    mark: change,
    text: `${name}/${text}`,
  })
  return [
    ...changes.map((change): CompareLine => ({ mark: 'changed', text: changeText(name, change) })),
    ...layers.flatMap(layerLines).map(inside),
    ...wires.map(wireLine).map(inside),
  ]
}

/** A line for each value of a layer that differs. */
function layerLines(difference: LayerDifference): CompareLine[] {
  switch (difference.type) {
    case 'added':
      return [{ mark: 'added', text: layerText(difference.after) }]
    case 'removed':
      return [{ mark: 'removed', text: layerText(difference.before) }]
    default:
      return difference.changes.map((change) => ({
        mark: 'changed',
        text: changeText(difference.after.name, change),
      }))
  }
}

function layerText({ name, kind, parameters }: LayerNode): string {
  const values = Object.entries(parameters).map(([parameter, value]) => `${parameter} ${plainValue(value)}`)
  return `${name} ${listed([layerDefinition(kind)?.label ?? kind, ...values])}`
}

/** Properties are called here as in the file, like the parameters beside them. */
const propertyWords: Readonly<Record<string, string>> = {
  kind: mark('kind'),
  bypassed: mark('bypassed'),
  repeat: mark('repeat'),
  trainable: mark('trainable'),
  learningRateFactor: mark('learningRateFactor'),
  exposed: mark('exposed'),
}

function changeText(name: string, { path, before, after }: Change): string {
  const values = { name, before: plainValue(before), after: plainValue(after) }
  const [first = '', ...inner] = path
  if (first === 'name') return t('{{name}} renamed from {{before}} to {{after}}', values)
  const property = first === 'parameters' ? inner.join(' ') : t(propertyWords[first] ?? first)
  return t('{{name}} {{property}}: {{before}} → {{after}}', { ...values, property })
}
