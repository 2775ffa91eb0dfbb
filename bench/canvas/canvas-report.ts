import { digits3 } from '../statistics.ts'
import { type DrawingFigures, type Gesture, gestures } from './canvas-bench.ts'
import type { FrameFigures } from './trace.ts'

export interface CanvasReport {
  readonly machine: string
  readonly load: number
  readonly designer: readonly DrawingFigures[]
  readonly bare: readonly DrawingFigures[]
}

const [beginMark, endMark] = ['<!-- canvas bench: begin -->', '<!-- canvas bench: end -->'] as const

/** Puts the measured tables into docs/performance.md. Throws when the page has lost its marks. */
export function fillCanvasSection(page: string, report: CanvasReport): string {
  const [begin, end] = [page.indexOf(beginMark), page.indexOf(endMark)]
  if (begin < 0 || end < begin)
    throw new Error('docs/performance.md has lost the marks between which the canvas bench writes')
  return `${page.slice(0, begin)}${beginMark}\n\n${section(report)}\n${page.slice(end)}`
}

function section({ machine, load, designer, bare }: CanvasReport): string {
  const head = `${machine}; other work when it began: ${digits3(load)} processes per core.`
  const tables = designer.map((own, index) => drawingTable(own, bare[index]))
  return [head, ...tables].join('\n\n')
}

function drawingTable(own: DrawingFigures, bare: DrawingFigures | undefined): string {
  const rows = gestures.map((gesture) => {
    const title = gesture === 'drag many' ? `drag ${own.selected}` : gesture
    return `| ${title} | ${figures(own, gesture)} | ${bare ? figures(bare, gesture) : empty} |`
  })
  const heap = `Memory of scripts, MB (before, open, closed): LayerLoom ${heaps(own)}${bare ? `, bare ${heaps(bare)}` : ''}.`
  return `### ${own.layers.toLocaleString('en')} layers\n\n| | LayerLoom: script ms per frame, median | 95 % | script ms in all | seconds | dropped | bare: median | 95 % | in all | seconds | dropped |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n${rows.join('\n')}\n\n${heap}`
}

const empty = '– | – | – | – | –'

function figures(drawing: DrawingFigures, gesture: Gesture): string {
  const measured: FrameFigures | undefined = drawing.figures[gesture]
  if (!measured) return empty
  const { scriptMedian, script95, scriptTotal, duration, dropped } = measured
  return `${digits3(scriptMedian)} | ${digits3(script95)} | ${digits3(scriptTotal)} | ${digits3(duration / 1000)} | ${dropped}`
}

function heaps({ heap }: DrawingFigures): string {
  return [heap.before, heap.open, heap.closed].map((bytes) => digits3(bytes / 2 ** 20)).join(', ')
}
