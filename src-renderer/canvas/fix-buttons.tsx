import { Wrench } from 'lucide-react'
import { sentence } from '../../src-core/language/sentence.ts'
import { type Problem, problemFixes } from '../../src-core/problems.ts'
import { dispatch } from '../state/project-store.ts'
import { Button } from '../ui/button.tsx'

/** The fixes of a problem, each applied as one step of undo; nothing for a problem without any. */
export function FixButtons({ problem }: { readonly problem: Problem }) {
  const fixes = problemFixes(problem)
  if (fixes.length === 0) return null
  return (
    <div className="problem-fixes">
      {fixes.map((fix, index) => (
        <Button
          key={fix.label}
          size="small"
          variant={index === 0 ? 'secondary' : 'ghost'}
          icon={Wrench}
          onClick={() =>
            dispatch({ type: 'group', label: sentence(fix.label), edits: fix.edits }, { everywhere: true })
          }
        >
          {sentence(fix.label)}
        </Button>
      ))}
    </div>
  )
}
