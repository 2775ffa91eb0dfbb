import type { PiecewiseScheduleConfig } from '../../../src-core/training/schedules/piecewise.ts'
import { parseNumber } from '../../ui/number-input.tsx'

type Pieces = PiecewiseScheduleConfig['pieces']

/** `5: 0.1; 8: 0.01`. */
export function piecesText(pieces: Pieces): string {
  return pieces.map(({ at, factor }) => `${at}: ${factor}`).join('; ')
}

/** Reads what {@link piecesText} writes; undefined when it is something else. */
export function parsePieces(text: string): Pieces | undefined {
  const pieces = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => part.split(':').map((number) => parseNumber(number)))
  const whole = pieces.flatMap(([at, factor, ...rest]) =>
    at === undefined || factor === undefined || rest.length > 0 ? [] : [{ at, factor }],
  )
  return whole.length === pieces.length ? whole : undefined
}
