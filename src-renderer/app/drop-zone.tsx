import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { t } from '../../src-core/language/t.ts'
import { takeDropped } from '../state/project-actions.ts'
import './drop-zone.css'

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Takes files that are dropped anywhere on the window, and says so while they hang over it. */
export function DropZone() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      // Otherwise the browser refuses the drop.
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      // From one element to the next it leaves, too; the window is left for nothing.
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      setOver(false)
      if (!holdsFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) void takeDropped(files)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-zone" role="status">
      <p className="drop-zone__text">
        <FileDown size={20} aria-hidden />{' '}
        {t('Drop to open a model, or to import a table, IDX files or a text')}
      </p>
    </div>
  )
}
