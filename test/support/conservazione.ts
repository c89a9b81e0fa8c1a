import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createConservatoreHttp } from '../../server/adapters/conservatore-http/index.ts'
import { createSigilloXades, generateTestCertificate } from '../../server/adapters/sigillo-xades/index.ts'
import { conservazioneJobs } from '../../server/conservazione/index.ts'
import { closeFascicolo, fileDocumento, openFascicolo } from '../../server/fascicoli/index.ts'
import type { NuovoFascicolo } from '../../server/fascicoli/index.ts'
import type { Ports } from '../../server/kernel/endpoint.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, query, queryOne } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import { checkMetadatiChiusura } from '../../server/metadati/index.ts'
import type { Conservatore } from '../../server/ports/conservatore.ts'
import { protocolloJobs, registerInArrivo } from '../../server/protocollo/index.ts'
import type { NuovaRegistrazioneEntrata } from '../../server/protocollo/index.ts'
import { wireReactions } from '../../server/reactions.ts'
import { createFilesystemStore } from '../../storage/filesystem.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { createDatabase, openScope, ruoli } from './database.ts'
import type { TestDatabase } from './database.ts'
import { buildNuova, buildPdf, createEnte, createOperatore, sistema, stage } from './factories.ts'
import type { EnteDiProva } from './factories.ts'

/** The simulated conservatore in a process of its own, as the product starts it. */
export interface SimulatoreDiProva {
  readonly indirizzo: string
  stop(): Promise<void>
}

export async function spawnSimulatore(cartella: string, ritardoMs = 0, rifiutare: readonly string[] = []): Promise<SimulatoreDiProva> {
  const program = new URL('../../server/demo/conservatore/main.ts', import.meta.url).pathname
  const args = ['--disable-warning=ExperimentalWarning', program, '--porta', '0', '--cartella', cartella, '--ritardo', String(ritardoMs)]
  const child = spawn(process.execPath, [...args, ...rifiutare.flatMap((id) => ['--rifiuta', id])], { stdio: ['pipe', 'pipe', 'inherit'] })
  const porta = await readPort(child)
  return {
    indirizzo: `http://127.0.0.1:${porta}`,
    stop: async () => {
      if (child.exitCode !== null) return
      const gone = new Promise<void>((done) => child.once('exit', () => done()))
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function readPort(child: ChildProcess): Promise<number> {
  return await new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', () => fail(new Error('the simulator did not start')))
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).once('line', (line) => done((JSON.parse(line) as { porta: number }).porta))
  })
}

/** An ente on a real database with a real store: people of every part of the road. */
export interface Strada {
  readonly db: TestDatabase
  readonly e: EnteDiProva
  /** Folder of the stored contents. */
  readonly cartella: string
  readonly store: ObjectStore
  readonly rgd: Scope
  readonly capo: Scope
  readonly protocollo: Scope
  /** As the worker runs. */
  readonly lavori: Scope
  close(): Promise<void>
}

