import { Copy, PenLine, Square } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { type TextSettings, textSettingsSchema } from '../../../src-core/text/text-settings.ts'
import { call } from '../../bridge/call.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-input.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { notify, notifyProblems } from '../../ui/toast-store.ts'
import { ProblemList } from '../training/problem-list.tsx'
import './generate-text-dialog.css'
import { useTextGeneration, type WrittenText } from './use-text-generation.ts'

interface GenerateTextDialogProps {
  readonly runId: number
  readonly open: boolean
  readonly onClose: () => void
}

const first = textSettingsSchema.parse({ prompt: 'When I ', length: 400 })

/** A desk where a trained run writes on what a person begins. */
export function GenerateTextDialog({ runId, open, onClose }: GenerateTextDialogProps) {
  const [settings, setSettings] = useState<TextSettings>(first)
  const { writing, written, problems, generate, cancel } = useTextGeneration(runId)
  const change = (changed: Partial<TextSettings>) => setSettings((known) => ({ ...known, ...changed }))
  const isRight = textSettingsSchema.safeParse(settings).success
  const write = (changed: Partial<TextSettings> = {}) => {
    change(changed)
    void generate({ ...settings, ...changed })
  }
  const close = () => {
    if (writing) void cancel()
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      wide
      title={t('Generate text')}
      description={t('Run {{id}} writes on what you begin, one character at a time.', { id: runId })}
      actions={
        writing ? (
          <Button icon={Square} onClick={() => void cancel()}>
            {t('Stop')}
          </Button>
        ) : (
          <>
            {written && (
              <Button disabled={!isRight} onClick={() => write({ seed: settings.seed + 1 })}>
                {t('Another one')}
              </Button>
            )}
            <Button variant="primary" icon={PenLine} disabled={!isRight} onClick={() => write()}>
              {t('Generate')}
            </Button>
          </>
        )
      }
    >
      <div className="generate-text">
        <TextSettingsForm
          settings={settings}
          onChange={change}
          onSubmit={() => {
            if (isRight && !writing) write()
          }}
        />
        {problems.length > 0 && <ProblemList title={t('No text was written')} problems={problems} />}
        <TextSheet written={written} writing={writing} />
      </div>
    </Dialog>
  )
}

interface TextSettingsFormProps {
  readonly settings: TextSettings
  readonly onChange: (changed: Partial<TextSettings>) => void
  /** Enter in a field. */
  readonly onSubmit: () => void
}

function TextSettingsForm({ settings, onChange, onSubmit }: TextSettingsFormProps) {
  return (
    <form
      className="generate-text__settings"
      aria-label={t('How to write')}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <TextField
        layout="column"
        label={t('Prompt')}
        value={settings.prompt}
        {...(settings.prompt === ''
          ? { problem: t('The text must begin with at least one character.') }
          : {})}
        onChange={(prompt) => onChange({ prompt })}
      />
      <button type="submit" hidden />
      <div className="generate-text__numbers">
        <NumberField
          layout="column"
          label={t('Characters')}
          value={settings.length}
          min={1}
          max={20_000}
          step={50}
          integer
          onChange={(length) => onChange({ length })}
        />
        <NumberField
          layout="column"
          label={t('Temperature')}
          description={t(
            'Below 1 the likely becomes likelier, above 1 the text becomes bolder; 0 always takes the likeliest character.',
          )}
          value={settings.temperature}
          min={0}
          max={10}
          step={0.1}
          onChange={(temperature) => onChange({ temperature })}
        />
        <NumberField
          layout="column"
          label={t('Top-k')}
          description={t('Draws from so many of the likeliest characters; 0 is all of them.')}
          value={settings.topK}
          min={0}
          max={1_000_000}
          integer
          onChange={(topK) => onChange({ topK })}
        />
        <NumberField
          layout="column"
          label={t('Seed')}
          description={t('The same seed gives the same text.')}
          value={settings.seed}
          min={0}
          max={2 ** 31 - 1}
          integer
          onChange={(seed) => onChange({ seed })}
        />
      </div>
    </form>
  )
}

function TextSheet({
  written,
  writing,
}: {
  readonly written: WrittenText | undefined
  readonly writing: boolean
}) {
  if (!written) {
    return (
      <p className="generate-text__empty" role="status">
        {writing ? t('Writing…') : t('The text will appear here.')}
      </p>
    )
  }
  return (
    <section className="generate-text__sheet" aria-label={t('Generated text')} aria-busy={writing}>
      <header>
        <span role="status">{writing ? t('Writing the next one…') : seedText(written)}</span>
        <IconButton
          label={t('Copy text')}
          icon={Copy}
          size="small"
          onClick={() => void copy(written.prompt + written.text)}
        />
      </header>
      <pre>
        <span className="generate-text__prompt">{written.prompt}</span>
        {written.text}
      </pre>
    </section>
  )
}

function seedText({ seed, whole }: WrittenText): string {
  return whole ? t('Seed {{seed}}', { seed }) : t('Seed {{seed}}, stopped early', { seed })
}

async function copy(text: string): Promise<void> {
  const answer = await call('clipboard.writeText', { text })
  if (answer.ok) notify({ tone: 'success', title: t('Text copied') })
  else notifyProblems(answer.problems)
}
