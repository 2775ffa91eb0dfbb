import { readdirSync } from 'node:fs'
import path from 'node:path'

/**
 * Finds the labels of images, or the images of labels, beside a file by its name, as MNIST's files are named:
 * `train-images-idx3-ubyte` belongs to `train-labels-idx1-ubyte`; capitals, `.gz` and dots for dashes do not matter.
 */
export function findPartner(file: string): string | undefined {
  const folder = path.dirname(file)
  const own = normalised(path.basename(file))
  const wanted = own.includes('images')
    ? own.replace('images', 'labels')
    : own.includes('labels')
      ? own.replace('labels', 'images')
      : undefined
  if (wanted === undefined) return undefined
  const found = readdirSync(folder).find((name) => normalised(name) === wanted)
  return found === undefined ? undefined : path.join(folder, found)
}

/** The name without what differs between images and labels beside these words. */
function normalised(fileName: string): string {
  return fileName
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/[-._]?idx\d/, '')
    .replace(/[-._]/g, '-')
}
