import type { ElectronApplication, Page } from 'playwright'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'

/** Labels of the native menu with those of its submenus. */
export function menuLabels(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ Menu }) => {
    const labels = (menu: Electron.Menu | null | undefined): string[] =>
      (menu?.items ?? []).flatMap((item) => [
        ...(item.type === 'separator' ? [] : [item.label]),
        ...labels(item.submenu),
      ])
    return labels(Menu.getApplicationMenu())
  })
}

/**
 * What is the same in every language besides kinds of layers and samples: names of models, layers, programs and
 * algorithms, units, keys.
 */
const everywhere = new RegExp(
  `^(${[
    String.raw`\w+_\d+`,
    'Untitled model|LeNet-5|ResNet-20|U-Net',
    String.raw`LayerLoom|Mermaid|TensorFlow|CPU|GPU \(\w+\)|Keras 3: [\w.]+|English`,
    String.raw`Ada\w+|AMSGrad|Beta \d|CutMix|FTRL|LAMB|Lion|Nadam|RMSprop|SGD|mixup`,
    String.raw`(Ctrl|Alt|Shift)\+.+`,
    String.raw`[\d.,]+( [kMGT])? (FLOP|B|[KMG]i?B)`,
    String.raw`\d+( × \d+)*`,
  ].join('|')})$`,
)

/**
 * Texts and accessible names of a page that says everything in Chinese which have a word of three Latin letters and no
 * Chinese one, but for what is the same in every language.
 */
export async function foreignTexts(page: Page): Promise<string[]> {
  const samples = await page.evaluate(async () => {
    const answer = await window.layerloom.invoke['app.info']({})
    return (answer as { value: { shippedSamples: string[] } }).value.shippedSamples
  })
  const texts = await page.evaluate(() => {
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      if (!parent || parent.closest('script, style, code, pre, kbd, .note')) continue
      found.add(walker.currentNode.nodeValue ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) found.add(element.getAttribute(name) ?? '')
    }
    return [...found]
  })
  const named = new Set([...allLayerDefinitions.map(({ label }) => label), ...samples])
  return texts
    .map((text) => text.trim())
    .filter((text) => /[A-Za-z]{3}/.test(text) && !/\p{Script=Han}/u.test(text))
    .filter((text) => !text.split(' · ').every((part) => named.has(part) || everywhere.test(part)))
}
