import { z } from 'zod'

/** What things are referred to by. `__proto__` is no name for anything: as a key it would change what objects inherit. */
export const identifier = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text !== '__proto__', 'must not be "__proto__"')
