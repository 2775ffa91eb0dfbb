import { t } from '../../../src-core/language/t.ts'
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
        <ProblemList title={t('Too little memory')} problems={[warning]} />
      ) : (
        <p>
          {t('Needs about {{needed}} of memory; {{available}} free', {
            needed: bytesText(report.needed),
            available: bytesText(report.available),
          })}
        </p>
      )}
    </div>
  )
}
