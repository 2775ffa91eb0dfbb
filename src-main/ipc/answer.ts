import { z } from 'zod'
import { type Channel, type ChannelInput, type ChannelValue, contract } from '../../src-core/ipc/contract.ts'
import { failure, ProblemError, problem, type Result } from '../../src-core/problems.ts'

/** What stands behind every channel. A handler gets parsed input; problems are its result, not exceptions. */
export type Handlers = {
  readonly [C in Channel]: (
    input: ChannelInput<C>,
  ) => Result<ChannelValue<C>> | Promise<Result<ChannelValue<C>>>
}

/** Where errors that are nobody's input go. */
export interface ErrorLog {
  error(message: string, cause: unknown): void
}

const inputSchemas: { readonly [C in Channel]: { readonly input: z.ZodType<ChannelInput<C>> } } = contract

/**
 * The one way into the app's services: parses the input, calls the handler and turns whatever happens into an
 * outcome. Never throws. A ProblemError becomes its problem; any other error is logged and becomes `internal.bug`.
 */
export async function answer<C extends Channel>(
  channel: C,
  handlers: Pick<Handlers, C>,
  rawInput: unknown,
  log: ErrorLog,
): Promise<Result<ChannelValue<C>>> {
  const parsed = inputSchemas[channel].input.safeParse(rawInput)
  if (!parsed.success) return failure(badInput(channel, parsed.error))
  try {
    return await handlers[channel](parsed.data)
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem)
    log.error(`"${channel}" failed`, error)
    return failure(bug(channel))
  }
}

function badInput(channel: Channel, error: z.ZodError) {
  const details = z.prettifyError(error).split('\n').slice(0, 3).join(' ')
  return problem('usage.invalid', `The call "${channel}" came with input it cannot take: ${details}`)
}

function bug(channel: Channel) {
  return problem('internal.bug', `Something went wrong inside LayerLoom while doing "${channel}".`, {
    hint: 'Nothing of yours was changed by it. The log has the details; please report it with them.',
  })
}
