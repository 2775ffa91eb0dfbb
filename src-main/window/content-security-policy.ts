/**
 * The policy that every page of the app is served with. Nothing is loaded from anywhere but the app itself.
 *
 * `style-src` needs 'unsafe-inline' for three libraries: Mermaid puts a <style> element and style attributes into
 * the diagrams it draws, React Flow's and Radix's portals add <style> elements at run time, and none of them can be
 * given a nonce throughout. A style can neither run code nor, with the other directives as they are, send anything
 * away. Scripts stay strict: only files of the app, no inline script, no eval.
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
