import { CircleAlert, TriangleAlert } from 'lucide-react'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import type { Problem } from '../../src-core/problems.ts'
import { useProject } from '../state/project-store.ts'
import { Popover } from '../ui/popover.tsx'
import { FixButtons } from './fix-buttons.tsx'

interface ProblemBadgeProps {
  readonly layerId: string
  readonly layerName: string
  readonly problems: readonly Problem[] | undefined
}

/** The mark on a layer that something is wrong with; opens what, why and the fix. */
export function ProblemBadge({ layerId, layerName, problems }: ProblemBadgeProps) {
  if (!problems || problems.length === 0) return null
  const error = problems.some((problem) => problem.severity === 'error')
  const Icon = error ? CircleAlert : TriangleAlert
  return (
    <Popover
      label={t('Problems of {{name}}', { name: layerName })}
      content={<ProblemCards problems={problems} />}
    >
      <button
        type="button"
        // React Flow must neither drag the layer nor pan when the badge is pressed.
        className={`problem-badge nodrag nopan ${error ? '' : 'problem-badge--warning'}`}
        aria-label={t('{{count, number}} problems of {{name}}', { count: problems.length, name: layerName })}
        onClick={(event) => {
          event.stopPropagation()
          useProject.getState().select([layerId])
        }}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <Icon size={12} aria-hidden />
        {problems.length}
      </button>
    </Popover>
  )
}

function ProblemCards({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className="problem-cards">
      {problems.map((problem) => (
        <ProblemCard key={`${problem.code}:${problem.message}`} problem={problem} />
      ))}
    </div>
  )
}

/** One problem: message, hint, fix. */
export function ProblemCard({ problem }: { readonly problem: Problem }) {
  const error = problem.severity === 'error'
  const Icon = error ? CircleAlert : TriangleAlert
  return (
    <div className="problem-card">
      <p className="problem-card__message">
        <Icon
          size={15}
          className={error ? 'is-danger' : 'is-warning'}
          aria-label={t(error ? 'Error:' : 'Warning:')}
        />
        <span>{sentence(problem.message)}</span>
      </p>
      {problem.hint !== undefined && <p className="problem-card__hint">{sentence(problem.hint)}</p>}
      <FixButtons problem={problem} />
    </div>
  )
}
