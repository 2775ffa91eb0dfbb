import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { t } from '../../src-core/language/t.ts'
import './toast.css'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { type ToastMessage, useToasts } from './toast-store.ts'

const icons = { neutral: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const

/** Shows what `notify` tells, at the corner of the window. Mounted once. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <Radix.Provider label={t('Notification')} swipeDirection="up" duration={6000}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
      <Radix.Viewport label={t('Notifications ({hotkey})')} className="toast-region" />
    </Radix.Provider>
  )
}

function ToastCard({ toast }: { readonly toast: ToastMessage }) {
  const dismiss = useToasts((state) => state.dismiss)
  const Icon = icons[toast.tone]
  const tone = toast.tone !== 'neutral' && `toast--${toast.tone}`
  return (
    <Radix.Root
      className={classNames('toast', tone)}
      // What went wrong stays until it was read.
      duration={toast.tone === 'danger' ? 20_000 : 6_000}
      onOpenChange={(open) => !open && dismiss(toast.id)}
    >
      <Icon className="toast__icon" size={16} aria-hidden />
      <div className="toast__texts">
        <Radix.Title className="toast__title">{toast.title}</Radix.Title>
        {toast.detail !== undefined && (
          <Radix.Description className="toast__detail">{toast.detail}</Radix.Description>
        )}
      </div>
      {toast.action && (
        <Radix.Action altText={toast.action.label} asChild>
          <Button size="small" onClick={toast.action.onSelect}>
            {toast.action.label}
          </Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton label={t('Dismiss')} icon={X} size="small" />
      </Radix.Close>
    </Radix.Root>
  )
}