export async function createStrada(): Promise<Strada> {
  wireReactions()
  const db = await createDatabase()
  const e = await createEnte(db.orm)
  const root = await mkdtemp(join(tmpdir(), 'faldone-conservazione-'))
  const cartella = join(root, 'archivio')
  const store = await createFilesystemStore(cartella)
  return {
    db,
    e,
    cartella,
    store,
    rgd: (await createOperatore(db.orm, e, 'responsabileGestioneDocumentale', e.uffici.protocollo, 'Renata')).scope,
    capo: (await createOperatore(db.orm, e, 'responsabileUor', e.uffici.edilizia, 'Edda')).scope,
    protocollo: (await createOperatore(db.orm, e, 'operatoreProtocollo', e.uffici.protocollo, 'Pino')).scope,
    lavori: openScope(db.orm, e.ente, sistema, ruoli.jobs),
    close: async () => {
      await db.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Registers a request with one attachment through the real service. */
export async function registra(
  s: Strada,
  changes: Partial<NuovaRegistrazioneEntrata> = {},
): Promise<{ id: string; documentoId: string; sha256: string }> {
  const principale = await stage(s.protocollo, s.store, await buildPdf(`Istanza ${newId()}`), 'Istanza di accesso.pdf')
  const allegato = await stage(s.protocollo, s.store, await buildPdf(`Planimetria ${newId()}`), 'planimetria è.pdf')
  const documento = { contenutoId: principale, nome: 'Istanza di accesso.pdf', descrizione: '', formazione: 'file' } as const
  const input = buildNuova(s.e, principale, {
    documento,
    allegati: [{ contenutoId: allegato, nome: 'planimetria è.pdf', descrizione: 'Planimetria' }],
    ...changes,
  })
  const { id } = await registerInArrivo(s.protocollo, input, newId())
  const row = await queryOne<{ documentoId: string; impronta: string }>(
    s.protocollo,
    'select documento_id as "documentoId", impronta from registrazione where ente_id = $1 and id = $2',
    [s.e.ente.id, id],
  )
  if (row === null) throw new Error('not registered')
  return { id, documentoId: row.documentoId, sha256: row.impronta }
}

/** Puts beside a registration the message it came with, as the mail room does. */
export async function linkMessaggio(s: Strada, registrazioneId: string, eml: Buffer): Promise<void> {
  const contenutoId = await stage(s.lavori, s.store, eml, 'messaggio.eml')
  await inTransaction(s.lavori, async (tx) => {
    const casellaId = newId()
    await insertRows(tx, 'casella', [{ id: casellaId, aoo_id: s.e.aooId, indirizzo: `${newId()}@pec.example`, tipo: 'pec', attiva: true }])
    const read = {
      classe: 'consegna',
      tipo: 'pec',
      mittente: 'Ortensia Ventaglio',
      mittente_indirizzo: 'ortensia@pec.example',
      oggetto: 'Istanza',
      esito_firma: 'valida',
    }
    await insertRows(tx, 'messaggio', [
      {
        id: newId(),
        casella_id: casellaId,
        uid: newId(),
        chiave: newId(),
        contenuto_id: contenutoId,
        stato: 'registrato',
        ...read,
        ricevuto_il: new Date().toISOString(),
        acquisito_il: new Date().toISOString(),
        controlli: '[]',
        daticert: null,
        parti: '[]',
        registrazione_id: registrazioneId,
      },
    ])
  })
}

/** Seals the segnatura of a registration with the real job and a test certificate. */
export async function sealSegnatura(s: Strada, registrazioneId: string): Promise<void> {
  const coppia = await generateTestCertificate({
    organizzazione: s.e.ente.denominazione,
    identificativo: s.e.ente.codiceFiscale,
    dal: new Date(Date.now() - 86_400_000),
  })
  const sigillo = await createSigilloXades(coppia)
  const job = protocolloJobs.find((j) => j.type === 'protocollo.sealSegnatura')
  await job?.handler(s.lavori, { id: registrazioneId }, { store: s.store, sigillo } as unknown as Ports)
}

/** Opens a fascicolo with these documents through the real services and leaves it open. */
export async function apriFascicolo(s: Strada, documentoIds: readonly string[], changes: Partial<NuovoFascicolo> = {}): Promise<string> {
  const [first, ...rest] = documentoIds
  const input: NuovoFascicolo = {
    voceId: s.e.voci.get('VI/3/4') ?? s.e.voci.get('VI/3') ?? '',
    tipo: 'procedimento amministrativo',
    procedimento: { materia: 'Edilizia privata', denominazione: 'Accesso agli atti edilizi' },
    oggetto: 'Accesso agli atti di via del Forno',
    responsabileId: s.capo.attore.id,
    ufficioId: s.e.uffici.edilizia,
    amministrazioniPartecipanti: [],
    visibileCittadino: true,
    ...changes,
    ...(first === undefined ? {} : { documentoId: first }),
  }
  const { id } = await openFascicolo(s.capo, input, newId())
  for (const documentoId of rest) await fileDocumento(s.capo, id, { documentoId })
  return id
}

/** Closes a fascicolo through the real service, forcing what is still to be taken in charge. */
export async function chiudiFascicolo(s: Strada, id: string): Promise<void> {
  const row = await queryOne<{ versione: number }>(s.capo, 'select versione from fascicolo where ente_id = $1 and id = $2', [
    s.e.ente.id,
    id,
  ])
  const input = { versione: row?.versione ?? 0, esito: 'archiviazione', nota: '', motivoForzatura: 'Prova' } as const
  await closeFascicolo(s.capo, id, input, [checkMetadatiChiusura])
}

/** Runs one job as the worker would, once. */
export async function runJob(s: Strada, tipo: string, id: string, conservatore?: Conservatore): Promise<void> {
  const job = conservazioneJobs.find((j) => j.type === tipo)
  if (job === undefined) throw new Error(`no job ${tipo}`)
  await job.handler(s.lavori, job.parse({ id }), { store: s.store, conservatore } as unknown as Ports)
}

/** The versamento of a fascicolo as its row. */
export async function findVersamentoRow(
  s: Strada,
  fascicoloId: string,
): Promise<{ id: string; idPdv: string; stato: string; istantanea: string; anomalie: { codice: string; messaggio: string }[] }> {
  const [row, ...others] = await query<{
    id: string
    idPdv: string
    stato: string
    istantanea: string
    anomalie: { codice: string; messaggio: string }[]
  }>(s.rgd, `select id, id_pdv as "idPdv", stato, istantanea, anomalie from versamento where ente_id = $1 and fascicolo_id = $2`, [
    s.e.ente.id,
    fascicoloId,
  ])
  if (row === undefined || others.length > 0) throw new Error(`${others.length + (row === undefined ? 0 : 1)} versamenti of the fascicolo`)
  return row
}

/** A closed fascicolo with two registered documents, one with a message and a sealed segnatura, ready to be transferred. */
export async function fascicoloChiuso(
  s: Strada,
): Promise<{ fascicoloId: string; documenti: { id: string; documentoId: string; sha256: string }[] }> {
  const documenti = [await registra(s), await registra(s, { riservatezza: 'RISERVATO' })]
  const [first] = documenti
  if (first === undefined) throw new Error('no document')
  await linkMessaggio(s, first.id, Buffer.from('From: ortensia@pec.example\r\nSubject: Istanza\r\n\r\nIn allegato.\r\n'))
  await sealSegnatura(s, first.id)
  const fascicoloId = await apriFascicolo(
    s,
    documenti.map((d) => d.documentoId),
  )
  await chiudiFascicolo(s, fascicoloId)
  return { fascicoloId, documenti }
}

/** Waits for the report of the conservatore, as the retried job does. */
export async function awaitEsito(s: Strada, id: string, conservatore: Conservatore): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await runJob(s, 'conservazione.readEsito', id, conservatore)
      return
    } catch (error) {
      if ((error as { codice?: string }).codice !== 'rapporto-in-attesa' || attempt > 100) throw error
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}

export { createConservatoreHttp }
