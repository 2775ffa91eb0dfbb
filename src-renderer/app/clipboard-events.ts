import { copiedText, deleteCut, pasteText } from '../canvas/clipboard-actions.ts'
import { placeOf } from './shortcuts.ts'

/**
 * Answers the system's copy, cut and paste (keys and menu) while the focus is on the canvas. Texts that are selected
 * and fields that are typed into keep theirs. Returns what ends it.
 */
export function startClipboard(): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const text = isAboutLayers(event) ? copiedText() : undefined
    if (text === undefined || !event.clipboardData) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
    if (event.type === 'cut') deleteCut()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!isAboutLayers(event) || !event.clipboardData) return
    event.preventDefault()
    pasteText(event.clipboardData.getData('text/plain'))
  }
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
  document.addEventListener('paste', onPaste)
  return () => {
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCopy)
    document.removeEventListener('paste', onPaste)
  }
}

function isAboutLayers(event: ClipboardEvent): boolean {
  const selection = document.getSelection()
  if (event.type !== 'paste' && selection && !selection.isCollapsed) return false
  return placeOf(document.activeElement) === 'canvas'
}
