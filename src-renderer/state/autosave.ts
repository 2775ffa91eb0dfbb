import { call } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'
import { checkOutsideChange } from './outside-change.ts'
import { useProject } from './project-store.ts'

/** Soon enough that nothing is lost, late enough that typing is not a storm of writes. */
export const autosaveAfterMs = 800

let timer: ReturnType<typeof setTimeout> | undefined
let saving: Promise<boolean> | undefined

/** Stores the document shortly after each change from now on; returns what ends it. */
export function startAutosave(): () => void {
  const stop = useProject.subscribe((state, before) => {
    if (state.document === before.document || state.project?.id !== before.project?.id) return
    clearTimeout(timer)
    if (state.saveState === 'unsaved') timer = setTimeout(() => void flush(), autosaveAfterMs)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** Stores unsaved changes now. True when everything is stored; a failure is told to the person and false comes back. */
export function flush(): Promise<boolean> {
  return store('autosave')
}

/**
 * Keeps a version of the document and writes its file, if it has one; over what another program wrote there only with
 * `overwrite`.
 */
export function save(overwrite = false): Promise<boolean> {
  return store('save', overwrite)
}

async function store(reason: 'autosave' | 'save', overwrite = false): Promise<boolean> {
  clearTimeout(timer)
  // One write at a time, in order; what changed meanwhile goes with the next.
  while (saving) await saving
  const { project, document, savedDocument, noteSaving, noteSaved, noteSaveFailed } = useProject.getState()
  if (!project || !document) return true
  if (reason === 'autosave' && document === savedDocument) return true
  noteSaving()
  saving = call('projects.save', { projectId: project.id, document, reason, overwrite }).then((answer) => {
    saving = undefined
    // The answer may come when another project is open already.
    const stillOpen = useProject.getState().project?.id === project.id
    if (answer.ok) {
      const { filePath, savedAt: updatedAt } = answer.value
      if (stillOpen) noteSaved(document, { filePath, updatedAt }, reason === 'save')
    } else {
      if (stillOpen) noteSaveFailed()
      notifyProblems(answer.problems)
      if (answer.problems.some(({ code }) => code === 'file.changedOutside')) void checkOutsideChange()
    }
    return answer.ok
  })
  return saving
}
