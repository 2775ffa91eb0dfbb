import { type Note, trimmedCanvas } from './canvas-part.ts'
import { isBypassed, isPinned } from './layer-edits.ts'
import { isFrozen } from './layer-training.ts'
import {
  type BlockDefinition,
  type Connection,
  documentVersion,
  type LayerNode,
  type ModelDocument,
} from './model-document.ts'

/** Columns up to which an object or list of plain values stays on one line: one wire, one position, one kernel size. */
const lineWidth = 200

/**
 * The text of a `*.loom.json` file. Equal documents give equal text: keys come in a fixed order (fields as in the
 * schema, everything keyed by name sorted by name), positions are whole pixels, and the text ends with a line break.
 * A wire, a position or a short list takes one line, so that one change on the canvas is about one line in a git diff.
 */
export function serialiseDocument(document: ModelDocument): string {
  return `${write(orderedDocument(document), 0, 0)}\n`
}

function orderedDocument(document: ModelDocument): unknown {
  const { format, name, description, layers, connections, blocks = [], canvas, dataset, training } = document
  return {
    format,
    // What a program from before blocks can read, it shall be able to.
    version: blocks.length > 0 ? documentVersion : 1,
    name,
    description,
    layers: layers.map(orderedLayer),
    connections: connections.map(orderedConnection),
    blocks: blocks.length > 0 ? blocks.map(orderedBlock) : undefined,
    canvas: canvas && orderedCanvas(canvas),
    dataset: dataset && {
      name: dataset.name,
      inputs: sorted(dataset.inputs),
      targets: sorted(dataset.targets),
    },
    training: orderedTraining(training),
  }
}

function orderedConnection({ id, source, sourcePort, target, targetPort }: Connection): unknown {
  return { id, source, sourcePort, target, targetPort }
}

function orderedBlock({ id, name, parameters, layers, connections, canvas }: BlockDefinition): unknown {
  return {
    id,
    name,
    parameters: parameters.map(({ name: exposed, layer, parameter }) => ({
      name: exposed,
      layer,
      parameter,
    })),
    layers: layers.map(orderedLayer),
    connections: connections.map(orderedConnection),
    canvas: canvas && orderedCanvas(canvas),
  }
}

function orderedLayer(layer: LayerNode): unknown {
  return {
    id: layer.id,
    kind: layer.kind,
    name: layer.name,
    parameters: sorted(layer.parameters),
    position: wholePixels(layer.position),
    pinned: isPinned(layer) ? true : undefined,
    bypassed: isBypassed(layer) ? true : undefined,
    repeat: layer.repeat === 1 ? undefined : layer.repeat,
    trainable: isFrozen(layer) ? false : undefined,
    learningRateFactor: layer.learningRateFactor === 1 ? undefined : layer.learningRateFactor,
  }
}

function wholePixels({ x, y }: LayerNode['position']) {
  return { x: Math.round(x) + 0, y: Math.round(y) + 0 }
}

/** Undefined for a part that says nothing. */
function orderedCanvas(canvas: NonNullable<ModelDocument['canvas']>): unknown {
  const kept = trimmedCanvas(canvas)
  return kept && { direction: kept.direction, notes: kept.notes?.map(orderedNote) }
}

function orderedNote({ id, kind, text, position, size, colour }: Note): unknown {
  const { width, height } = size
  return {
    id,
    kind,
    text,
    colour,
    position: wholePixels(position),
    size: { width: Math.round(width), height: Math.round(height) },
  }
}

/**
 * The settings people look for first come first; settings that are added later follow by name. Later ones are left out
 * where they say what their absence says too, so that documents from before them stay as they are.
 */
function orderedTraining(training: ModelDocument['training']): unknown {
  const { epochs, batchSize, optimizer, seed, split, normalization, engine, classWeights, ...later } =
    withoutDefaults(training)
  const { kind, ...optimizerValues } = optimizer
  return {
    epochs,
    batchSize,
    optimizer: { kind, ...sorted(optimizerValues) },
    seed,
    split,
    normalization,
    engine,
    ...sorted({ ...later, classWeights: isRecord(classWeights) ? sorted(classWeights) : classWeights }),
  }
}

function withoutDefaults(training: ModelDocument['training']) {
  const { schedule, warmUp, earlyStopping, shuffle, ...rest } = training
  const { kind, ...scheduleValues } = schedule
  return {
    ...rest,
    ...(shuffle === false ? { shuffle } : {}),
    ...(kind === 'constant' ? {} : { schedule: { kind, ...sorted<unknown>({ ...scheduleValues }) } }),
    ...(warmUp === null ? {} : { warmUp: sorted<unknown>(warmUp) }),
    ...(earlyStopping === null ? {} : { earlyStopping: sorted<unknown>(earlyStopping) }),
  }
}

function isRecord(weights: ModelDocument['training']['classWeights']): weights is Record<string, number> {
  return typeof weights === 'object'
}

/** Sorts by code units, which no locale changes. */
function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

function write(value: unknown, indent: number, column: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const entries: [prefix: string, value: unknown][] = isList
    ? value.map((item: unknown) => ['', item])
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [`${JSON.stringify(key)}: `, item])
  if (entries.length === 0) return `${open}${close}`
  if (entries.every(([, item]) => typeof item !== 'object' || item === null)) {
    const items = entries.map(([prefix, item]) => prefix + JSON.stringify(item)).join(', ')
    const line = isList ? `[${items}]` : `{ ${items} }`
    if (column + line.length <= lineWidth) return line
  }
  const pad = ' '.repeat(indent + 2)
  const lines = entries.map(
    ([prefix, item]) => pad + prefix + write(item, indent + 2, pad.length + prefix.length),
  )
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`
}
