/** What failed around a job, not in it: there was no memory, or the device that computes is gone. */
export type OutsideFailure = 'memory' | 'device'

/** As V8, the C++ library, onnxruntime, Dawn, TensorFlow and Linux say it. */
const memoryTexts =
  /out of memory|bad_alloc|alloc(?:ate|ation)? failed|fail(?:ed|ure) to allocate|cannot allocate memory|could not allocate|not enough memory|invalid (?:typed array|array buffer|string) length|OOM when allocating|ENOMEM|failed to map segment|OUT_OF_(?:DEVICE_|HOST_)?MEMORY/i
const deviceTexts =
  /device (?:(?:is|was|has been) )?(?:lost|removed|hung)|DEVICE_(?:LOST|REMOVED|HUNG|RESET)|GPU (?:process )?(?:crashed|is gone)|CUDA_ERROR|CUDA (?:error|failure)|cudaError/i

/** Tells failures of the outside world, which a smaller batch or another day can mend, from mistakes of ours: undefined. */
export function outsideFailure(error: unknown): OutsideFailure | undefined {
  return outsideFailureIn(error instanceof Error ? `${error.message}\n${causeText(error)}` : String(error))
}

/** The same for what a process left on its error stream. */
export function outsideFailureIn(text: string): OutsideFailure | undefined {
  if (memoryTexts.test(text)) return 'memory'
  return deviceTexts.test(text) ? 'device' : undefined
}

function causeText({ cause }: Error): string {
  return cause instanceof Error ? cause.message : ''
}
