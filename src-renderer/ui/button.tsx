import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import './button.css'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

type ButtonProps = ComponentPropsWithRef<'button'> & {
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  readonly size?: 'small' | 'medium'
  readonly icon?: LucideIcon | undefined
  /** Shows a spinner and takes no clicks. */
  readonly busy?: boolean
}

/** A button with a visible label. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const iconSize = size === 'small' ? 14 : 16
  return (
    <button
      type="button"
      className={classNames('button', `button--${variant}`, size === 'small' && 'button--small', className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <LoaderCircle className="button__spinner" size={iconSize} aria-hidden />}
      {!busy && Icon && <Icon size={iconSize} aria-hidden />}
      <span className="button__label">{children}</span>
    </button>
  )
}

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'aria-label'> & {
  /** Accessible name, also shown as the tooltip. */
  readonly label: string
  readonly icon: LucideIcon
  readonly size?: 'small' | 'medium'
  /** A longer tooltip than the label. */
  readonly tooltip?: ReactNode
  /** Shown in the tooltip, e.g. `Ctrl+Z`. */
  readonly shortcut?: string | undefined
}

/** A button that shows only an icon; its name is in the tooltip and for screen readers. */
export function IconButton({
  label,
  icon: Icon,
  size = 'medium',
  tooltip,
  shortcut,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={tooltip ?? label} shortcut={shortcut}>
      <button
        type="button"
        className={classNames('icon-button', size === 'small' && 'icon-button--small', className)}
        aria-label={label}
        {...rest}
      >
        <Icon size={size === 'small' ? 14 : 17} aria-hidden />
      </button>
    </Tooltip>
  )
}
