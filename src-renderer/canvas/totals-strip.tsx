import { RotateCcw, TriangleAlert } from 'lucide-react'
import { t } from '../../src-core/language/t.ts'
import { chooseBatch, useBatch } from '../state/batch-store.ts'
import { useCompile } from '../state/compile-store.ts'
import { useMemory } from '../state/memory-store.ts'
import { useProject } from '../state/project-store.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { NumberInput } from '../ui/number-input.tsx'
import { totals } from './totals.ts'
import './totals-strip.css'

/** As in the training settings. */
const largestBatch = 65_536

/** The foot of the canvas: how large the model is, for batches of a size to be typed. */
export function TotalsStrip() {
  const plan = useCompile((state) => state.plan)
  const usual = useProject((state) => state.document?.training.batchSize ?? 1)
  const { chosen, report } = useBatch()
  const usualReport = useMemory((state) => state.report)
  const empty = useProject((state) => state.document?.layers.length === 0)
  if (empty) return null
  const batchSize = chosen ?? usual
  const memory = batchSize === usual ? usualReport : report
  return (
    <section className="totals" aria-label={t('Totals')}>
      <div className="totals__batch">
        <span aria-hidden>{t('Batch of')}</span>
        <NumberInput
          name={t('Batch size of the totals')}
          value={batchSize}
          integer
          min={1}
          max={largestBatch}
          onChange={(size) => {
            const whole = Math.min(largestBatch, Math.max(1, Math.round(size)))
            chooseBatch(whole === usual ? null : whole)
          }}
        />
        {batchSize !== usual && (
          <IconButton
            size="small"
            label={t('Back to {{size}}, as in training', { size: usual })}
            icon={RotateCcw}
            onClick={() => chooseBatch(null)}
          />
        )}
      </div>
      {plan ? (
        <dl className="totals__list">
          {totals(plan, batchSize, memory).map(({ name, value, about, tooMuch }) => (
            <div key={name} className={classNames('totals__item', tooMuch && 'is-warning')} title={about}>
              <dt>{name}</dt>
              <dd className="numeric">
                {tooMuch && <TriangleAlert size={13} role="img" aria-label={t('Too much:')} />} {value}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="totals__unknown truncate">{t('Sizes are known once every layer is wired and fits.')}</p>
      )}
    </section>
  )
}
