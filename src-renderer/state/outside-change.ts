import { create } from 'zustand'
import type { ChannelValue } from '../../src-core/ipc/contract.ts'
import { call } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { useProject } from './project-store.ts'

type OutsideChange = ChannelValue<'projects.outsideChange'>

/** What another program wrote into the file of the open project, while the person has not chosen whose state counts. */
export const useOutsideChange = create<{ readonly change: OutsideChange }>()(() => ({ change: null }))

/** Asks main whether another program changed the file of the open project, and shows the choice if so. */
export async function checkOutsideChange(): Promise<void> {
  const { project } = useProject.getState()
  if (!project || project.filePath === null) return
  const answer = await call('projects.outsideChange', { projectId: project.id })
  if (useProject.getState().project?.id !== project.id) return
  if (answer.ok) useOutsideChange.setState({ change: answer.value })
  else notifyProblems(answer.problems)
}

/** The choice was made, or put off until the next save. */
export function forgetOutsideChange(): void {
  useOutsideChange.setState({ change: null })
}
