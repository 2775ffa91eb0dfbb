interface RunLogProps {
  readonly logs: readonly { readonly level: 'info' | 'warning' | 'error'; readonly message: string }[]
}

/** What a run had to say: why it ended early, when its learning rate fell, what it ran on. The newest comes first. */
export function RunLog({ logs }: RunLogProps) {
  if (logs.length === 0) return null
  const lines = logs.map(({ level, message }, index) => ({
    key: index,
    text: level === 'info' ? message : `${level === 'warning' ? 'Warning' : 'Error'}: ${message}`,
  }))
  return (
    <ul className="run-log" aria-label="Log">
      {lines.reverse().map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  )
}
