import { ProblemCard } from '../../canvas/problem-badge.tsx'
import { useCompile } from '../../state/compile-store.ts'

/** Problems of a layer that belong to no single field; those stand beside their fields. */
export function LayerProblems({ layerId }: { readonly layerId: string }) {
  const problems = useCompile((state) => state.layers.get(layerId)?.problems)
  const general = problems?.filter((problem) => problem.parameter === undefined) ?? []
  if (general.length === 0) return null
  return (
    <div className="section problem-cards">
      {general.map((problem) => (
        <ProblemCard key={`${problem.code}:${problem.message}`} problem={problem} />
      ))}
    </div>
  )
}
