import { create } from 'zustand'
import { type SavedBlock, savedBlock } from '../../src-core/document/blocks/saved-block.ts'
import { t } from '../../src-core/language/t.ts'
import type { Result } from '../../src-core/problems.ts'
import { call } from '../bridge/call.ts'
import { notify, notifyProblems } from '../ui/toast-store.ts'
import { useProject } from './project-store.ts'

interface BlockLibraryState {
  /** The blocks that the person keeps in this workspace. */
  readonly saved: readonly SavedBlock[]
  readonly refresh: () => Promise<void>
  /** Keeps a block of the open document, with the blocks inside of it. */
  readonly save: (blockId: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
}

export const useBlockLibrary = create<BlockLibraryState>()((set) => {
  const take = (answer: Result<SavedBlock[]>): boolean => {
    if (answer.ok) set({ saved: answer.value })
    else notifyProblems(answer.problems)
    return answer.ok
  }
  return {
    saved: [],
    refresh: async () => {
      take(await call('blocks.list', {}))
    },
    save: async (blockId) => {
      const { document } = useProject.getState()
      const block = document && savedBlock(document, blockId)
      if (!block) return
      if (!block.ok) {
        notifyProblems(block.problems)
        return
      }
      const { name } = block.value
      if (take(await call('blocks.save', block.value))) {
        notify({
          tone: 'success',
          title: t('{{name}} is kept', { name }),
          detail: t('It is in the palette of every project, under "My blocks".'),
        })
      }
    },
    remove: async (name) => {
      take(await call('blocks.remove', { name }))
    },
  }
})
