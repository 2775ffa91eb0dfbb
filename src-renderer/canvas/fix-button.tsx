import { Wrench } from 'lucide-react'
import type { Problem } from '../../src-core/problems.ts'
import { dispatch } from '../state/project-store.ts'
import { Button } from '../ui/button.tsx'

/** Applies the fix of a problem, as one step of undo; nothing for a problem without one. */
export function FixButton({ problem }: { readonly problem: Problem }) {
  const { fix } = problem
  if (!fix) return null
  return (
    <Button
      size="small"
      icon={Wrench}
      className="problem-card__fix"
      onClick={() => dispatch({ type: 'group', label: fix.label, edits: fix.edits })}
    >
      {fix.label}
    </Button>
  )
}
