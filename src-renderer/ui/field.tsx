import { CircleAlert, TriangleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import './field.css'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

/** What is wrong with a field: a sentence, or a sentence with its weight. */
export type FieldProblem = string | { readonly message: string; readonly severity: 'error' | 'warning' }

export interface FieldTexts {
  readonly label: string
  /** Shown when the label is hovered, and read with the control. */
  readonly description?: string | undefined
  /** Shown below the control. */
  readonly note?: ReactNode
  readonly problem?: FieldProblem | undefined
  /** Label beside the control or above it. */
  readonly layout?: 'row' | 'column'
}

/** What a control must carry to belong to its label, description and problem. */
export interface ControlAttributes {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

interface FieldProps extends FieldTexts {
  readonly children: (attributes: ControlAttributes) => ReactNode
  /** Several controls under one label: the label names the group instead of one control. */
  readonly group?: boolean
}

/** Label, description, note and problem around any control. */
export function Field({ label, description, note, problem, layout = 'row', group, children }: FieldProps) {
  const id = useId()
  const described: string[] = []
  if (description !== undefined) described.push(`${id}-description`)
  if (note !== undefined) described.push(`${id}-note`)
  if (problem !== undefined) described.push(`${id}-problem`)
  const attributes: ControlAttributes = {
    id: `${id}-control`,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': problem !== undefined || undefined,
  }
  const caption = <span className="truncate">{label}</span>
  const labelled = group ? (
    <span id={`${id}-label`} className="field__label">
      {caption}
    </span>
  ) : (
    <label htmlFor={attributes.id} className="field__label">
      {caption}
    </label>
  )
  return (
    <div
      className={classNames('field', layout === 'row' && 'field--row')}
      {...(group ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}
    >
      {description === undefined ? (
        labelled
      ) : (
        <Tooltip content={description} side="left">
          {labelled}
        </Tooltip>
      )}
      <div className="field__control">{children(attributes)}</div>
      {description !== undefined && (
        <span id={`${id}-description`} hidden>
          {description}
        </span>
      )}
      {note !== undefined && (
        <div id={`${id}-note`} className="field__note">
          {note}
        </div>
      )}
      {problem !== undefined && <ProblemLine id={`${id}-problem`} problem={problem} />}
    </div>
  )
}

function ProblemLine({ id, problem }: { readonly id: string; readonly problem: FieldProblem }) {
  const message = typeof problem === 'string' ? problem : problem.message
  const warning = typeof problem !== 'string' && problem.severity === 'warning'
  const Icon = warning ? TriangleAlert : CircleAlert
  return (
    <div id={id} className={classNames('field__problem', warning && 'field__problem--warning')}>
      <Icon size={13} aria-label={t(warning ? 'Warning:' : 'Problem:')} />
      <span>{sentence(message)}</span>
    </div>
  )
}
