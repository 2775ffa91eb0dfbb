// @vitest-environment node
import Elk from 'elkjs/lib/elk.bundled.js'
import { describe, expect, it } from 'vitest'
import {
  directionOf,
  type FlowDirection,
  type Note,
  notesOf,
} from '../../../../src-core/document/canvas-part.ts'
import { applyEdit, type Edit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { elkGraph } from '../../../../src-renderer/canvas/arranging/elk-graph.ts'
import { boxOf, cardBox, contentsOf, holds } from '../../../../src-renderer/canvas/arranging/frames.ts'
import { LayoutRunner } from '../../../../src-renderer/canvas/arranging/layout-runner.ts'
import { tidyEdit } from '../../../../src-renderer/canvas/arranging/tidy-edit.ts'
import { layerHeight, layerWidth } from '../../../../src-renderer/canvas/geometry.ts'
import { documentOf } from '../support/documents.ts'

const elk = new Elk()
const unmeasured = () => undefined

async function edit(document: ModelDocument, direction = directionOf(document)): Promise<Edit | undefined> {
  const answer = await elk.layout(elkGraph(document, direction, unmeasured))
  return tidyEdit(document, answer, direction, unmeasured)
}

async function tidied(document: ModelDocument, direction?: FlowDirection): Promise<ModelDocument> {
  const found = await edit(document, direction)
  return found ? applyEdit(document, found).document : document
}

function scattered(): ModelDocument {
  const document = documentOf(
    [
      ['output_1', 'output'],
      ['add_1', 'add'],
      ['conv2d_1', 'conv2d'],
      ['conv2d_2', 'conv2d'],
      ['input_1', 'input'],
    ],
    [
      ['input_1', 'conv2d_1'],
      ['input_1', 'conv2d_2'],
      ['conv2d_1', 'add_1', 'inputs'],
      ['conv2d_2', 'add_1', 'inputs'],
      ['add_1', 'output_1'],
    ],
  )
  return { ...document, layers: document.layers.map((layer) => ({ ...layer, position: { x: 40, y: 80 } })) }
}

/** Some layers pinned, at places of their own. */
function pinned(document: ModelDocument, places: Readonly<Record<string, { x: number; y: number }>>) {
  const layers = document.layers.map((layer) => {
    const position = places[layer.id]
    return position ? { ...layer, position, pinned: true } : layer
  })
  return { ...document, layers }
}

const position = (document: ModelDocument, id: string) =>
  document.layers.find((layer) => layer.id === id)?.position ?? { x: Number.NaN, y: Number.NaN }

function overlapping({ layers }: ModelDocument): string[] {
  return layers.flatMap((one, index) =>
    layers.slice(index + 1).flatMap((other) => {
      const apart =
        Math.abs(other.position.x - one.position.x) >= layerWidth ||
        Math.abs(other.position.y - one.position.y) >= layerHeight
      return apart ? [] : [`${one.id} over ${other.id}`]
    }),
  )
}

describe('tidy', () => {
  it('puts every layer below all that feed it, or to the right of them', async () => {
    const down = await tidied(scattered())
    const right = await tidied(scattered(), 'right')
    for (const { source, target } of scattered().connections) {
      expect(position(down, target).y).toBeGreaterThan(position(down, source).y + layerHeight)
      expect(position(right, target).x).toBeGreaterThan(position(right, source).x + layerWidth)
    }
    expect(overlapping(down)).toEqual([])
    expect(overlapping(right)).toEqual([])
    expect([directionOf(down), directionOf(right)]).toEqual(['down', 'right'])
  })

  it('is one step, with a name that says which way', async () => {
    expect(await edit(scattered())).toMatchObject({ type: 'group', label: 'Tidy' })
    const turn = await edit(scattered(), 'right')
    expect(turn).toMatchObject({ type: 'group', label: 'Tidy from left to right' })
    const turned = turn && applyEdit(scattered(), turn)
    expect(turned && applyEdit(turned.document, turned.inverse).document).toStrictEqual(scattered())
  })

  it('keeps the upper left corner of the drawing where it was', async () => {
    const { layers } = await tidied(scattered())
    expect(Math.min(...layers.map(({ position: { x } }) => x))).toBe(40)
    expect(Math.min(...layers.map(({ position: { y } }) => y))).toBe(80)
  })

  it('leaves a tidy drawing alone, and gives the same arrangement every time', async () => {
    expect(await edit(await tidied(scattered()))).toBeUndefined()
    expect(await tidied(scattered())).toEqual(await tidied(scattered()))
  })

  it('arranges circles and wires to nowhere as well', async () => {
    const broken = documentOf(
      [
        ['dense_1', 'dense'],
        ['dense_2', 'dense'],
        ['strange_1', 'unheardOf'],
      ],
      [
        ['dense_1', 'dense_2'],
        ['dense_2', 'dense_1'],
        ['dense_2', 'gone'],
        ['strange_1', 'dense_1', 'noSuchPort'],
      ],
    )
    expect(overlapping(await tidied(broken))).toEqual([])
  })
})

describe('pinned layers', () => {
  it('stay where they are, and the drawing is laid around one of them as it would be without', async () => {
    const free = await tidied(scattered())
    const held = await tidied(pinned(scattered(), { add_1: { x: 1003, y: 517 } }))
    expect(position(held, 'add_1')).toEqual({ x: 1003, y: 517 })
    for (const id of ['input_1', 'conv2d_1', 'output_1']) {
      const wanted = position(free, id).y - position(free, 'add_1').y
      expect(Math.abs(position(held, id).y - 517 - wanted)).toBeLessThanOrEqual(8)
    }
  })

  it('several of them stay, and nothing is laid over them', async () => {
    const places = { conv2d_1: { x: 0, y: 0 }, conv2d_2: { x: 40, y: 90 }, output_1: { x: 10, y: 200 } }
    const held = await tidied(pinned(scattered(), places))
    for (const [id, place] of Object.entries(places)) expect(position(held, id)).toEqual(place)
    expect(overlapping(held)).toEqual([])
  })
})

describe('frames and notes', () => {
  const frame: Note = {
    id: 'frame_1',
    kind: 'frame',
    text: 'Branches',
    position: { x: 0, y: 400 },
    size: { width: 600, height: 300 },
  }
  const note: Note = {
    ...frame,
    id: 'note_1',
    kind: 'note',
    position: { x: 40, y: 600 },
    size: { width: 200, height: 60 },
  }

  function framed(): ModelDocument {
    const document = scattered()
    const layers = document.layers.map((layer, index) => {
      const inside = layer.kind === 'conv2d'
      return { ...layer, position: inside ? { x: 40 + index * 5, y: 450 } : { x: 900, y: 100 * index } }
    })
    return { ...document, layers, canvas: { notes: [frame, note] } }
  }

  it('a frame closes around the layers it held, and around no others', async () => {
    const after = await tidied(framed())
    const [around] = notesOf(after)
    if (!around) throw new Error('the frame is gone')
    expect(contentsOf(after, around).layers.toSorted()).toEqual(['conv2d_1', 'conv2d_2'])
    const touching = after.layers.filter(({ position: at }) => {
      const [card, box] = [cardBox(at), boxOf(around)]
      return (
        card.x < box.x + box.width &&
        box.x < card.x + card.width &&
        card.y < box.y + box.height &&
        box.y < card.y + card.height
      )
    })
    expect(touching.map(({ kind }) => kind)).toEqual(['conv2d', 'conv2d'])
  })

  it('a note in a frame stays in it, beside its layers', async () => {
    const after = await tidied(framed())
    const [around, inside] = notesOf(after)
    if (!around || !inside) throw new Error('notes are gone')
    expect(holds(boxOf(around), boxOf(inside))).toBe(true)
    const { x, y, width, height } = boxOf(inside)
    const covered = after.layers.filter(
      ({ position: at }) =>
        at.x < x + width && x < at.x + layerWidth && at.y < y + height && y < at.y + layerHeight,
    )
    expect(covered).toEqual([])
  })

  it('a note outside of frames goes with the layer beside it', async () => {
    const before = framed()
    const alone = { ...before, canvas: { notes: [{ ...note, position: { x: 1120, y: 0 } }] } }
    const after = await tidied(alone)
    const nearest = position(after, 'output_1')
    expect(notesOf(after)[0]?.position).toEqual({ x: 1120 + nearest.x - 900, y: nearest.y })
  })
})

describe('the runner', () => {
  /** ELK's own worker of the bundle, which cannot be ended from outside; `ended` counts who tried. */
  function runner() {
    const ended: number[] = []
    const made = new LayoutRunner(() => {
      const inner = new Elk()
      inner.terminateWorker = () => ended.push(ended.length)
      return inner
    })
    return { made, ended }
  }
  const graph = () => elkGraph(scattered(), 'down', unmeasured)

  it('answers one graph after the other in one worker', async () => {
    const { made, ended } = runner()
    expect((await made.run(graph()))?.children).toHaveLength(5)
    expect((await made.run(graph()))?.children).toHaveLength(5)
    expect(ended).toEqual([])
    expect(made.isRunning).toBe(false)
  })

  it('ends the worker of what is cancelled or overtaken, which then answers nothing', async () => {
    const { made, ended } = runner()
    const [first, second] = [made.run(graph()), made.run(graph())]
    expect(await first).toBeUndefined()
    expect(ended).toHaveLength(1)
    made.cancel()
    expect(await second).toBeUndefined()
    expect(ended).toHaveLength(2)
    expect((await made.run(graph()))?.children).toHaveLength(5)
  })

  it('says when the worker breaks down, and starts another one next time', async () => {
    const fails: ((reason: Error) => void)[] = []
    const made = new LayoutRunner((fail) => {
      fails.push(fail)
      const inner = new Elk()
      inner.terminateWorker = () => undefined
      return inner
    })
    const answer = made.run(graph())
    fails[0]?.(new Error('out of memory'))
    await expect(answer).rejects.toThrow('out of memory')
    expect((await made.run(graph()))?.children).toHaveLength(5)
    expect(fails).toHaveLength(2)
  })
})
