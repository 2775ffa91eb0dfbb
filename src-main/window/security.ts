import { app, type Session } from 'electron'
import { isOwnAddress } from './app-origin.ts'

/**
 * Denies to every page, now and later: navigation, new windows, embedded web views. While developing, a page may load
 * itself again: the development server makes it do so when a change cannot be put into the running page.
 */
export function denyNavigation(developmentServer?: string): void {
  const mayGoTo = (address: string) =>
    developmentServer !== undefined && isOwnAddress(address, developmentServer)
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!mayGoTo(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Denies every permission and every request that leaves the app. The app works without a network and has no use for either. */
export function denyPermissions(session: Session, developmentServer?: string): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !mayLoad(details.url, developmentServer) })
  })
}

const localSchemes = ['data:', 'blob:', 'devtools:', 'chrome-extension:']

function mayLoad(address: string, developmentServer?: string): boolean {
  if (localSchemes.some((scheme) => address.startsWith(scheme))) return true
  return isOwnAddress(address.replace(/^ws/, 'http'), developmentServer)
}
