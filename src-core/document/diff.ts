import { layerDefinition } from '../layers/catalogue.ts'
import { insideOf } from './blocks/block-edits.ts'
import { blocksOf, repeatsOf } from './blocks/block-kinds.ts'
import { notesOf } from './canvas-part.ts'
import { type Change, changesBetween } from './changes-between.ts'
import { isBypassed } from './layer-edits.ts'
import { isFrozen } from './layer-training.ts'
import { type LayerMatching, type LayerPair, matchLayers } from './match-layers.ts'
import type { DatasetBinding, ExposedParameter, LayerNode, ModelDocument } from './model-document.ts'
import { differentWires, type WireDifference } from './wire-differences.ts'

export type LayerDifference =
  | { readonly type: 'added'; readonly after: LayerNode }
  | { readonly type: 'removed'; readonly before: LayerNode }
  | {
      readonly type: 'changed'
      readonly before: LayerNode
      readonly after: LayerNode
      /** `name`, `kind`, `bypassed`, `trainable` or `learningRateFactor`, or `parameters` and the parameter's name. */
      readonly changes: readonly Change[]
    }

export interface BlockDifference {
  readonly type: 'added' | 'removed' | 'changed'
  readonly name: string
  /** Name and exposed parameters. */
  readonly changes: readonly Change[]
  readonly layers: readonly LayerDifference[]
  readonly wires: readonly WireDifference[]
}

/** What makes one model document another. Everything is in the order of the documents. */
export interface DocumentDiff {
  /** Name, description and the texts of notes. */
  readonly document: readonly Change[]
  readonly layers: readonly LayerDifference[]
  readonly wires: readonly WireDifference[]
  /** Blocks by their names, and what differs inside of those that both documents have. */
  readonly blocks: readonly BlockDifference[]
  /** The dataset and its columns; layers by their names. */
  readonly dataset: readonly Change[]
  readonly training: readonly Change[]
  /** Layers in both documents that stand elsewhere on the canvas: worth knowing, but the model is the same. */
  readonly moved: readonly LayerPair[]
}

/**
 * What changes from one document to another. A parameter that is absent has the value of its kind's default, so writing a
 * default down is no change. Ids of layers and wires, places on the canvas and the order of layers are none either.
 */
export function diffDocuments(before: ModelDocument, after: ModelDocument): DocumentDiff {
  const matching = matchLayers(before, after)
  const { pairs } = matching
  return {
    document: changesBetween(
      { name: before.name, description: before.description, notes: noteTexts(before) },
      { name: after.name, description: after.description, notes: noteTexts(after) },
    ),
    layers: layerDifferences(matching, after),
    wires: differentWires(before, after, matching),
    blocks: differentBlocks(before, after),
    dataset: changesBetween(
      namedBinding(before.dataset, namesBefore(matching)),
      namedBinding(after.dataset, new Map(after.layers.map(({ id, name }) => [id, name]))),
    ),
    training: changesBetween(before.training, after.training),
    moved: pairs.filter(({ before: { position: from }, after: { position: to } }) => {
      return Math.round(from.x) !== Math.round(to.x) || Math.round(from.y) !== Math.round(to.y)
    }),
  }
}

function noteTexts(document: ModelDocument): string[] {
  return notesOf(document).map(({ text }) => text)
}

/** Whether two documents say the same: nothing differs but places on the canvas. */
export function isSameModel({ document, layers, wires, blocks, dataset, training }: DocumentDiff): boolean {
  return [document, layers, wires, blocks, dataset, training].every((differences) => differences.length === 0)
}

/** Layers of the document after in its order, those that are gone before them. */
function layerDifferences({ pairs, removed }: LayerMatching, after: ModelDocument): LayerDifference[] {
  const pairOf = new Map(pairs.map((pair) => [pair.after, pair]))
  return [
    ...removed.map((before): LayerDifference => ({ type: 'removed', before })),
    ...after.layers.flatMap((layer): LayerDifference[] => {
      const pair = pairOf.get(layer)
      if (!pair) return [{ type: 'added', after: layer }]
      const changes = layerChanges(pair)
      return changes.length === 0 ? [] : [{ type: 'changed', ...pair, changes }]
    }),
  ]
}

function exposedText({ name, layer, parameter }: ExposedParameter): string {
  return `${name} (${layer} ${parameter})`
}

/** Blocks are the same block where they have the same id. */
function differentBlocks(before: ModelDocument, after: ModelDocument): BlockDifference[] {
  const alone = (type: 'added' | 'removed', name: string) => ({
    type,
    name,
    changes: [],
    layers: [],
    wires: [],
  })
  const old = new Map(blocksOf(before).map((block) => [block.id, block]))
  const next = new Map(blocksOf(after).map((block) => [block.id, block]))
  return [
    ...blocksOf(before).flatMap(({ id, name }) => (next.has(id) ? [] : [alone('removed', name)])),
    ...blocksOf(after).flatMap((block): BlockDifference[] => {
      const was = old.get(block.id)
      const [inside, insideBefore] = [insideOf(after, block.id), insideOf(before, block.id)]
      if (!was || !inside || !insideBefore) return [alone('added', block.name)]
      const matching = matchLayers(insideBefore, inside)
      const changes = changesBetween(
        { name: was.name, exposed: was.parameters.map(exposedText) },
        { name: block.name, exposed: block.parameters.map(exposedText) },
      )
      const layers = layerDifferences(matching, inside)
      const wires = differentWires(insideBefore, inside, matching)
      const same = changes.length + layers.length + wires.length === 0
      return same ? [] : [{ type: 'changed', name: block.name, changes, layers, wires }]
    }),
  ]
}

function layerChanges({ before, after }: LayerPair): Change[] {
  return changesBetween(
    comparable(before, before.kind === after.kind),
    comparable(after, before.kind === after.kind),
  )
}

/** Defaults only help where they are those of one kind; between kinds what was written down is what differs. */
function comparable(layer: LayerNode, withDefaults: boolean): object {
  const fields = (withDefaults && layerDefinition(layer.kind)?.parameters) || {}
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]))
  return {
    name: layer.name,
    kind: layer.kind,
    bypassed: isBypassed(layer),
    repeat: repeatsOf(layer),
    trainable: !isFrozen(layer),
    learningRateFactor: layer.learningRateFactor ?? 1,
    parameters: { ...defaults, ...layer.parameters },
  }
}

/** The names of the document after, so that a rename is told once. */
function namesBefore({ pairs, removed }: LayerMatching): ReadonlyMap<string, string> {
  return new Map([
    ...removed.map(({ id, name }): [string, string] => [id, name]),
    ...pairs.map(({ before, after }): [string, string] => [before.id, after.name]),
  ])
}

/** A binding with names in place of layer ids. */
function namedBinding(dataset: DatasetBinding | null, names: ReadonlyMap<string, string>): object {
  if (!dataset) return { inputs: {}, targets: {} }
  const named = (columns: Readonly<Record<string, string[]>>) =>
    Object.fromEntries(Object.entries(columns).map(([id, list]) => [names.get(id) ?? id, list]))
  return { name: dataset.name, inputs: named(dataset.inputs), targets: named(dataset.targets) }
}
