import { useEffect } from 'react'
import { create } from 'zustand'
import type { Template } from '../../src-core/ipc/contract.ts'
import { inGalleryOrder } from '../../src-core/templates/template-facts.ts'
import { call } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'

interface TemplateState {
  /** In the order of the gallery; null until they have come. */
  readonly templates: readonly Template[] | null
  readonly asking: boolean
}

/** The templates that ship with the app: they stay the same while it runs, so they are asked for once. */
export const useTemplateStore = create<TemplateState>()(() => ({ templates: null, asking: false }))

/** Asks for the templates unless they are there or on their way. */
export async function loadTemplates(): Promise<void> {
  const { templates, asking } = useTemplateStore.getState()
  if (templates || asking) return
  useTemplateStore.setState({ asking: true })
  const answer = await call('templates.list', {})
  useTemplateStore.setState({ asking: false, ...(answer.ok && { templates: inGalleryOrder(answer.value) }) })
  if (!answer.ok) notifyProblems(answer.problems)
}

/** The templates, for a component that shows them at once; null until they have come. */
export function useTemplates(): readonly Template[] | null {
  useEffect(() => {
    void loadTemplates()
  }, [])
  return useTemplateStore((state) => state.templates)
}
