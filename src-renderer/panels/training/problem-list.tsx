import { CircleAlert, TriangleAlert } from 'lucide-react'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { FixButtons } from '../../canvas/fix-buttons.tsx'
import { useProject } from '../../state/project-store.ts'
import { classNames } from '../../ui/class-names.ts'

interface ProblemListProps {
  readonly title: string
  readonly problems: readonly Problem[]
}

/** Why something did not happen, each with what to do about it and, where there is one, a remedy to apply. */
export function ProblemList({ title, problems }: ProblemListProps) {
  const hasDocument = useProject((state) => state.document !== null)
  const isMild = problems.every(({ severity }) => severity === 'warning')
  return (
    <div className={classNames('problem-list', isMild && 'problem-list--warning')} role="alert">
      <h3 className="problem-list__title">{title}</h3>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.code}-${problem.message}`} className="problem-list__row">
            {problem.severity === 'error' ? (
              <CircleAlert className="problem-list__error" size={15} aria-label={t('Problem:')} />
            ) : (
              <TriangleAlert className="problem-list__warning" size={15} aria-label={t('Warning:')} />
            )}
            <div>
              <p>{sentence(problem.message)}</p>
              {problem.hint !== undefined && <p className="problem-list__hint">{sentence(problem.hint)}</p>}
            </div>
            {hasDocument && <FixButtons problem={problem} />}
          </li>
        ))}
      </ul>
    </div>
  )
}
