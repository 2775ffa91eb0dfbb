import { t } from '../../src-core/language/t.ts'
import { addLayersOf } from '../canvas/clipboard-actions.ts'
import { offerDocument, useOfferedDocument } from '../state/offered-document.ts'
import { createProject } from '../state/project-actions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Asks what to do with a whole document that was pasted onto the canvas. */
export function OfferedDocumentDialog() {
  const document = useOfferedDocument((state) => state.document)
  const close = () => offerDocument(null)
  if (!document) return null
  const count = document.layers.length
  const choose = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <Dialog
      open
      onClose={close}
      title={t('A whole model was pasted')}
      actions={
        <>
          <Button onClick={close}>{t('Cancel')}</Button>
          <Button onClick={choose(() => void createProject(document))}>{t('Open as a new project')}</Button>
          <Button variant="primary" disabled={count === 0} onClick={choose(() => addLayersOf(document))}>
            {t('Add {{count, number}} layers', { count })}
          </Button>
        </>
      }
    >
      <p>
        {t(
          'The clipboard holds the model “{{name}}” with {{count, number}} layers. What it draws can be added to this drawing, whose data and training settings stay as they are.',
          { name: document.name, count },
        )}
      </p>
    </Dialog>
  )
}
