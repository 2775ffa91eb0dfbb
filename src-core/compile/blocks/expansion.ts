import type { BlockDefinition, Connection, LayerNode, ModelDocument } from '../../document/model-document.ts'
import type { Problem } from '../../problems.ts'

/** Where a layer of an expanded document comes from. */
export interface Origin {
  /** Ids of the layers it stands in, from the drawing inwards, and its own. */
  readonly path: readonly string[]
  /** Ids of the blocks along the path: the last one is what holds the layer. */
  readonly blockIds: readonly string[]
  /** What stands before its name and its id for the names and ids around it. */
  readonly namePrefix: string
  readonly idPrefix: string
  /** Parameters that a layer around it sets. */
  readonly bound: Readonly<Record<string, BoundParameter>>
}

/** The layer whose parameter stands for one of a layer inside. */
export interface BoundParameter {
  readonly owner: Origin
  readonly parameter: string
}

/** One end of a wire of an expanded document: a layer, or a port on its way to one. */
export interface WireEnd {
  readonly id: string
  readonly port: string
}

/** A block layer that was opened. */
export interface OpenedBlock {
  readonly origin: Origin
  readonly node: LayerNode
  /** Ids of the expanded layers that it consists of, all repeats included. */
  readonly layerIds: readonly string[]
  /** What feeds each of its inputs, and what each output gives: an expanded layer; undefined where nothing is wired. */
  readonly inputs: ReadonlyMap<string, WireEnd | undefined>
  readonly outputs: ReadonlyMap<string, WireEnd | undefined>
}

/** A document without blocks that computes what one with blocks does, and where everything in it comes from. */
export interface Expansion {
  /** The document itself where it has no blocks. */
  readonly document: ModelDocument
  /** Of every expanded layer and every block layer by its expanded id; empty where there are no blocks. */
  readonly origins: ReadonlyMap<string, Origin>
  /** By expanded id, inner ones first. */
  readonly blocks: ReadonlyMap<string, OpenedBlock>
  /** What feeds the ports inside, by the expanded id of the port's layer. */
  readonly ports: ReadonlyMap<string, WireEnd | undefined>
  /** The place of each wire among those it was drawn with, by its expanded id. */
  readonly places: ReadonlyMap<string, number>
  /** What is wrong with the blocks themselves. */
  readonly problems: readonly Problem[]
  /** Why a block layer was not opened, in place of "unknown kind". */
  readonly refusals: ReadonlyMap<string, Problem>
  /** Inputs, as `id port`, that lack wires only because a port of their block does, which is reported there. */
  readonly starved: ReadonlySet<string>
}

/** A list of layers and wires: the drawing, or the inside of one block layer. */
export interface Scope {
  readonly layers: readonly LayerNode[]
  readonly connections: readonly Connection[]
  readonly path: readonly string[]
  readonly blocks: readonly BlockDefinition[]
  readonly idPrefix: string
  readonly namePrefix: string
  readonly position: LayerNode['position'] | undefined
  readonly frozen: boolean
  readonly learningRateFactor: number
  readonly overrides: ReadonlyMap<string, readonly Override[]>
}

/** A value that a block layer gives to a parameter inside. */
export interface Override {
  readonly parameter: string
  readonly value: LayerNode['parameters'][string]
  readonly bound: BoundParameter
}

/** The beginning of the ids and names of what is inside one repeat of a block layer. */
export function insidePrefix(of: string, repeats: number, repeat: number): string {
  return repeats > 1 ? `${of}/${repeat}/` : `${of}/`
}

export function starvedKey(layerId: string, port: string): string {
  return `${layerId} ${port}`
}
