import { Copy, PenLine, Square } from 'lucide-react'
import { useState } from 'react'
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
      title="Generate text"
      description={`Run ${runId} writes on what you begin, one character at a time.`}
      actions={
        writing ? (
          <Button icon={Square} onClick={() => void cancel()}>
            Stop
          </Button>
        ) : (
          <>
            {written && (
              <Button disabled={!isRight} onClick={() => write({ seed: settings.seed + 1 })}>
                Another one
              </Button>
            )}
            <Button variant="primary" icon={PenLine} disabled={!isRight} onClick={() => write()}>
              Generate
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
        {problems.length > 0 && <ProblemList title="No text was written" problems={problems} />}
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
      aria-label="How to write"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <TextField
        layout="column"
        label="Prompt"
        value={settings.prompt}
        {...(settings.prompt === '' ? { problem: 'The text must begin with at least one character.' } : {})}
        onChange={(prompt) => onChange({ prompt })}
      />
      <button type="submit" hidden />
      <div className="generate-text__numbers">
        <NumberField
          layout="column"
          label="Characters"
          value={settings.length}
          min={1}
          max={20_000}
          step={50}
          integer
          onChange={(length) => onChange({ length })}
        />
        <NumberField
          layout="column"
          label="Temperature"
          description="Below 1 the likely becomes likelier, above 1 the text becomes bolder; 0 always takes the likeliest character."
          value={settings.temperature}
          min={0}
          max={10}
          step={0.1}
          onChange={(temperature) => onChange({ temperature })}
        />
        <NumberField
          layout="column"
          label="Top-k"
          description="Draws from so many of the likeliest characters; 0 is all of them."
          value={settings.topK}
          min={0}
          max={1_000_000}
          integer
          onChange={(topK) => onChange({ topK })}
        />
        <NumberField
          layout="column"
          label="Seed"
          description="The same seed gives the same text."
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
        {writing ? 'Writing…' : 'The text will appear here.'}
      </p>
    )
  }
  return (
    <section className="generate-text__sheet" aria-label="Generated text" aria-busy={writing}>
      <header>
        <span role="status">
          {writing
            ? 'Writing the next one…'
            : `Seed ${written.seed}${written.whole ? '' : ', stopped early'}`}
        </span>
        <IconButton
          label="Copy text"
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

async function copy(text: string): Promise<void> {
  const answer = await call('clipboard.writeText', { text })
  if (answer.ok) notify({ tone: 'success', title: 'Text copied' })
  else notifyProblems(answer.problems)
}
