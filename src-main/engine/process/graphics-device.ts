import si from 'systeminformation'

/**
 * The name of the GPU that WebGPU uses. onnxruntime does not tell which adapter it got, but asks for the fastest:
 * that is the one with the most memory of its own.
 */
export async function graphicsDevice(): Promise<string> {
  const driver = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES ?? ''
  if (/swiftshader/i.test(driver)) return 'SwiftShader (software)'
  if (/lvp|lavapipe/i.test(driver)) return 'lavapipe (software)'
  const { controllers } = await si.graphics()
  const [fastest] = [...controllers].sort((a, b) => (b.vram ?? 0) - (a.vram ?? 0))
  const name = fastest?.name ?? fastest?.model
  return name === undefined || name === '' ? 'GPU' : name
}
