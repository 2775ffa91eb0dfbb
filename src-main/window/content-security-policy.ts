/**
 * The policy that every page of the app is served with. Nothing is loaded from anywhere but the app itself.
 *
 * `style-src` needs 'unsafe-inline', as tests/e2e/main-walk.e2e.ts shows without it: Mermaid puts <style> elements and
 * style attributes into the diagrams it draws, and Radix adds <style> elements for select lists and scroll locks; none
 * of them takes a nonce throughout. A style can neither run code nor, with the other directives as they are, send
 * anything away. Scripts stay strict: only files of the app, no inline script, no eval.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  // data: and blob: for sample pictures and for diagrams on their way to PNG.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')
