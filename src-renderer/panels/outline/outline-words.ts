import { isBypassed } from '../../../src-core/document/layer-edits.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { describeLayer } from '../../canvas/flow-elements.ts'
import { firstLine } from '../../canvas/notes/note-text.ts'
import type { LayerView } from '../../state/compile-view.ts'
import { formatCount, formatShape } from '../../ui/format.ts'
import type { OutlineLine } from './outline-lines.ts'

/** What a line says. */
export interface LineWords {
  /** Beside the label, quieter: the kind, or the shape on a wire. */
  readonly detail: string
  /** What the layer gives; empty for other lines and while it is unknown. */
  readonly shape: string
  /** What a screen reader says. */
  readonly spoken: string
}

/** What a line is called, and is found by when it is typed. */
export function labelOf(line: OutlineLine): string {
  switch (line.type) {
    case 'layer':
      return line.layer.name
    case 'wire': {
      const { name } = line.other
      return line.direction === 'from' ? t('from {{name}}', { name }) : t('to {{name}}', { name })
    }
    case 'problem':
      return sentence(line.problem.message)
    default:
      return firstLine(line.note.text) || emptyNote(line.type)
  }
}

/**
 * What else a line says.
 * @param kind what the kind of its layer is called
 * @param view what the compiler says of its layer, or of the one that a wire comes from
 */
export function wordsOf(line: OutlineLine, kind: string, view: LayerView | undefined): LineWords {
  switch (line.type) {
    case 'layer':
      return layerWords(line.layer, kind, view)
    case 'wire': {
      const shape = view?.outputShape
      const spoken = spokenWire(line.direction, line.other.name, shape)
      return { detail: shape ? formatShape(shape) : '', shape: '', spoken }
    }
    case 'problem': {
      const message = labelOf(line)
      const isError = line.problem.severity === 'error'
      const spoken = isError ? t('Error: {{message}}', { message }) : t('Warning: {{message}}', { message })
      return { detail: '', shape: '', spoken }
    }
    default: {
      const title = firstLine(line.note.text)
      const isFrame = line.type === 'frame'
      const spoken = isFrame ? t('Frame: {{title}}', { title }) : t('Note: {{title}}', { title })
      return {
        detail: isFrame ? t('Frame') : t('Note'),
        shape: '',
        spoken: title === '' ? emptyNote(line.type) : spoken,
      }
    }
  }
}

function emptyNote(type: 'frame' | 'note'): string {
  return type === 'frame' ? t('Empty frame') : t('Empty note')
}

function layerWords(layer: LayerNode, kind: string, view: LayerView | undefined): LineWords {
  const bypassed = isBypassed(layer)
  return {
    detail: bypassed ? t('{{kind}}, bypassed', { kind }) : kind,
    shape: view?.outputShape ? formatShape(view.outputShape) : '',
    spoken: describeLayer(layer.name, kind, view, bypassed),
  }
}

function spokenWire(direction: 'from' | 'to', name: string, shape: Shape | undefined): string {
  const values = { name, shape: shape ? spokenShape(shape) : '' }
  if (direction === 'from') {
    return shape ? t('Wire from {{name}}, carries {{shape}}', values) : t('Wire from {{name}}', values)
  }
  return shape ? t('Wire to {{name}}, carries {{shape}}', values) : t('Wire to {{name}}', values)
}

/** Axis sizes in words. */
function spokenShape(shape: Shape): string {
  if (shape.length === 0) return formatShape(shape)
  return shape.map(formatCount).reduce((one, other) => t('{{one}} by {{other}}', { one, other }))
}
