import { languageOf } from '../../src-core/language/language.ts'
import { currentLanguage, t } from '../../src-core/language/t.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'

// Both languages group digits by three and write a point before decimals.
const grouped = new Intl.NumberFormat('en-US')
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** A whole number with thousands separators: `1,234,567`. */
export function formatCount(value: number): string {
  return grouped.format(value)
}

/** A large number in short: `1.23 M`. */
export function formatShort(value: number): string {
  return scaled(value, 1000, ['', ' k', ' M', ' G', ' T', ' P'])
}

/** Bytes with binary units: `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, 1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB'])
}

/** Axis sizes as people write them: `32 × 13 × 13`; one number for a vector; `scalar` for none. */
export function formatShape(shape: Shape): string {
  return shape.length === 0 ? t('scalar') : shape.map((size) => grouped.format(size)).join(' × ')
}

/** A length of time: `0.8 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** A metric or loss with four significant digits; never a bare exponent for everyday sizes. */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2)
  return Number(value.toPrecision(4)).toString()
}

/** A share as a percentage: `97.31 %`. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

/** The system's own way to write dates while it speaks the language of the window; else the language's. */
function dateLocale(): string | undefined {
  const language = currentLanguage()
  return languageOf(navigator.language) === language ? undefined : language
}

/** A moment as date and time of this machine. */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(dateLocale(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** A moment in short, for lists: the time if it was today, otherwise the day. */
export function formatMoment(iso: string, now = new Date()): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const isToday = date.toDateString() === now.toDateString()
  return isToday
    ? date.toLocaleTimeString(dateLocale(), { timeStyle: 'short' })
    : date.toLocaleDateString(dateLocale(), { dateStyle: 'medium' })
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let scale = 0
  let rest = value
  // The rounded number decides, so that 999,999 is 1 M and not 1,000 k.
  while (Number(rest.toPrecision(3)) >= base && scale < units.length - 1) {
    rest /= base
    scale += 1
  }
  // Single bytes are counted exactly.
  const exact = scale === 0 && base === 1024
  return `${(exact ? grouped : threeDigits).format(rest)}${units[scale] ?? ''}`
}
