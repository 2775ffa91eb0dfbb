import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField, rangeProblem } from '../../ui/number-input.tsx'

/** How a text shall be cut into rows. */
export interface TextChoices {
  readonly windowLength: number
  readonly vocabularySize: number
}

const lengths = { min: 2, max: 4096, integer: true }
const sizes = { min: 2, max: 65_536, integer: true }

interface ImportTextDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onChoose: (choices: TextChoices) => void
}

/** Asks how long windows are before a text is chosen. */
export function ImportTextDialog({ open, onClose, onChoose }: ImportTextDialogProps) {
  const [windowLength, setWindowLength] = useState(64)
  const [vocabularySize, setVocabularySize] = useState(256)
  const isWrong =
    rangeProblem({ value: windowLength, ...lengths }) ?? rangeProblem({ value: vocabularySize, ...sizes })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('Import a text')}
      description={t(
        'A plain text becomes windows of characters, for a model that predicts each next one. The first part of the text is for training, the last ones for validation and test.',
      )}
      actions={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            variant="primary"
            icon={FileUp}
            disabled={isWrong !== undefined}
            onClick={() => onChoose({ windowLength, vocabularySize })}
          >
            {t('Choose file…')}
          </Button>
        </>
      }
    >
      <div className="import-text">
        <NumberField
          layout="column"
          label={t('Characters per window')}
          note={t('What the model sees at once: the length of its input.')}
          value={windowLength}
          step={16}
          {...lengths}
          onChange={setWindowLength}
        />
        <NumberField
          layout="column"
          label={t('Different characters')}
          note={t('The most frequent ones are told apart, all others count as one unknown character.')}
          value={vocabularySize}
          step={16}
          {...sizes}
          onChange={setVocabularySize}
        />
      </div>
    </Dialog>
  )
}
