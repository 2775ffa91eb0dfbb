import type { Fix } from '../../problems.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import type { LossKind } from '../run-config.ts'
import { lossRules } from './loss-rules.ts'
import type { OutputHead } from './output-head.ts'

/** A loss's name in the middle of a sentence's start. */
export function lossTitle(kind: LossKind): string {
  return lossRules[kind].title
}

/** `3 × 8 × 8`. */
export function shapeText(shape: Shape): string {
  return shape.length === 0 ? 'single' : shape.join(' × ')
}

/** `a head that ends in softmax`. */
export function headText(activation: string): string {
  return activation === 'linear' ? 'a head without activation' : `a head that ends in ${activation}`
}

/** Changes that mend what does not fit between a head and its target. */
export interface LayerFixes {
  readonly automaticLoss: Fix
  /** `undefined` where the layer has no such parameter. */
  activation(name: string): Fix | undefined
  units(count: number, activation?: string): Fix | undefined
}

/** The fixes that are possible at a head. */
export function layerFixes({ output, layer }: OutputHead): LayerFixes {
  const set = (label: string, layerId: string, parameters: Record<string, string | number>): Fix => ({
    label,
    edits: [{ type: 'setParameters', layerId, parameters }],
  })
  return {
    automaticLoss: set('Choose the loss automatically', output.id, { loss: 'auto' }),
    activation: (name) =>
      'activation' in layer.parameters
        ? set(`Set the activation of "${layer.name}" to ${name}`, layer.id, { activation: name })
        : undefined,
    units: (count, activation) =>
      'units' in layer.parameters
        ? set(`Give "${layer.name}" ${count === 1 ? '1 unit' : `${count} units`}`, layer.id, {
            units: count,
            ...(activation && { activation }),
          })
        : undefined,
  }
}
