import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'

type Level = 'info' | 'warning' | 'error'

interface RunLogProps {
  readonly logs: readonly { readonly level: Level; readonly message: string }[]
}

/** What a run had to say: why it ended early, when its learning rate fell, what it ran on. The newest comes first. */
export function RunLog({ logs }: RunLogProps) {
  if (logs.length === 0) return null
  const lines = logs.map(({ level, message }, index) => ({
    key: index,
    text: lineText(level, sentence(message)),
  }))
  return (
    <ul className="run-log" aria-label={t('Log')}>
      {lines.reverse().map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  )
}

function lineText(level: Level, message: string): string {
  if (level === 'info') return message
  return level === 'warning' ? t('Warning: {{message}}', { message }) : t('Error: {{message}}', { message })
}
