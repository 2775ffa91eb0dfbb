import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { assetPath, isOwnAddress } from '../../../src-main/window/app-origin.ts'

const folder = path.resolve('/app/out/renderer')
const inFolder = (name: string) => path.join(folder, name)

describe('files behind app:// addresses', () => {
  it.each([
    ['app://layerloom/', 'index.html'],
    ['app://layerloom/index.html?x=1#part', 'index.html'],
    ['app://layerloom/assets/index-1.js', 'assets/index-1.js'],
    ['app://layerloom/assets/a%20b.css', 'assets/a b.css'],
    // URL parsing takes such steps away before they can lead anywhere.
    ['app://layerloom/../../etc/passwd', 'etc/passwd'],
    ['app://layerloom/%2e%2e/%2e%2e/etc/passwd', 'etc/passwd'],
  ])('%s is %s', (address, file) => {
    expect(assetPath(folder, address)).toBe(inFolder(file))
  })

  it.each([
    'app://layerloom/..%2f..%2fpackage.json',
    'app://layerloom/assets/..%2f..%2f..%2fpackage.json',
    'app://layerloom/..%5c..%5cpackage.json',
    'app://layerloom/%2fetc/passwd%00.js',
    'app://layerloom/%',
    'app://elsewhere/index.html',
    'https://layerloom/index.html',
    'file:///etc/passwd',
    'not an address',
  ])('%s is refused', (address) => {
    expect(assetPath(folder, address)).toBeNull()
  })
})

describe('the app’s own pages', () => {
  it.each([
    ['app://layerloom/', true],
    ['app://layerloom/index.html', true],
    ['app://elsewhere/', false],
    ['https://layerloom/', false],
    ['http://localhost:5173/', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnAddress(address)).toBe(own)
  })

  it('include the development server while there is one, and only its origin', () => {
    const server = 'http://localhost:5173/'
    expect(isOwnAddress('http://localhost:5173/index.html', server)).toBe(true)
    expect(isOwnAddress('http://localhost:5174/', server)).toBe(false)
    expect(isOwnAddress('https://localhost:5173/', server)).toBe(false)
  })
})
