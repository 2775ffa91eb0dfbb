import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { crc32, deflateRawSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

/** A zip archive with deflated files. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, data] of Object.entries(files)) {
    const packed = deflateRawSync(data)
    // Version, flags, method, time, date, checksum, sizes, length of the name, length of the extra field.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const made = Buffer.from('PK\x01\x02\x14\x00', 'latin1')
    directory.push(Buffer.concat([made, common, place, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, entries, end])
}

export interface FeedOptions {
  readonly name: string
  readonly version: string
  readonly archive: Uint8Array
  /** The SHA-512 that the feed tells; that of the archive unless given. */
  readonly hash?: string
  /** Bytes after which the connection breaks off. */
  readonly cutAt?: number
  /** Leaves the download hanging after its first bytes. */
  readonly stalls?: boolean
}

/** Serves one package in the NuGet protocol until the test is over; returns the address of its index. */
export async function nugetFeed(options: FeedOptions): Promise<string> {
  const { name, version, archive, cutAt, stalls = false } = options
  const hash = options.hash ?? createHash('sha512').update(archive).digest('base64')
  const server = createServer((request, response) => {
    const root = addressOf(server)
    const pages: Readonly<Record<string, unknown>> = {
      '/index.json': {
        version: '3.0.0',
        resources: [
          { '@id': `${root}/old/`, '@type': 'RegistrationsBaseUrl' },
          { '@id': `${root}/registration/`, '@type': 'RegistrationsBaseUrl/3.6.0' },
          { '@id': `${root}/content/`, '@type': 'PackageBaseAddress/3.0.0' },
        ],
      },
      [`/registration/${name.toLowerCase()}/${version}.json`]: {
        catalogEntry: `${root}/entry.json`,
        packageContent: `${root}/package.nupkg`,
      },
      '/entry.json': { packageHash: hash, packageHashAlgorithm: 'SHA512', packageSize: archive.length },
    }
    const page = pages[request.url ?? '']
    if (page !== undefined) response.end(JSON.stringify(page))
    else if (request.url !== '/package.nupkg') response.writeHead(404).end()
    else {
      response.writeHead(200, { 'content-length': archive.length })
      if (stalls) response.write(archive.subarray(0, 100))
      else if (cutAt === undefined) response.end(archive)
      else response.write(archive.subarray(0, cutAt), () => request.socket.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `${addressOf(server)}/index.json`
}

function addressOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return `http://127.0.0.1:${address.port}`
}
