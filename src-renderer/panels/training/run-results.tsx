import { metricLabel, metricText } from './metric-text.ts'

interface RunResultsProps {
  /** What the values were measured on, e.g. `Test data`. */
  readonly title: string
  readonly values: Readonly<Record<string, number>>
}

/** The outcome of a run, large: the first thing to read. The loss comes last. */
export function RunResults({ title, values }: RunResultsProps) {
  const names = Object.keys(values).sort((one, other) => Number(one === 'loss') - Number(other === 'loss'))
  return (
    // biome-ignore lint/a11y/useSemanticElements: values, not form controls
    <div className="run-results" role="group" aria-label={title}>
      <h3 className="run-results__title">{title}</h3>
      <dl className="run-results__values">
        {names.map((name) => (
          <div key={name}>
            <dt>{metricLabel(name)} </dt>
            <dd className="numeric">{metricText(name, values[name])}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
