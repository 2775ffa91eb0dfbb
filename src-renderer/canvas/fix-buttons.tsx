import { Wrench } from 'lucide-react'
import { usesOf } from '../../src-core/document/blocks/block-kinds.ts'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import { type Fix, type Problem, problemFixes } from '../../src-core/problems.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { Button } from '../ui/button.tsx'

/** The fixes of a problem, each applied as one step of undo; nothing for a problem without any. */
export function FixButtons({ problem }: { readonly problem: Problem }) {
  const fixes = problemFixes(problem)
  if (fixes.length === 0) return null
  return (
    <div className="problem-fixes">
      {fixes.map((fix, index) => (
        <FixButton key={fix.label} fix={fix} first={index === 0} />
      ))}
    </div>
  )
}

function FixButton({ fix, first }: { readonly fix: Fix; readonly first: boolean }) {
  const uses = useProject(({ document }) => {
    const counts = fix.edits.map((edit) =>
      document && edit.type === 'editBlock' ? usesOf(document, edit.blockId) : 1,
    )
    return Math.max(1, ...counts)
  })
  const label = sentence(fix.label)
  return (
    <Button
      size="small"
      variant={first ? 'secondary' : 'ghost'}
      icon={Wrench}
      {...(uses > 1 && {
        title: t('The block is used {{count, number}} times: changes all of them', { count: uses }),
      })}
      onClick={() => dispatch({ type: 'group', label, edits: fix.edits }, { everywhere: true })}
    >
      {label}
    </Button>
  )
}
