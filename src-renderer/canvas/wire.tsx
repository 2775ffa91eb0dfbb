import { memo } from 'react'
import { BaseEdge, type EdgeProps, Position } from 'reactflow'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import { classNames } from '../ui/class-names.ts'
import { formatShape } from '../ui/format.ts'
import { useFarView } from './detail-level.ts'
import type { WireFlowEdge } from './flow-types.ts'
import { usePaletteDrag } from './palette-drag.ts'
import { wirePath } from './wire-path.ts'
import './wire.css'

/** Room on each side of a wire in which a click still means it. */
const grip = 18

/** A wire with the shape that flows through it; dashed and marked where it does not fit. */
export const Wire = memo(function Wire(props: EdgeProps<WireFlowEdge>) {
  const { id, data, selected } = props
  const far = useFarView()
  const isTarget = usePaletteDrag((state) => state.overWire === id)
  const { path, labelX, labelY, labelBeside } = wirePath(
    props,
    data?.detour,
    props.sourcePosition === Position.Right ? 'right' : 'down',
  )
  const { shape, problem } = data ?? {}
  const state = classNames(
    problem && 'wire--invalid',
    selected && 'wire--selected',
    isTarget && 'wire--target',
  )
  const text = shape ? formatShape(shape) : t('unknown')
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={far ? 0 : grip} className={`wire ${state}`} />
      {!far && (shape || problem) && (
        // Text of the drawing itself: React Flow's own label layer searches the document for every wire.
        <text
          className={classNames('wire-label', problem && 'wire-label--invalid')}
          x={labelBeside ? labelX + 8 : labelX}
          y={labelY}
          textAnchor={labelBeside ? 'start' : 'middle'}
          dominantBaseline="central"
        >
          {problem ? `⚠ ${text}` : text}
          {problem && <title>{sentence(problem.message)}</title>}
        </text>
      )}
    </>
  )
})
