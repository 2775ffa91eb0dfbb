import { bytesText, memoryWarning } from '../../../src-core/training/memory/memory-report.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { useMemory } from '../../state/memory-store.ts'
import './memory-note.css'
import { ProblemList } from './problem-list.tsx'

/** What the training needs and what is free; where that is too little, a remedy. */
export function MemoryNote({ training }: { readonly training: TrainingSettings }) {
  const report = useMemory((state) => state.report)
  if (!report) return null
  const warning = memoryWarning(report, training)
  return (
    <div className="memory-note">
      {warning ? (
        <ProblemList title="Too little memory" problems={[warning]} />
      ) : (
        <p>
          Needs about {bytesText(report.needed)} of memory; {bytesText(report.available)} free
        </p>
      )}
    </div>
  )
}
