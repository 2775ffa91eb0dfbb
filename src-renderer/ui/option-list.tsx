import { type LucideIcon, Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { classNames } from './class-names.ts'
import './option-list.css'

export interface Option {
  readonly id: string
  readonly label: string
  /** Stands over the first of several options with the same group. */
  readonly group?: string | undefined
  /** Beside the label, quieter. */
  readonly detail?: string | undefined
  readonly icon?: LucideIcon | undefined
  /** A CSS colour for the icon. */
  readonly colour?: string | undefined
  /** E.g. `Ctrl+Z`. */
  readonly shortcut?: string | undefined
  /** Why it cannot be chosen now. */
  readonly unavailable?: string | undefined
  /** Shown below the list while the option is the active one. */
  readonly about?: string | undefined
}

interface OptionListProps {
  /** Accessible name of the input and the list. */
  readonly label: string
  readonly placeholder: string
  /** The options for what was typed, best first. */
  readonly search: (query: string) => readonly Option[]
  readonly onChoose: (id: string) => void
  /** Told whenever another option becomes the active one. */
  readonly onActive?: (id: string | undefined) => void
  /** What stands in place of an empty list. */
  readonly empty: (query: string) => ReactNode
}

const pageStep = 8

/**
 * A search field over a list: what is typed filters, arrows move, Enter chooses. The focus stays in the field; screen
 * readers follow the active option (WAI-ARIA combobox with a listbox).
 */
export function OptionList({ label, placeholder, search, onChoose, onActive, empty }: OptionListProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const options = useMemo(() => search(query), [search, query])
  const index = Math.min(chosen, options.length - 1)
  const active = options[index]
  const activeId = active?.id
  useEffect(() => {
    onActive?.(activeId)
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [activeId, onActive])
  const choose = (option: Option | undefined) => {
    if (option && option.unavailable === undefined) onChoose(option.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, index, options.length)
    if (to !== undefined) setChosen(to)
    if (event.key === 'Enter') choose(active)
    if (to !== undefined || event.key === 'Enter') event.preventDefault()
  }
  return (
    <div className="option-list">
      <div className="option-list__search">
        <Search size={15} aria-hidden />
        <input
          // The list is opened to type into it.
          // biome-ignore lint/a11y/noAutofocus: the person asked for this field by a key or a button
          autoFocus
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={active ? `${id}-${index}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {options.length === 0 && <p className="option-list__empty">{empty(query)}</p>}
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className="option-list__options">
        {options.map((option, at) => (
          <OptionRow
            key={option.id}
            id={`${id}-${at}`}
            option={option}
            heading={option.group === options[at - 1]?.group ? undefined : option.group}
            active={at === index}
            onPoint={() => setChosen(at)}
            onChoose={() => choose(option)}
          />
        ))}
      </div>
      {(active?.unavailable ?? active?.about) !== undefined && (
        <p className="option-list__about">{active?.unavailable ?? active?.about}</p>
      )}
    </div>
  )
}

/** Where a key leads in a list; undefined for keys that do not. */
function target(key: string, index: number, length: number): number | undefined {
  if (length === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % length
    case 'ArrowUp':
      return (index - 1 + length) % length
    case 'PageDown':
      return Math.min(length - 1, index + pageStep)
    case 'PageUp':
      return Math.max(0, index - pageStep)
    default:
      return undefined
  }
}

interface OptionRowProps {
  readonly id: string
  readonly option: Option
  readonly heading: string | undefined
  readonly active: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

function OptionRow({ id, option, heading, active, onPoint, onChoose }: OptionRowProps) {
  const { icon: Icon, unavailable } = option
  return (
    <>
      {heading !== undefined && (
        <div role="presentation" className="option-list__heading">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, see aria-activedescendant */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled in the field */}
      <div
        id={id}
        role="option"
        aria-selected={active}
        aria-disabled={unavailable !== undefined || undefined}
        title={unavailable}
        className={classNames('option-list__option', active && 'option-list__option--active')}
        onPointerMove={onPoint}
        // Pressing must not take the focus out of the field.
        onPointerDown={(event) => event.preventDefault()}
        onClick={onChoose}
      >
        {Icon && <Icon size={15} aria-hidden style={{ color: option.colour }} />}
        <span className="option-list__label truncate">{option.label}</span>
        {option.detail !== undefined && <span className="option-list__detail truncate">{option.detail}</span>}
        {option.shortcut !== undefined && <kbd className="option-list__shortcut">{option.shortcut}</kbd>}
      </div>
    </>
  )
}
