import { describe, expect, it } from 'vitest'
import { packagesMatch } from '../../../scripts/lib/node-modules.mjs'

const react = { version: '19.0.0', integrity: 'sha512-a' }
const forWindows = { version: '1.0.0', integrity: 'sha512-b', optional: true }

describe('packagesMatch', () => {
  it('accepts an installation that is what the lock file says', () => {
    expect(packagesMatch({ '': {}, 'node_modules/react': react }, { 'node_modules/react': react })).toBe(true)
  })

  it('accepts that optional packages for other platforms are left out', () => {
    expect(packagesMatch({ '': {}, 'node_modules/windows-only': forWindows }, {})).toBe(true)
  })

  it('refuses a missing package', () => {
    expect(packagesMatch({ '': {}, 'node_modules/react': react }, {})).toBe(false)
  })

  it('refuses another version, and another content under the same version', () => {
    const wanted = { 'node_modules/react': react }
    expect(packagesMatch(wanted, { 'node_modules/react': { ...react, version: '18.0.0' } })).toBe(false)
    expect(packagesMatch(wanted, { 'node_modules/react': { ...react, integrity: 'sha512-c' } })).toBe(false)
  })

  it('refuses a package that the lock file no longer names', () => {
    expect(packagesMatch({ '': {} }, { 'node_modules/react': react })).toBe(false)
  })
})
