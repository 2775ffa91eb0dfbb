export type Colour = readonly [red: number, green: number, blue: number]

/** Ten of the colours of viridis (van der Walt and Smith, matplotlib 2.0), equally far apart from dark to bright. */
const stops: readonly Colour[] = [
  [0x44, 0x01, 0x54],
  [0x48, 0x28, 0x78],
  [0x3e, 0x49, 0x89],
  [0x31, 0x68, 0x8e],
  [0x26, 0x82, 0x8e],
  [0x1f, 0x9e, 0x89],
  [0x35, 0xb7, 0x79],
  [0x6e, 0xce, 0x58],
  [0xb5, 0xde, 0x2b],
  [0xfd, 0xe7, 0x25],
]

const table: readonly Colour[] = Array.from({ length: 256 }, (_, byte) => between((byte / 255) * 9))

function between(place: number): Colour {
  const low = Math.min(8, Math.floor(place))
  const [from, to] = [stops[low] ?? [0, 0, 0], stops[low + 1] ?? [0, 0, 0]]
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (place - low) * (to[channel] - from[channel]))
  return [mix(0), mix(1), mix(2)]
}

/** The colour that stands for a byte in maps of values: dark purple for 0, yellow for 255. */
export function colourOf(byte: number): Colour {
  return table[byte] ?? [0, 0, 0]
}
