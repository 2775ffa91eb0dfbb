import { Trans } from 'react-i18next'
import { t, translations } from '../../src-core/language/t.ts'
import { save } from '../state/autosave.ts'
import { forgetOutsideChange, useOutsideChange } from '../state/outside-change.ts'
import { saveProjectAs } from '../state/project-actions.ts'
import { dispatch } from '../state/project-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Another program changed the file of the open project: asks whose state counts. None of the choices loses work. */
export function OutsideChangeDialog() {
  const change = useOutsideChange((state) => state.change)
  if (!change) return null
  const { document, filePath } = change
  const keepMine = () => {
    forgetOutsideChange()
    void save(true)
  }
  const takeTheirs = () => {
    forgetOutsideChange()
    dispatch({ type: 'replaceDocument', document })
    void save(true)
  }
  const saveCopy = async () => {
    if (await saveProjectAs()) forgetOutsideChange()
  }
  const layers = t('{{count, number}} layers', { count: document.layers.length })
  return (
    <Dialog
      open
      onClose={forgetOutsideChange}
      title={t('The file was changed by another program')}
      actions={
        <>
          <Button onClick={() => void saveCopy()}>{t('Save mine as a copy…')}</Button>
          <Button onClick={takeTheirs}>{t('Take theirs')}</Button>
          <Button variant="primary" onClick={keepMine}>
            {t('Keep mine')}
          </Button>
        </>
      }
    >
      <p>
        <Trans
          i18n={translations}
          i18nKey="<code>{{file}}</code> now holds “{{name}}” with {{layers}}. “Keep mine” writes this drawing over it, “Take theirs” shows what the file holds and can be undone, and a copy leaves both as they are."
          components={{ code: <code /> }}
          values={{ file: filePath, name: document.name, layers }}
        />
      </p>
    </Dialog>
  )
}
