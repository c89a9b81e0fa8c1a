import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createConservatoreHttp } from '../../../server/adapters/conservatore-http/index.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'

const servers: Server[] = []

async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
afterEach(closeServers)

type Risposta = (richiesta: IncomingMessage, risposta: ServerResponse) => void

/** A conservatore that reads the whole request and then does as told. */
async function client(rispondi: Risposta, attesa = 5_000): Promise<Conservatore> {
  const server = createServer((richiesta, risposta) => {
    richiesta.resume().on('end', () => rispondi(richiesta, risposta))
  })
  servers.push(server)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = server.address() as AddressInfo
  return createConservatoreHttp({ indirizzo: `http://127.0.0.1:${port}`, attesaInvioMs: attesa, attesaLetturaMs: attesa })
}

const PACCHETTO = { idPdv: 'c_x901-AX90101-20261122-000042', dimensione: 4, sha256: '00'.repeat(32) }
const send = (c: Conservatore): Promise<{ presaInCarico: string }> =>
  c.transmit({ ...PACCHETTO, pacchetto: Readable.from([Buffer.from('byte')]) })

const reply =
  (status: number, corpo: string, tipo = 'application/json'): Risposta =>
  (_richiesta, risposta) =>
    risposta.writeHead(status, { 'content-type': tipo }).end(corpo)

describe('createConservatoreHttp', () => {
  it('streams the bytes with identifier and digest, and returns the receipt', async () => {
    const visti: unknown[] = []
    const c = await client((richiesta, risposta) => {
      visti.push(
        richiesta.method,
        richiesta.url,
        richiesta.headers['x-id-pdv'],
        richiesta.headers['x-impronta-pacchetto'],
        richiesta.headers['content-type'],
      )
      risposta.writeHead(202).end('{"ricevuta":"PIC-1"}')
    })
    expect(await send(c)).toEqual({ presaInCarico: 'PIC-1' })
    expect(visti).toEqual(['POST', '/pacchetti', PACCHETTO.idPdv, PACCHETTO.sha256, 'application/zip'])
  })

  it('REQ-CONS-095 takes a positive status with another body as an unknown outcome', async () => {
    for (const corpo of ['<html>portale</html>', '{"ricevuta":', '{}', '{"ricevuta":""}', '[]', 'null'])
      await expect(send(await client(reply(202, corpo)))).rejects.toMatchObject({ scambio: 'esito-ignoto' })
    await expect((await client(reply(200, '{"non":"xml"}'))).report('x')).rejects.toMatchObject({ scambio: 'esito-ignoto' })
  })

  it('tells a refusal from an unknown outcome, a later time and a wrong configuration', async () => {
    const casi: [number, string, string][] = [
      [400, '{"codice":"idpdv-non-ammesso"}', 'rifiuto'],
      [400, '{"codice":"trasferimento-incompleto"}', 'non-inviato'],
      [401, '', 'configurazione'],
      [403, '', 'configurazione'],
      [302, '', 'configurazione'],
      [408, '', 'esito-ignoto'],
      [409, '{"codice":"contenuto-diverso","messaggio":"Altro contenuto."}', 'rifiuto'],
      [413, '', 'rifiuto'],
      [429, '', 'non-inviato'],
      [500, '<html>', 'esito-ignoto'],
      [502, '', 'esito-ignoto'],
      [503, '', 'non-inviato'],
    ]
    for (const [status, corpo, scambio] of casi) await expect(send(await client(reply(status, corpo)))).rejects.toMatchObject({ scambio })
    await expect(send(await client(reply(409, casi[6]?.[1] ?? '')))).rejects.toMatchObject({
      codice: 'contenuto-diverso',
      message: 'Altro contenuto.',
    })
  })

  it('an answer that never comes, or a connection cut after the last byte, is an unknown outcome', async () => {
    await expect(send(await client(() => undefined, 150))).rejects.toMatchObject({ scambio: 'esito-ignoto' })
    await expect(send(await client((richiesta) => richiesta.socket.destroy()))).rejects.toMatchObject({ scambio: 'esito-ignoto' })
  })

  it('a conservatore that cannot be reached, or a source that breaks, is a package not sent', async () => {
    const c = await client(reply(202, '{}'))
    await closeServers()
    await expect(send(c)).rejects.toMatchObject({ scambio: 'non-inviato' })
    const rotta = new Readable({
      read() {
        this.destroy(new Error('disco'))
      },
    })
    const vivo = await client(reply(202, '{"ricevuta":"PIC-1"}'))
    await expect(vivo.transmit({ ...PACCHETTO, pacchetto: rotta })).rejects.toMatchObject({
      scambio: 'non-inviato',
      cause: { message: 'disco' },
    })
  })

  it('reads the report: XML, still in progress, never received', async () => {
    expect(await (await client(reply(200, '<r/>', 'application/xml'))).report('x')).toEqual({ xml: '<r/>' })
    expect(await (await client(reply(404, '{"codice":"in-lavorazione"}'))).report('x')).toBeNull()
    await expect((await client(reply(404, '{"codice":"pacchetto-sconosciuto"}'))).report('x')).rejects.toMatchObject({
      scambio: 'sconosciuto',
    })
    await expect((await client(reply(404, '<html>'))).report('x')).rejects.toMatchObject({ scambio: 'rifiuto' })
    await expect((await client(reply(200, `<r>${'x'.repeat(17 * 1024 ** 2)}</r>`))).report('x')).rejects.toMatchObject({
      scambio: 'esito-ignoto',
    })
  })

  it('refuses an address in clear that is not this machine', () => {
    for (const indirizzo of ['http://conservatore.example', 'ftp://127.0.0.1', 'file:///tmp'])
      expect(() => createConservatoreHttp({ indirizzo })).toThrow(TypeError)
    expect(createConservatoreHttp({ indirizzo: 'https://conservatore.example/base' })).toBeDefined()
  })
})
