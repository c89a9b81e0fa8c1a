import { spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startServer } from '../racconto/server.ts'

const program = join(resolve(import.meta.dirname, '..'), 'racconto/racconta.ts')

/** Between the story and the product: answers pass as they are, except those of one address, in which one byte is changed. */
async function startLiar(
  indirizzo: string,
  guasto: RegExp | null,
  alter: (bytes: Buffer) => Buffer,
): Promise<{ indirizzo: string; close: () => Promise<void> }> {
  const target = new URL(indirizzo)
  const server: Server = createServer((req, res) => {
    const forward = request(
      { host: target.hostname, port: target.port, method: req.method, path: req.url, headers: { ...req.headers, host: target.host } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const lie = guasto !== null && req.method === 'GET' && answer.statusCode === 200 && guasto.test(req.url ?? '')
          const { 'transfer-encoding': _, ...headers } = answer.headers
          const body = lie ? alter(bytes) : bytes
          res.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': String(body.length) })
          res.end(body)
        })
      },
    )
    forward.on('error', () => res.writeHead(502).end())
    req.pipe(forward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  return {
    indirizzo: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

const oneByte = (bytes: Buffer): Buffer => {
  const altered = Buffer.from(bytes)
  const at = Math.floor(altered.length / 2)
  altered[at] = (altered[at] ?? 0) ^ 1
  return altered
}

async function tell(indirizzo: string): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, '--indirizzo', indirizzo], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, text }
}

describe('the story of a document', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer()
  }, 180_000)
  afterAll(async () => await server.stop(), 60_000)

  it('stops with exit 1 when the index of the package is altered, when the segnatura says another number, when a file has one other byte', async () => {
    const lies: readonly (readonly [RegExp, (bytes: Buffer) => Buffer, RegExp])[] = [
      // The last step first: it alone needs the message of the citizen who logs in later.
      [/\/versamenti\/[^/]+\/indice\.xml/u, oneByte, /BUGIA: PIndex: impronta dichiarata/u],
      [
        /\/segnatura\.xml/u,
        (bytes) => Buffer.from(bytes.toString('utf8').replace(/(NumeroRegistrazione>)\d/u, '$19')),
        /BUGIA: il numero nella segnatura è un altro/u,
      ],
      [/\/messaggi\/[^/]+\/parti\//u, oneByte, /BUGIA: .*impronta dichiarata/u],
    ]
    for (const [path, alter, says] of lies) {
      const liar = await startLiar(server.indirizzo, path, alter)
      const { code, text } = await tell(liar.indirizzo)
      await liar.close()
      expect({ code, text }).toEqual({ code: 1, text: expect.stringMatching(says) })
    }
  }, 420_000)
})
