/** A link out of a document, as far as one may be followed: longer addresses are nobody's. */
const longestLink = 2000

/**
 * The address of a page in the web that a person may be led to: http or https, with a host, without a name or password in
 * it, which could pass for a host. Undefined for everything else: files, scripts, other programs' schemes.
 */
export function webLink(text: string): string | undefined {
  if (text.length > longestLink || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb && url.hostname !== '' && url.username === '' && url.password === '' ? url.href : undefined
}
