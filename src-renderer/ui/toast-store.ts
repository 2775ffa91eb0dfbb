import { create } from 'zustand'
import { sentence } from '../../src-core/language/sentence.ts'
import type { Problem } from '../../src-core/problems.ts'

export interface ToastMessage {
  readonly id: number
  readonly tone: 'neutral' | 'danger' | 'warning' | 'success'
  readonly title: string
  readonly detail?: string | undefined
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined
}

interface ToastState {
  readonly toasts: readonly ToastMessage[]
  readonly show: (toast: Omit<ToastMessage, 'id'>) => void
  readonly dismiss: (id: number) => void
}

let nextId = 1

export const useToasts = create<ToastState>()((set) => ({
  toasts: [],
  show: (toast) =>
    set((state) => {
      const others = state.toasts.filter(
        (shown) => shown.title !== toast.title || shown.detail !== toast.detail,
      )
      return { toasts: [...others.slice(-3), { ...toast, id: nextId++ }] }
    }),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}))

/** Tells the person something that happened. */
export function notify(toast: Omit<ToastMessage, 'id'>): void {
  useToasts.getState().show(toast)
}

/** Tells the person what went wrong and what to do about it. */
export function notifyProblems(problems: readonly Problem[]): void {
  for (const problem of problems) {
    notify({
      tone: problem.severity === 'error' ? 'danger' : 'warning',
      title: sentence(problem.message),
      detail: problem.hint === undefined ? undefined : sentence(problem.hint),
    })
  }
}
