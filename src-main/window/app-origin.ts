import path from 'node:path'

/** The scheme under which the app serves its own pages; a standard, secure origin, unlike file:. */
export const appScheme = 'app'
export const appHost = 'layerloom'
export const appOrigin = `${appScheme}://${appHost}`

/**
 * The file behind an address of the app, or null when the address is not of this app or leads outside `folder`.
 * The root stands for index.html.
 */
export function assetPath(folder: string, address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || url.protocol !== `${appScheme}:` || url.host !== appHost) return null
  const decoded = decode(url.pathname)
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null
  const file = path.resolve(folder, `.${decoded === '/' ? '/index.html' : decoded}`)
  const relative = path.relative(folder, file)
  const outside = relative === '' || relative.startsWith('..') || path.isAbsolute(relative)
  return outside ? null : file
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

/** Whether a page's address belongs to the app: our own origin, or the development server's where there is one. */
export function isOwnAddress(address: string, developmentServer?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.protocol === `${appScheme}:`) return url.host === appHost
  return developmentServer !== undefined && url.origin === new URL(developmentServer).origin
}
