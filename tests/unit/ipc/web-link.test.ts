import { expect, it } from 'vitest'
import { webLink } from '../../../src-core/ipc/web-link.ts'

it.each([
  ['https://example.org/paper?x=1#top', 'https://example.org/paper?x=1#top'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['HTTPS://EXAMPLE.org', 'https://example.org/'],
])('%s is a page in the web', (text, address) => expect(webLink(text)).toBe(address))

it.each([
  'javascript:alert(1)',
  'file:///etc/hosts',
  'data:text/html,<script>',
  'vbscript:x',
  'mailto:a@example.org',
  'smb://host/share',
  'app://layerloom/index.html',
  'example.org',
  '//example.org',
  'https://',
  'https://user:secret@example.org/',
  'https://example.com@evil.example/',
  ' ',
  `https://example.org/${'x'.repeat(2000)}`,
])('%s is none', (text) => expect(webLink(text)).toBeUndefined())
