import { expect, it } from 'vitest'
import { z } from 'zod'
import { newWorkspace } from './support/temporary-workspace.ts'

const bounds = z.object({ width: z.int(), height: z.int() })

it('gives back what was set, and the newest of two', () => {
  const { settings } = newWorkspace()
  settings.set('bounds', { width: 800, height: 600 })
  settings.set('bounds', { width: 1280, height: 720 })
  expect(settings.get('bounds', bounds)).toEqual({ width: 1280, height: 720 })
})

it('gives nothing for what was never set or was removed', () => {
  const { settings } = newWorkspace()
  settings.set('bounds', { width: 800, height: 600 })
  settings.remove('bounds')
  expect(settings.get('bounds', bounds)).toBeUndefined()
  expect(settings.get('never', bounds)).toBeUndefined()
})

it('gives nothing for a value that does not fit, as an older version may have left it', () => {
  const { settings } = newWorkspace()
  settings.set('bounds', [800, 600])
  expect(settings.get('bounds', bounds)).toBeUndefined()
})
