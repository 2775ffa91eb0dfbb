import { CircleAlert, CircleCheck, LocateFixed, TriangleAlert } from 'lucide-react'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { showLayer } from '../../canvas/block-actions.ts'
import { FixButtons } from '../../canvas/fix-buttons.tsx'
import { useCompile } from '../../state/compile-store.ts'
import { useProject } from '../../state/project-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import './problems-panel.css'

/** Everything that is wrong with the model, where, and how to mend it. */
export function ProblemsPanel() {
  const problems = useCompile((state) => state.problems)
  const isEmpty = useProject((state) => state.document?.layers.length === 0)
  if (isEmpty) {
    return (
      <EmptyState icon={CircleCheck} title={t('Nothing to check yet')}>
        {t('What does not fit together will be listed here, with a way to mend it.')}
      </EmptyState>
    )
  }
  if (problems.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title={t('No problems')}>
        {t('Every layer is wired and every shape fits. Press Train when your data is chosen.')}
      </EmptyState>
    )
  }
  return (
    <ul className="problems" aria-label={t('Problems')}>
      {problems.map((problem) => (
        <ProblemRow key={`${problem.code}:${problem.layerId}:${problem.message}`} problem={problem} />
      ))}
    </ul>
  )
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const error = problem.severity === 'error'
  const Icon = error ? CircleAlert : TriangleAlert
  const { layerId } = problem
  const name = useProject((state) => state.document?.layers.find((layer) => layer.id === layerId)?.name)
  return (
    <li className="problems__row">
      <Icon
        className={error ? 'is-danger' : 'is-warning'}
        size={16}
        role="img"
        aria-label={error ? t('Error') : t('Warning')}
      />
      <div className="problems__texts">
        <p>{sentence(problem.message)}</p>
        {problem.hint !== undefined && <p className="problems__hint">{sentence(problem.hint)}</p>}
      </div>
      <div className="problems__actions">
        <FixButtons problem={problem} />
        {layerId !== undefined && name !== undefined && (
          <button
            type="button"
            className="problems__layer"
            aria-label={t('Show {{name}}', { name })}
            onClick={() => showLayer(layerId, problem.inner)}
          >
            <LocateFixed size={13} aria-hidden />
            <span className="truncate">{name}</span>
          </button>
        )}
      </div>
    </li>
  )
}
