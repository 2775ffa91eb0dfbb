import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

describe('LayerLoom, started for the first time', () => {
  let launched: LaunchedApp

  beforeAll(async () => {
    launched = await launchApp()
  })
  afterAll(() => launched?.close())

  it('opens its window on the start page', async () => {
    expect(await launched.window.title()).toBe('LayerLoom')
    await launched.window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
    await launched.screenshot('start')
  })

  it('does so without an error in the console', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})
