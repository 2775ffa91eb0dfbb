/** `forward`, `kernel` → `forwardKernel`; without a prefix the name as it is. */
export function prefixed(prefix: string, name: string): string {
  return prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1)
}
