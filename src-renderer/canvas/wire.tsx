import { CircleAlert } from 'lucide-react'
import { memo } from 'react'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from 'reactflow'
import { useCompile } from '../state/compile-store.ts'
import { classNames } from '../ui/class-names.ts'
import { formatShape } from '../ui/format.ts'
import type { WireFlowEdge } from './flow-types.ts'
import { usePaletteDrag } from './palette-drag.ts'
import { wirePath } from './wire-path.ts'
import './wire.css'

/** Room on each side of a wire in which a click still means it. */
const grip = 18

/** A wire with the shape that flows through it; dashed and marked where it does not fit. */
export const Wire = memo(function Wire(props: EdgeProps<WireFlowEdge>) {
  const { id, source, data, selected } = props
  const shape = useCompile((state) => state.layers.get(source)?.outputShape)
  const problem = useCompile((state) => state.wires.get(id))
  const isTarget = usePaletteDrag((state) => state.overWire === id)
  const { path, labelX, labelY, labelBeside } = wirePath(props, data?.detour)
  const state = classNames(
    problem && 'wire--invalid',
    selected && 'wire--selected',
    isTarget && 'wire--target',
  )
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={grip} className={`wire ${state}`} />
      {(shape || problem) && (
        <EdgeLabelRenderer>
          <div
            className={classNames('wire-label numeric', problem && 'wire-label--invalid')}
            style={{
              transform: `translate(${labelX}px, ${labelY}px) translate(${labelBeside ? '4px' : '-50%'}, -50%)`,
            }}
            title={problem?.message}
          >
            {problem && <CircleAlert size={12} aria-label="Does not fit:" />}
            {shape ? formatShape(shape) : 'unknown'}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})
