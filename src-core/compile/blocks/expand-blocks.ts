import {
  blockIdOf,
  blockInputKind,
  blockOfKind,
  blocksOf,
  canRepeat,
  isPortKind,
  portLayers,
  repeatsOf,
} from '../../document/blocks/block-kinds.ts'
import { isBypassed } from '../../document/layer-edits.ts'
import { isFrozen } from '../../document/layer-training.ts'
import type { BlockDefinition, LayerNode, ModelDocument } from '../../document/model-document.ts'
import type { Problem } from '../../problems.ts'
import {
  blockProblems,
  mostExpandedLayers,
  refusedBlock,
  repeatProblem,
  strayLayerProblem,
  strayRepeatProblem,
} from './block-problems.ts'
import { expandedSize } from './expanded-size.ts'
import { type Expansion, insidePrefix, type OpenedBlock, type Origin, type Scope } from './expansion.ts'
import { overridesOf, withOverrides } from './exposed-values.ts'
import { WireTracer } from './wire-tracer.ts'

/** One block layer while it is opened. */
interface Opening {
  readonly id: string
  readonly origin: Origin
  readonly node: LayerNode
  readonly block: BlockDefinition
  readonly repeats: number
  readonly from: number
  readonly to: number
}

/**
 * Opens every block of a document, in the order of its layers: what is inside takes the place of the block layer under the
 * ids and names `block/inner` (`block/1/inner`, `block/2/inner` … where it stands in a row), and wires lead straight to
 * it. A document without block layers comes back as it is.
 */
export function expandBlocks(document: ModelDocument): Expansion {
  if (!document.layers.some(isSpecial)) return withoutBlocks(document)
  return new Expander(document).expand()
}

function isSpecial({ kind, repeat }: LayerNode): boolean {
  return blockIdOf(kind) !== undefined || repeat !== undefined
}

function withoutBlocks(document: ModelDocument): Expansion {
  const none = new Map<string, never>()
  return {
    document,
    origins: none,
    blocks: none,
    ports: none,
    places: none,
    problems: [],
    refusals: none,
    starved: new Set(),
  }
}

class Expander {
  readonly #document: ModelDocument
  readonly #layers: LayerNode[] = []
  readonly #origins = new Map<string, Origin>()
  readonly #openings: Opening[] = []
  readonly #refusals = new Map<string, Problem>()
  readonly #problems: Problem[] = []
  readonly #wires = new WireTracer()
  readonly #sizes: ReadonlyMap<string, number>

  constructor(document: ModelDocument) {
    this.#document = document
    this.#sizes = expandedSize(blocksOf(document))
  }

