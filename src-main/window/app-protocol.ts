import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { appScheme, assetPath } from './app-origin.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
}

/** Makes app:// a standard, secure origin. Must be called before Electron is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the files of `folder` under app://, with the security headers on every answer. */
export function serveApp(folder: string): void {
  protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? assetPath(folder, request.url) : null
    const type = file === null ? undefined : contentTypes[path.extname(file).toLowerCase()]
    if (file === null || type === undefined) return refusal(403)
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headers(type) })
    } catch {
      return refusal(404)
    }
  })
}

function refusal(status: 403 | 404): Response {
  return new Response(status === 403 ? 'refused' : 'not found', { status, headers: headers('text/plain') })
}

function headers(contentType: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  }
}
