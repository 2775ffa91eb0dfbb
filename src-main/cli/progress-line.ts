import cliProgress from 'cli-progress'
import type { Streams } from './command-context.ts'

/** Without a terminal a line is written only at these shares, so that logs stay short. */
const plainStep = 0.25

/**
 * Progress on standard error: a bar on a terminal, a few plain lines elsewhere (none when `plain` is false, because
 * the work writes lines of its own). `end` must be called.
 */
export class ProgressLine {
  readonly #streams: Streams
  readonly #label: string
  readonly #bars: cliProgress.MultiBar | undefined
  #bar: cliProgress.SingleBar | undefined
  #nextPlain = plainStep

  constructor(streams: Streams, label: string, { plain = true }: { readonly plain?: boolean } = {}) {
    this.#streams = streams
    this.#label = label
    if (!plain) this.#nextPlain = Number.POSITIVE_INFINITY
    if (streams.terminal === undefined) return
    this.#bars = new cliProgress.MultiBar(
      {
        stream: streams.terminal,
        format: `${label} {bar} {percentage} %  {detail}`,
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
        linewrap: false,
        gracefulExit: false,
      },
      cliProgress.Presets.shades_classic,
    )
  }

  /** `fraction` from 0 to 1; `detail` follows the bar. */
  show(fraction: number, detail = ''): void {
    if (this.#bars !== undefined) {
      this.#bar ??= this.#bars.create(1, 0, { detail })
      this.#bar.update(Math.min(1, Math.max(0, fraction)), { detail })
    } else if (fraction >= this.#nextPlain && fraction < 1) {
      this.#nextPlain = (Math.floor(fraction / plainStep) + 1) * plainStep
      this.#streams.error(`${this.#label}: ${Math.round(fraction * 100)} %\n`)
    }
  }

  /** A line of its own above the progress. */
  line(text: string): void {
    if (this.#bar === undefined) this.#streams.error(`${text}\n`)
    else this.#bars?.log(`${text}\n`)
  }

  /** Takes the progress away. */
  end(): void {
    // Lines that still wait are written by an update, not by stop.
    if (this.#bar !== undefined) this.#bars?.update()
    this.#bars?.stop()
    this.#bar = undefined
  }
}
