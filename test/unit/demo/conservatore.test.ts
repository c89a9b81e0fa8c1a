import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { effectiveEsito, linkRapporto, readRapporto } from '../../../metadata-schemas/rdv/index.ts'
import type { RapportoVersamento } from '../../../metadata-schemas/rdv/index.ts'
import { createConservatoreHttp } from '../../../server/adapters/conservatore-http/index.ts'
import { startSimulatore } from '../../../server/demo/conservatore/server.ts'
import type { Simulatore } from '../../../server/demo/conservatore/server.ts'
import { sorgente } from '../../support/pacchetto-esempio.ts'
import { documentoVersabile, versamentoEsempio, zipOf } from '../../support/versamento-esempio.ts'

const BUONO = versamentoEsempio()
const ID = BUONO.idPdv
const sha256 = (byte: Buffer): string => createHash('sha256').update(byte).digest('hex')

let cartella: string
let simulatore: Simulatore | undefined

beforeEach(async () => {
  cartella = await mkdtemp(join(tmpdir(), 'simulatore-'))
})
afterEach(async () => {
  await simulatore?.close()
  simulatore = undefined
  await rm(cartella, { recursive: true })
})

async function start(ritardoMs = 0): Promise<ReturnType<typeof createConservatoreHttp>> {
  simulatore = await startSimulatore({ cartella, porta: 0, ritardoMs })
  return createConservatoreHttp({ indirizzo: `http://127.0.0.1:${simulatore.porta}` })
}

function send(client: ReturnType<typeof createConservatoreHttp>, zip: Buffer, idPdv = ID): Promise<{ presaInCarico: string }> {
  return client.transmit({
    idPdv,
    pacchetto: Readable.from([zip.subarray(0, 100), zip.subarray(100)]),
    dimensione: zip.length,
    sha256: sha256(zip),
  })
}

async function judged(client: ReturnType<typeof createConservatoreHttp>, zip: Buffer, idPdv = ID): Promise<RapportoVersamento> {
  await send(client, zip, idPdv)
  await simulatore?.idle()
  return readRapporto((await client.report(idPdv))?.xml ?? '')
}

const faults = (rapporto: RapportoVersamento): { codice: string; percorso?: string }[] => [...(rapporto.pacchetti[0]?.anomalie ?? [])]

