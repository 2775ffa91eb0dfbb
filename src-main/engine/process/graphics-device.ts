import si from 'systeminformation'

/**
 * The name of the GPU that WebGPU uses. onnxruntime does not tell which adapter it got, but asks for the fastest:
 * that is the one with the most memory of its own.
 */
export async function graphicsDevice(): Promise<string> {
  const driver = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES ?? ''
  if (/swiftshader/i.test(driver)) return 'SwiftShader (software)'
  if (/lvp|lavapipe/i.test(driver)) return 'lavapipe (software)'
  return fastestName(await controllers(), 'GPU')
}

/** The name of the GPU that CUDA puts first: the fastest one of NVIDIA's. */
export async function nvidiaDevice(): Promise<string> {
  const all = await controllers()
  return fastestName(
    all.filter(({ vendor, name, model }) => /nvidia/i.test(`${vendor} ${name ?? ''} ${model}`)),
    'NVIDIA GPU',
  )
}

async function controllers(): Promise<readonly si.Systeminformation.GraphicsControllerData[]> {
  return (await si.graphics()).controllers
}

function fastestName(
  controllers: readonly si.Systeminformation.GraphicsControllerData[],
  unknown: string,
): string {
  const [fastest] = [...controllers].sort((a, b) => (b.vram ?? 0) - (a.vram ?? 0))
  const name = fastest?.name ?? fastest?.model
  return name === undefined || name === '' ? unknown : name
}
