import type { Page } from 'playwright'
import { expect } from 'vitest'

/** A stop of a walk by Tab: what had the focus, and what was wrong with how that looked. */
export interface FocusStop {
  readonly name: string
  readonly wrong: readonly string[]
}

interface FocusStep {
  readonly name: string
  readonly isFirst: boolean
  readonly isCovered: boolean
  /** Tab led nowhere else. */
  readonly stays: boolean
  /** Of the stop before, which has lost the focus now. */
  readonly looksTheSame: boolean
}

/** What has the focus, in words: role or tag, and name. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${name.trim().slice(0, 60)}`
  })
}

/** Whether an element of this selector or locator's handle has the focus. */
export async function expectFocusOn(page: Page, locator: ReturnType<Page['locator']>): Promise<void> {
  const has = () => locator.evaluate((element) => element === document.activeElement).catch(() => false)
  await expect.poll(has, { message: `${locator} has the focus, not ${await focusedName(page)}` }).toBe(true)
}

/**
 * Goes on by Tab until it is where it began, or out of the page. Of each stop it looks whether anything of it can be
 * seen, and whether outline, shadow, border or line of it (or of the parts that stand for it) are others than without
 * the focus.
 */
export async function walkByTab(page: Page, most = 400): Promise<readonly FocusStop[]> {
  const stops: FocusStop[] = []
  await page.evaluate(prepare)
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => window.focusWalk?.step() ?? null)
    if (stop?.looksTheSame) {
      const before = stops.at(-1)
      if (before) stops[stops.length - 1] = { ...before, wrong: [...before.wrong, 'looks as without focus'] }
    }
    if (!stop || stop.isFirst || stop.stays) break
    stops.push({
      name: stop.name,
      wrong: stop.isCovered && (await staysCovered(page)) ? ['cannot be seen'] : [],
    })
  }
  return stops
}

/** Asked of what may be brought into sight in a moment. */
async function staysCovered(page: Page): Promise<boolean> {
  for (let time = 0; time < 10; time++) {
    await page.waitForTimeout(50)
    if ((await page.evaluate(() => window.focusWalk?.isCovered())) === false) return false
  }
  return true
}

/** Fails with the stops of a walk that a person could not see. */
export async function expectVisibleFocus(page: Page): Promise<readonly string[]> {
  const stops = await walkByTab(page)
  const bad = stops.filter(({ wrong }) => wrong.length > 0)
  expect(bad.map(({ name, wrong }) => `${name}: ${wrong.join(', ')}`)).toEqual([])
  return stops.map(({ name }) => name)
}

declare global {
  interface Window {
    focusWalk?: {
      readonly step: () => FocusStep | null
      /** Whether the last stop cannot be seen. */
      readonly isCovered: () => boolean
    }
  }
}
/** Runs in the page. */
function prepare(): void {
  let first: Element | undefined
  let last: { readonly element: Element; readonly look: string } | undefined
  const lookOf = (element: Element): string =>
    [element.parentElement, element, ...element.querySelectorAll('*')]
      .slice(0, 12)
      .map((part) => {
        if (!part) return ''
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, stroke, strokeWidth } =
          getComputedStyle(part)
        const outline = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`
        return [outline, boxShadow, borderColor, stroke, strokeWidth].join(' ')
      })
      .join('\n')
  const isCovered = (element: Element): boolean => {
    const { left, top, width, height } = element.getBoundingClientRect()
    // A point of the middle of a wire's box need not lie on the wire; a hairline is missed by points of whole pixels.
    if (element instanceof SVGElement || Math.min(width, height) < 3) return false
    return ![0.5, 0.1, 0.9].some((across) =>
      [0.5, 0.1, 0.9].some((down) => {
        const hit = document.elementFromPoint(left + across * width, top + down * height)
        return hit !== null && (element.contains(hit) || (hit.contains(element) && hit !== document.body))
      }),
    )
  }
  window.focusWalk = {
    step: () => {
      const element = document.activeElement
      const looksTheSame =
        last !== undefined &&
        last.element !== element &&
        last.element.isConnected &&
        lookOf(last.element) === last.look
      if (!element || element === document.body)
        return looksTheSame ? { name: '', isFirst: true, isCovered: false, stays: false, looksTheSame } : null
      const isFirst = element === first
      const stays = last?.element === element
      first ??= element
      last = { element, look: lookOf(element) }
      const name = `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}`
      return { name, isFirst, stays, isCovered: isCovered(element), looksTheSame }
    },
    isCovered: () => last !== undefined && isCovered(last.element),
  }
}
