import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** WCAG 2.2 to level AA, and axe's own advice of good practice. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with what is on screen: rule, what it says, and where, one line for each place. */
export async function violations(page: Page): Promise<string[]> {
  // Colours that fade are measured once they have arrived.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))),
  )
  // Otherwise axe opens a page of its own to put results together, and Electron opens none.
  const builder = new AxeBuilder({ page }).withTags(standards).setLegacyMode(true)
  // What a path in focus leaves out is made faint on purpose, by the person, until Escape.
  const found = await builder.exclude('.react-flow__node.is-dimmed').analyze()
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html, target }) => !(id === 'region' && isBetween(`${html} ${target.join(' ')}`)))
      .map(
        ({ target, failureSummary }) =>
          `${id} (${help}) at ${target.join(' ')}: ${failureSummary?.split('\n').slice(1, 2).join('').trim()}`,
      ),
  )
}

/** A handle between two parts of the window belongs to neither landmark, and a menu lies above them all. */
function isBetween(element: string): boolean {
  return /role="separator"|data-radix-popper-content-wrapper/.test(element)
}

/** Fails with the list of what is wrong. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
}

/** The same in both themes; a theme is what the system says here, so that no menu has to be opened. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // In the one theme as in the other, so that both are heard of at once.
    expect.soft(await violations(page), colorScheme).toEqual([])
  }
}
