import { fileURLToPath } from 'node:url'

/** Samples and templates that ship. */
export const resourcesFolder = fileURLToPath(new URL('../../resources/', import.meta.url))
