import type { TreeInstance } from '@headless-tree/core'
import { type KeyboardEvent, useRef } from 'react'
import { goToTyped } from './outline-actions.ts'
import type { OutlineLine } from './outline-lines.ts'

/** A pause this long begins another word. */
const wordPauseMs = 600

/**
 * Leads to the line whose label begins with what is typed. By the character, not by the key as Headless Tree's hotkeys
 * are: names hold underscores and letters of any script.
 */
export function useTypeAhead(tree: TreeInstance<OutlineLine>): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 })
  return (event) => {
    const { key, ctrlKey, metaKey, altKey, timeStamp } = event
    if (event.defaultPrevented || ctrlKey || metaKey || altKey || [...key].length !== 1 || key === ' ') return
    const goesOn = timeStamp - typed.current.at < wordPauseMs
    typed.current = { text: goesOn ? typed.current.text + key : key, at: timeStamp }
    goToTyped(tree, typed.current.text)
    event.preventDefault()
  }
}
