import { type AppliedEdit, type EditOf, insertAt, unchanged } from './applied-edit.ts'
import { connectionSchema, type ModelDocument } from './model-document.ts'

export function connect(document: ModelDocument, edit: EditOf<'connect'>): AppliedEdit {
  const { connection, index } = edit
  if (!connectionSchema.safeParse(connection).success) return unchanged(document)
  if (document.connections.some((other) => other.id === connection.id)) return unchanged(document)
  return {
    document: { ...document, connections: insertAt(document.connections, index, connection) },
    inverse: { type: 'disconnect', connectionId: connection.id },
  }
}

export function disconnect(document: ModelDocument, edit: EditOf<'disconnect'>): AppliedEdit {
  const index = document.connections.findIndex((connection) => connection.id === edit.connectionId)
  const connection = document.connections[index]
  if (!connection) return unchanged(document)
  return {
    document: { ...document, connections: document.connections.toSpliced(index, 1) },
    inverse: { type: 'connect', connection, index },
  }
}
