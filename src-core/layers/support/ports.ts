/** The one port most layers take their input from. */
export const singleInput = [{ name: 'input', label: 'Input' }] as const

/** The port of layers that merge any number of wires, in the order they were connected. */
export const manyInputs = [{ name: 'inputs', label: 'Inputs', many: true, minimum: 2 }] as const

export const singleOutput = [{ name: 'output', label: 'Output' }] as const