  expand(): Expansion {
    const document = this.#document
    this.#enter({
      layers: document.layers,
      connections: document.connections,
      path: [],
      blocks: [],
      idPrefix: '',
      namePrefix: '',
      position: undefined,
      frozen: false,
      learningRateFactor: 1,
      overrides: new Map(),
    })
    const traced = this.#wires.trace()
    const blocks = new Map(this.#openings.map((opening) => [opening.id, this.#opened(opening)]))
    return {
      document: { ...document, layers: this.#layers, connections: traced.connections },
      origins: this.#origins,
      blocks,
      ports: traced.ports,
      places: traced.places,
      problems: [...this.#problems, ...blockProblems(this.#openings, this.#wires)],
      refusals: this.#refusals,
      starved: traced.starved,
    }
  }

  #enter(scope: Scope): void {
    for (const node of scope.layers) this.#place(scope, node)
    this.#wires.addScope(scope)
  }

  #place(scope: Scope, node: LayerNode): void {
    const id = scope.idPrefix + node.id
    const overrides = scope.overrides.get(node.id) ?? []
    const origin: Origin = {
      path: [...scope.path, node.id],
      blockIds: scope.blocks.map((block) => block.id),
      namePrefix: scope.namePrefix,
      idPrefix: scope.idPrefix,
      bound: Object.fromEntries(overrides.map(({ parameter, bound }) => [parameter, bound])),
    }
    this.#origins.set(id, origin)
    if (scope.path.length > 0 && isPortKind(node.kind)) {
      this.#wires.addPort(id, node.kind === blockInputKind ? 'input' : 'output')
      return
    }
    if (blockIdOf(node.kind) !== undefined && !isBypassed(node)) {
      const refusal = this.#refusal(scope, node, origin)
      const block = blockOfKind(this.#document, node.kind)
      if (!refusal && block) {
        this.#open(scope, withOverrides(node, overrides), block, origin)
        return
      }
      if (refusal) this.#refusals.set(id, refusal)
    } else this.#problems.push(...strays(scope, node, id))
    this.#layers.push(expandedLayer(scope, withOverrides(node, overrides), id))
  }

  #refusal(scope: Scope, node: LayerNode, { path }: Origin): Problem | undefined {
    const block = blockOfKind(this.#document, node.kind)
    const name = scope.namePrefix + node.name
    const layerId = scope.idPrefix + node.id
    if (!block) return refusedBlock('missing', name, layerId, blockIdOf(node.kind) ?? '')
    const size = (this.#sizes.get(block.id) ?? 0) * repeatsOf(node)
    if (scope.blocks.includes(block) || size === Number.POSITIVE_INFINITY) {
      return refusedBlock('cycle', name, layerId, block.name)
    }
    if (path.length === 1 && this.#layers.length + size > mostExpandedLayers) {
      return refusedBlock('tooLarge', name, layerId, block.name)
    }
    return undefined
  }

  #open(scope: Scope, node: LayerNode, block: BlockDefinition, origin: Origin): void {
    const id = scope.idPrefix + node.id
    const name = scope.namePrefix + node.name
    const { overrides, problems } = overridesOf(this.#document, block, node, id, name, origin)
    this.#problems.push(...problems)
    const mayRepeat = canRepeat(block)
    if (repeatsOf(node) > 1 && !mayRepeat) this.#problems.push(repeatProblem(block, name, id))
    const repeats = mayRepeat ? repeatsOf(node) : 1
    const from = this.#layers.length
    this.#wires.addBlock(id, block, repeats)
    for (let repeat = 1; repeat <= repeats; repeat++) {
      this.#enter({
        layers: block.layers,
        connections: block.connections,
        path: origin.path,
        blocks: [...scope.blocks, block],
        idPrefix: insidePrefix(id, repeats, repeat),
        namePrefix: insidePrefix(name, repeats, repeat),
        position: scope.position ?? node.position,
        frozen: scope.frozen || isFrozen(node),
        learningRateFactor: scope.learningRateFactor * (node.learningRateFactor ?? 1),
        overrides,
      })
    }
    this.#openings.push({ id, origin, node, block, repeats, from, to: this.#layers.length })
  }

  #opened({ id, origin, node, block, repeats, from, to }: Opening): OpenedBlock {
    const end = (side: 'inputs' | 'outputs') => {
      const prefix = insidePrefix(id, repeats, side === 'inputs' ? 1 : repeats)
      return new Map(portLayers(block, side).map((port) => [port.id, this.#wires.feeding(prefix + port.id)]))
    }
    const layerIds = this.#layers.slice(from, to).map((layer) => layer.id)
    return { origin, node, layerIds, inputs: end('inputs'), outputs: end('outputs') }
  }
}

/** Layers that do not belong where they stand. */
function strays(scope: Scope, node: LayerNode, id: string): Problem[] {
  const name = scope.namePrefix + node.name
  const problems: Problem[] = []
  if (repeatsOf(node) > 1 && blockIdOf(node.kind) === undefined) problems.push(strayRepeatProblem(name, id))
  const isEnd = node.kind === 'input' || node.kind === 'output'
  if (scope.path.length > 0 && isEnd) problems.push(strayLayerProblem(name, id))
  return problems
}

function expandedLayer(scope: Scope, node: LayerNode, id: string): LayerNode {
  if (scope.path.length === 0) return node
  const factor = scope.learningRateFactor * (node.learningRateFactor ?? 1)
  const { learningRateFactor: _, ...rest } = node
  return {
    ...rest,
    id,
    name: scope.namePrefix + node.name,
    position: scope.position ?? node.position,
    ...(scope.frozen && { trainable: false }),
    ...(factor !== 1 && { learningRateFactor: factor }),
  }
}