describe('the simulated conservatore', () => {
  it('accepts a good package and cites the digests of package, index and files', async () => {
    const zip = await zipOf(BUONO)
    const rapporto = await judged(await start(), zip)
    expect(faults(rapporto)).toEqual([])
    expect(rapporto).toMatchObject({
      esito: 'POSITIVO',
      conservatore: { denominazione: expect.stringContaining('SIMULATORE') },
      titolare: { denominazione: 'Comune di Castelvento', identificativo: 'CF:IT-90000000901', codiceIpa: 'c_x901', codiceAoo: 'AX90101' },
    })
    expect(linkRapporto(rapporto, { idPdv: ID, improntaIndice: BUONO.indice.sha256, improntaPacchetto: sha256(zip) })).toBe('collegato')
    const [pacchetto] = rapporto.pacchetti
    expect(pacchetto?.oggetti.map((o) => [o.tipo, o.idOggetto, o.esito])).toEqual([
      ['DOCUMENTO', BUONO.voci[2]?.percorso.split('/')[1], 'ACCETTATO'],
      ['FASCICOLO', '2026-VI/3.12', 'ACCETTATO'],
    ])
    const citati = pacchetto?.oggetti.flatMap((o) => o.file.map((f) => [f.percorso, f.impronta.esadecimale])) ?? []
    expect(new Map(citati as [string, string][])).toEqual(new Map(BUONO.voci.slice(1).map((voce) => [voce.percorso, voce.sha256])))
  })

  it('refuses a package with one altered byte and names the file', async () => {
    const zip = await zipOf(BUONO)
    const alterato = Buffer.from(zip)
    const posizione = alterato.indexOf('istanza di prova')
    alterato[posizione] = (alterato[posizione] as number) ^ 1
    const rapporto = await judged(await start(), alterato)
    const percorso = BUONO.voci.find((voce) => voce.percorso.includes('principale/'))?.percorso
    expect(rapporto.esito).toBe('NEGATIVO')
    expect(faults(rapporto)).toMatchObject([{ codice: 'IMPRONTA-DIVERSA', percorso }])
    expect(rapporto.pacchetti[0]).toMatchObject({ rifiuto: { numero: 1, massimo: 3 }, oggetti: [] })
    expect(rapporto.pacchetti[0]?.impronte[0]?.esadecimale).toBe(sha256(alterato))
  })

  it('refuses metadata that are not valid or not true of the files', async () => {
    const client = await start()
    const buono = documentoVersabile('0197f0a0-2222-7000-8000-00000000000a', '%PDF-1.4 istanza di prova')
    const meta = buono.metadatiXml
    const casi = [
      { codice: 'META-XSD', documento: { ...buono, metadatiXml: '<DocumentoAmministrativoInformatico/>' } },
      { codice: 'META-XSD', documento: { ...buono, metadatiXml: 'testo' } },
      { codice: 'META-XSD', documento: { ...buono, metadatiXml: '<Altro/>' } },
      { codice: 'META-COERENZA', documento: { ...buono, metadatiXml: meta.replaceAll('00000000000a', '00000000000b') } },
      { codice: 'META-IMPRONTA', documento: { ...buono, principale: sorgente('istanza.pdf', Buffer.from('altro')) } },
      // 64 hexadecimal characters are valid base64 for the schema, of 48 bytes that are no digest
      {
        codice: 'META-IMPRONTA',
        documento: { ...buono, metadatiXml: meta.replace(/<Impronta>[^<]*</, `<Impronta>${buono.principale.sha256}<`) },
      },
      { codice: 'META-COERENZA', documento: { ...buono, allegati: [sorgente('a.pdf', Buffer.from('a'))] } },
    ]
    for (const [i, { codice, documento }] of casi.entries()) {
      const idPdv = ID.replace('000042', String(i + 1).padStart(6, '0'))
      const rapporto = await judged(client, await zipOf(versamentoEsempio({ idPdv, documenti: [documento] })), idPdv)
      expect(rapporto.esito).toBe('NEGATIVO')
      expect(faults(rapporto).map((f) => f.codice)).toContain(codice)
      expect(rapporto.pacchetti[0]?.rifiuto?.numero).toBe(i + 1)
    }
    const idPdv = ID.replace('000042', '000099')
    const altro = documentoVersabile('0197f0a0-2222-7000-8000-00000000000c', '%PDF-1.4 non elencato')
    const rapporto = await judged(client, await zipOf(versamentoEsempio({ idPdv, documenti: [buono, altro] })), idPdv)
    expect(faults(rapporto)).toMatchObject([{ codice: 'META-COERENZA', percorso: 'aggregazione/metadati.xml' }])
  })

  it('refuses bytes that are no package at all, and one whose index names another', async () => {
    const client = await start()
    const rapporto = await judged(client, Buffer.from('<html>questo non è uno zip</html>'))
    expect(effectiveEsito(rapporto.pacchetti[0] as RapportoVersamento['pacchetti'][number])).toBe('NEGATIVO')
    expect(faults(rapporto)).toMatchObject([{ codice: 'ZIP-ILLEGGIBILE' }])
    const altro = await judged(client, await zipOf(BUONO), 'c_x901-AX90101-20261122-000043')
    expect(faults(altro)).toMatchObject([{ codice: 'INDICE-IDPDV' }])
    expect(altro.idRapporto).not.toBe(rapporto.idRapporto)
  })

  it('takes a package in charge before it judges it, and says so', async () => {
    const client = await start(400)
    await expect(client.report(ID)).rejects.toMatchObject({ scambio: 'sconosciuto', codice: 'pacchetto-sconosciuto' })
    await send(client, await zipOf(BUONO))
    expect(await client.report(ID)).toBeNull()
    await simulatore?.idle()
    expect(await client.report(ID)).not.toBeNull()
  })

  it('gives the same receipt and report for the same bytes, also after a restart, and refuses other bytes', async () => {
    const zip = await zipOf(BUONO)
    let client = await start()
    const prima = await send(client, zip)
    await simulatore?.idle()
    const rapporto = await client.report(ID)
    await simulatore?.close()
    client = await start()
    expect(await send(client, zip)).toEqual(prima)
    await simulatore?.idle()
    expect(await client.report(ID)).toEqual(rapporto)
    const altro = await zipOf(versamentoEsempio({ etichetta: 'Altra etichetta' }))
    await expect(send(client, altro)).rejects.toMatchObject({ scambio: 'rifiuto', codice: 'contenuto-diverso' })
    expect(await client.report(ID)).toEqual(rapporto)
    expect(await readdir(join(cartella, 'in-arrivo'))).toEqual([])
  })

  it('keeps one package when the same one arrives twice at once', async () => {
    const zip = await zipOf(BUONO)
    const client = await start()
    const [a, b] = await Promise.all([send(client, zip), send(client, zip)])
    expect(a).toEqual(b)
    expect(await readdir(join(cartella, 'pacchetti'))).toEqual([ID])
  })

  it('refuses identifiers that could leave its folder', async () => {
    const client = await start()
    for (const idPdv of ['../../fuori', 'x', 'a b c d e f g h', '........'])
      await expect(send(client, Buffer.from('x'), idPdv)).rejects.toMatchObject({ scambio: 'rifiuto', codice: 'idpdv-non-ammesso' })
    await expect(client.report('../x')).rejects.toMatchObject({ scambio: 'sconosciuto' })
    expect(await readdir(join(cartella, 'pacchetti'))).toEqual([])
  })
})

