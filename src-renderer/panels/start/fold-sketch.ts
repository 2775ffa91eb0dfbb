import type { Sketch } from '../../../src-core/document/sketch.ts'

const nodeWidth = 200
const nodeHeight = 80
const margin = 24
/** How much wider than high pictures are. */
const pictureRatio = 2.4
/** Drawings that are longer than this are folded into rows. */
const longestRatio = 5
const rowGap = 60

export interface SketchBox {
  readonly kind: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface SketchLine {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Boxes and lines in one frame, ready to be drawn. */
export interface FoldedSketch {
  readonly boxes: readonly SketchBox[]
  readonly lines: readonly SketchLine[]
  readonly viewBox: string
}

/**
 * Where the layers of a sketch lie in a picture. A tall drawing is laid on its side, since pictures are wide, and a long
 * one is folded into rows like a text; wires that go on in the next row end at the edge and begin again.
 */
export function foldSketch(sketch: Sketch): FoldedSketch {
  const laid = layOut(sketch)
  const left = Math.min(...laid.map(({ x }) => x))
  const top = Math.min(...laid.map(({ y }) => y))
  const width = Math.max(...laid.map((box) => box.x + box.width)) - left
  const height = Math.max(...laid.map((box) => box.y + box.height)) - top
  const rows = width / height > longestRatio ? Math.round(Math.sqrt(width / height / pictureRatio)) : 1
  const rowWidth = width / rows
  const rowOf = (box: SketchBox) => Math.min(rows - 1, Math.floor((box.x - left) / rowWidth))
  const boxes = laid.map((box) => ({
    ...box,
    x: box.x - left - rowOf(box) * rowWidth,
    y: box.y - top + rowOf(box) * (height + rowGap),
  }))
  const end = Math.max(...boxes.map((box) => box.x + box.width))
  const lines = sketch.wires.flatMap(({ from, to }): SketchLine[] => {
    const [source, target] = [laid[from], laid[to]]
    const [start, goal] = [centre(boxes[from]), centre(boxes[to])]
    if (!source || !target || !start || !goal) return []
    if (rowOf(source) === rowOf(target)) return [{ x1: start.x, y1: start.y, x2: goal.x, y2: goal.y }]
    return [
      { x1: start.x, y1: start.y, x2: end + margin, y2: start.y },
      { x1: -margin, y1: goal.y, x2: goal.x, y2: goal.y },
    ]
  })
  const whole = rows * (height + rowGap) - rowGap
  return { boxes, lines, viewBox: `${-margin} ${-margin} ${end + 2 * margin} ${whole + 2 * margin}` }
}

function layOut({ layers }: Sketch): SketchBox[] {
  const xs = layers.map(({ x }) => x)
  const ys = layers.map(({ y }) => y)
  const isTall = Math.max(...ys) - Math.min(...ys) > Math.max(...xs) - Math.min(...xs)
  return layers.map(({ kind, x, y }) =>
    isTall
      ? { kind, x: y, y: x, width: nodeHeight, height: nodeWidth }
      : { kind, x, y, width: nodeWidth, height: nodeHeight },
  )
}

function centre(box: SketchBox | undefined): { x: number; y: number } | undefined {
  return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
