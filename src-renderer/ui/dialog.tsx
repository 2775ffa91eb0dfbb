import { X } from 'lucide-react'
import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '../../src-core/language/t.ts'
import './dialog.css'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { EscapeContext } from './escape-context.ts'
import { useOpenDialog } from './open-dialogs.ts'
import { useReturnFocus } from './return-focus.ts'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: string
  readonly actions?: ReactNode
  readonly wide?: boolean
  /** Takes nearly the whole window. */
  readonly full?: boolean
  readonly children?: ReactNode
}

/** A window over the app; Escape and the backdrop close it. */
export function Dialog({ open, onClose, title, description, actions, wide, full, children }: DialogProps) {
  const focus = useReturnFocus(open)
  useOpenDialog(open, onClose)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <EscapeContext value={onClose}>
        <Radix.Portal>
          <Radix.Overlay className="dialog__backdrop" />
          <Radix.Content
            className={classNames('dialog', wide && 'dialog--wide', full && 'dialog--full')}
            {...(description === undefined ? { 'aria-describedby': undefined } : {})}
            // The window itself, not its first button, whose tooltip would cover what it says.
            onOpenAutoFocus={(event) => {
              if (event.target instanceof HTMLElement) event.target.focus()
              event.preventDefault()
            }}
            onCloseAutoFocus={focus.giveBack}
          >
            <header className="dialog__header">
              <Radix.Title className="dialog__title">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label={t('Close')} icon={X} size="small" />
              </Radix.Close>
            </header>
            {description !== undefined && (
              <Radix.Description className="dialog__description">{description}</Radix.Description>
            )}
            <div className="dialog__body">{children}</div>
            {actions !== undefined && <footer className="dialog__actions">{actions}</footer>}
          </Radix.Content>
        </Radix.Portal>
      </EscapeContext>
    </Radix.Root>
  )
}

interface ConfirmDialogProps {
  readonly open: boolean
  readonly title: string
  readonly description: string
  /** The verb of what will happen, e.g. "Delete run". */
  readonly confirmLabel: string
  readonly danger?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, description, confirmLabel, danger, onConfirm, onCancel } = props
  const focus = useReturnFocus(open)
  useOpenDialog(open, onCancel)
  return (
    <RadixAlert.Root open={open} onOpenChange={(next) => !next && onCancel()}>
      <EscapeContext value={onCancel}>
        <RadixAlert.Portal>
          <RadixAlert.Overlay className="dialog__backdrop" />
          <RadixAlert.Content className="dialog" onCloseAutoFocus={focus.giveBack}>
            <header className="dialog__header">
              <RadixAlert.Title className="dialog__title">{title}</RadixAlert.Title>
            </header>
            <div className="dialog__body">
              <RadixAlert.Description>{description}</RadixAlert.Description>
            </div>
            <footer className="dialog__actions">
              <RadixAlert.Cancel asChild>
                <Button>{t('Cancel')}</Button>
              </RadixAlert.Cancel>
              <RadixAlert.Action asChild>
                <Button variant={danger ? 'danger' : 'primary'} onClick={onConfirm}>
                  {confirmLabel}
                </Button>
              </RadixAlert.Action>
            </footer>
          </RadixAlert.Content>
        </RadixAlert.Portal>
      </EscapeContext>
    </RadixAlert.Root>
  )
}
