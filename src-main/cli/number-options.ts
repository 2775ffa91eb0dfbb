import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number in [minimum, maximum]. */
export function wholeNumber(minimum: number, maximum: number) {
  return (text: string) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`)
  }
}
