import { layerDefinition } from '../layers/catalogue.ts'
import type { Change } from './changes-between.ts'
import { type BlockDifference, type DocumentDiff, isSameModel, type LayerDifference } from './diff.ts'
import type { WireDifference } from './wire-differences.ts'

/** One line of a section: added, removed or changed; what; and what happened to it. */
export type DiffLine = readonly [mark: 'added' | 'removed' | 'changed', what: string, detail: string]

/** The differences for people: a sentence that counts them, then a section for each part of the document. */
export function diffText(diff: DocumentDiff): string {
  const sections: readonly (readonly [title: string, lines: readonly DiffLine[]])[] = [
    ['Document', settingLines(diff.document)],
    ['Layers', diff.layers.flatMap(layerLines)],
    ['Wires', diff.wires.map(wireLine)],
    ['Blocks', diff.blocks.flatMap(blockLines)],
    ['Data', settingLines(diff.dataset)],
    ['Training settings', settingLines(diff.training)],
  ]
  const shown = sections.filter(([, lines]) => lines.length > 0)
  return [`${diffSentence(diff)}\n`, ...shown.map(([title, lines]) => `\n${title}\n${aligned(lines)}`)].join(
    '',
  )
}

/** "1 layer added, 2 layers changed, 1 wire removed, 1 training setting changed." */
export function diffSentence(diff: DocumentDiff): string {
  const count = (list: readonly { readonly type: string }[], type: string) =>
    list.filter((item) => item.type === type).length
  const parts = [
    counted(count(diff.layers, 'added'), 'layer', 'added'),
    counted(count(diff.layers, 'removed'), 'layer', 'removed'),
    counted(count(diff.layers, 'changed'), 'layer', 'changed'),
    counted(count(diff.wires, 'added'), 'wire', 'added'),
    counted(count(diff.wires, 'removed'), 'wire', 'removed'),
    counted(count(diff.wires, 'reordered'), 'port', 'with its wires in another order'),
    counted(count(diff.blocks, 'added'), 'block', 'added'),
    counted(count(diff.blocks, 'removed'), 'block', 'removed'),
    counted(count(diff.blocks, 'changed'), 'block', 'changed'),
    counted(diff.dataset.length, 'choice of data', 'changed', 'choices of data'),
    counted(diff.training.length, 'training setting', 'changed'),
    ...(diff.document.length === 0
      ? []
      : [`${diff.document.map(({ path }) => path.join(' ')).join(' and ')} changed`]),
  ].filter((part) => part !== '')
  const moved = counted(diff.moved.length, 'layer', 'moved on the canvas')
  if (isSameModel(diff)) return moved === '' ? 'No differences.' : `No differences but ${moved}.`
  return `${parts.join(', ')}${moved === '' ? '' : `; ${moved}`}.`
}

function counted(count: number, one: string, what: string, several = `${one}s`): string {
  return count === 0 ? '' : `${count.toLocaleString('en')} ${count === 1 ? one : several} ${what}`
}

/** What happened to one layer: a line for each value that differs. */
export function layerLines(difference: LayerDifference): DiffLine[] {
  switch (difference.type) {
    case 'added':
      return [['added', difference.after.name, kindText(difference.after)]]
    case 'removed':
      return [['removed', difference.before.name, kindText(difference.before)]]
    default:
      return difference.changes.map((change) => ['changed', difference.after.name, changeText(change)])
  }
}

/** What happened to one block, inside of it too. */
export function blockLines({ type, name, changes, layers, wires }: BlockDifference): DiffLine[] {
  if (type !== 'changed') return [[type, name, 'block']]
  const within = ([mark, what, detail]: DiffLine): DiffLine => [mark, `${name}/${what}`, detail]
  return [
    ...changes.map((change): DiffLine => ['changed', name, changeText(change)]),
    ...layers.flatMap(layerLines).map(within),
    ...wires.map(wireLine).map(within),
  ]
}

function kindText({ kind, parameters }: { readonly kind: string; readonly parameters: object }): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${valueText(value)}`)
  return [layerDefinition(kind)?.label ?? kind, ...values].join(', ')
}

/** One changed value: "units  32 → 64", "renamed from dense_1 to head". */
export function changeText({ path, before, after }: Change): string {
  if (path.length === 1 && path[0] === 'name')
    return `renamed from ${valueText(before)} to ${valueText(after)}`
  const name = path[0] === 'parameters' ? path.slice(1).join(' ') : path.join(' ')
  return `${name}: ${valueText(before)} → ${valueText(after)}`
}

export function wireLine(wire: WireDifference): DiffLine {
  if (wire.type !== 'reordered') return [wire.type, `${wire.source} → ${wire.target}`, '']
  return ['changed', `into ${wire.target}`, `order: ${wire.before.join(', ')} → ${wire.after.join(', ')}`]
}

function settingLines(changes: readonly Change[]): DiffLine[] {
  return changes.map(({ path, before, after }) => {
    const mark = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    const value = [before, after].flatMap((each) => (each === undefined ? [] : [valueText(each)]))
    return [mark, path.join(' '), value.join(' → ')]
  })
}

/** A value as it stands in sentences: names without quotes, everything else as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'default'
  if (typeof value === 'string') return value === '' ? 'nothing' : value
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(valueText).join(', ')
  return JSON.stringify(value)
}

function aligned(lines: readonly DiffLine[]): string {
  const width = (column: 0 | 1) => Math.max(...lines.map((line) => line[column].length))
  const [mark, what] = [width(0), width(1)]
  return lines
    .map((line) => `  ${line[0].padEnd(mark)}  ${line[1].padEnd(what)}  ${line[2]}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}
