// What the designer is for, without its window: train a sample and take the diagram.
import { run, say } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

const sample = 'resources/templates/handwritten-digits.loom.json'

/**
 * Trains the handwritten-digits sample with the command line and prints its diagram.
 * @returns {Promise<number>} exit code
 */
export async function runMainJobHeadless() {
  // An interrupt reaches the command line too, which stops the run properly: wait for it.
  process.on('SIGINT', () => {})
  say('Training the handwritten-digits sample on this machine instead (LeNet on MNIST, two epochs):\n')
  const trained = await cli('train', sample, '--dataset', 'mnist', '--epochs', '2')
  if (!trained.ok) return 1
  say('\nThe same model as a Mermaid diagram:\n')
  const exported = await cli('export', sample, '--format', 'mermaid', '-o', '-')
  if (!exported.ok) return 1
  say('\nMore of this: npm run cli -- --help')
  return 0
}

/** @param {string[]} args */
const cli = (...args) => run(pinnedNode, [inRoot('src-main/cli/index.ts'), ...args], { cwd: inRoot() })