describe('the process', () => {
  const PROGRAMMA = fileURLToPath(new URL('../../../server/demo/conservatore/main.ts', import.meta.url))
  const figli: ChildProcess[] = []
  afterEach(() => {
    for (const figlio of figli.splice(0)) figlio.kill('SIGKILL')
  })

  async function launch(ritardo: string): Promise<{ figlio: ChildProcess; indirizzo: string }> {
    const figlio = spawn(process.execPath, [PROGRAMMA, '--porta', '0', '--cartella', cartella, '--ritardo', ritardo], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    figli.push(figlio)
    const [riga] = (await once(createInterface({ input: figlio.stdout as Readable }), 'line')) as [string]
    const pronto = JSON.parse(riga) as { pronto: boolean; porta: number }
    expect(pronto).toEqual({ pronto: true, porta: expect.any(Number) })
    return { figlio, indirizzo: `http://127.0.0.1:${pronto.porta}` }
  }

  it('is labelled, survives a kill between receipt and report, and stops on request', async () => {
    const primo = await launch('600000')
    expect(await (await fetch(primo.indirizzo)).text()).toContain('SIMULATORE')
    let client = createConservatoreHttp({ indirizzo: primo.indirizzo })
    await send(client, await zipOf(BUONO))
    expect(await client.report(ID)).toBeNull()
    primo.figlio.kill('SIGKILL')
    await once(primo.figlio, 'exit')

    const secondo = await launch('0')
    client = createConservatoreHttp({ indirizzo: secondo.indirizzo })
    let rapporto = await client.report(ID)
    for (let i = 0; rapporto === null && i < 200; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25))
      rapporto = await client.report(ID)
    }
    expect(readRapporto(rapporto?.xml ?? '').esito).toBe('POSITIVO')
    secondo.figlio.kill('SIGTERM')
    expect(await once(secondo.figlio, 'exit')).toEqual([0, null])
  }, 30_000)

  it('explains its arguments when they are wrong', async () => {
    const figlio = spawn(process.execPath, [PROGRAMMA, '--porta', 'x'], { stdio: 'ignore' })
    figli.push(figlio)
    expect(await once(figlio, 'exit')).toEqual([2, null])
  })
})
