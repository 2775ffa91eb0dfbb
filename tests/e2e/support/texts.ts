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

/** What is the same in every language: kinds and names of layers, names of programs and formats, units, keys. */
const everywhere =
  /^(\w+_\d+|Test model|LayerLoom|Mermaid|English|(Ctrl|Alt|Shift)\+.+|[\d.,]+( [kMGT])? (FLOP|B|[KMG]i?B)|\d+( × \d+)*)$/

/**
 * Texts and accessible names of a page that says everything in Chinese which have a word of three Latin letters and no
 * Chinese one, but for what is the same in every language.
 */
export async function foreignTexts(window: Page): Promise<string[]> {
  const texts = await window.evaluate(() => {
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      if (!parent || parent.closest('script, style, code, pre, kbd, .note, [data-foreign]')) continue
      found.add(walker.currentNode.nodeValue ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) found.add(element.getAttribute(name) ?? '')
    }
    return [...found]
  })
  const kinds = new Set(allLayerDefinitions.map(({ label }) => label))
  return texts
    .map((text) => text.trim())
    .filter((text) => /[A-Za-z]{3}/.test(text) && !/\p{Script=Han}/u.test(text))
    .filter((text) => !text.split(' · ').every((part) => kinds.has(part) || everywhere.test(part)))
}
