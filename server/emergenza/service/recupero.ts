import { openVerified } from '../../../storage/index.ts'
import { findContenuti } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import {
  chiaveGiaUsata,
  claimKey,
  digestRequest,
  formatEtichetta,
  inTurno,
  lockRegistro,
  registerWithin,
  translate,
} from '../../protocollo/index.ts'
import { datoDaCorreggere, fileRifiutato } from '../errors.ts'
import { readFileEmergenza, verificationCode, verifyFirma } from '../formato.ts'
import type { FileLetto } from '../formato.ts'
import { findRighe, lockRegistroEmergenza, lockSerie, readClock } from '../repository.ts'
import type { RigaRow } from '../repository.ts'
import { readGiornale } from '../rules.ts'
import type { RigaLetta } from '../rules.ts'
import type { CoppiaDto, EsitoRecuperoDto, FattoRegistrazione, RecuperoIn } from '../schema.ts'
import { matchAperture } from './abbina.ts'
import type { Abbinata } from './abbina.ts'
import { writeRecupero } from './scrivi.ts'
import type { Recupero } from './scrivi.ts'
import { differenzeOf, loadComplementi, toRichiesta } from './richiesta.ts'

const MAX_FILE = 20 * 1024 * 1024

/** A file as staged: its digest and what was read of it. */
interface FileCaricato {
  readonly contenutoId: string
  readonly impronta: string
  readonly errori: readonly CampoErrato[]
  readonly letto: FileLetto | null
}

/** What a recovery did, or would do. */
interface Esito {
  readonly errori: readonly CampoErrato[]
  readonly recuperoId: string | null
  readonly nuove: number
  readonly coppie: readonly CoppiaDto[]
}

/** Reads a staged file: its bytes as they were uploaded, its chain, its signatures. Throws InvalidInput when it is not there or too large. */
async function loadFile(scope: Scope, contenutoId: string, ports: Ports): Promise<FileCaricato> {
  const contenuto = (await findContenuti(scope, [contenutoId])).get(contenutoId)
  if (contenuto === undefined) throw datoDaCorreggere('contenutoId', 'Carica il file del registro di emergenza.')
  if (contenuto.dimensione > MAX_FILE) throw datoDaCorreggere('contenutoId', 'Il file è troppo grande per essere un registro di emergenza.')
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(ports.store, scope.ente.id, contenuto.sha256)) chunks.push(chunk as Buffer)
  const read = readFileEmergenza(decode(Buffer.concat(chunks)), (testo, firma) => verifyFirma(ports.firmaEmergenza.chiave, testo, firma))
  return { contenutoId, impronta: contenuto.sha256, ...read }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return ''
  }
}

/** Carries the outcome of a dry run out of the transaction that is thrown away. */
class ProvaFinita extends Error {
  readonly esito: Esito
  constructor(esito: Esito) {
    super('prova')
    this.esito = esito
  }
}

/**
 * The recovery made and thrown away: pairs with the numbers that would be given now, differences, every error. Nothing stays (REQ-PROT-088).
 */
export async function tryRecupero(scope: Scope, input: RecuperoIn, ports: Ports): Promise<{ file: FileCaricato; esito: Esito }> {
  const file = await loadFile(scope, input.contenutoId, ports)
  const { letto } = file
  if (letto === null) return { file, esito: { errori: file.errori, recuperoId: null, nuove: 0, coppie: [] } }
  try {
    await inTurno(scope, async (tx) => {
      throw new ProvaFinita(await recoverWithin(tx, file, letto, input))
    })
  } catch (error) {
    if (error instanceof ProvaFinita) return { file, esito: error.esito }
    throw translate(error)
  }
  throw new Error('a dry run always ends by throwing')
}

/**
 * Takes a file into the ordinary register, all of it or nothing, in one transaction: each row gets the next ordinary number in the order of the emergency
 * (TUDA 63 c. 5; REQ-PROT-086, 088, 089). A file already recovered creates nothing and answers the same pairs. Throws RuleViolation with every error.
 */
export async function recover(scope: Scope, input: RecuperoIn, chiave: string, ports: Ports): Promise<EsitoRecuperoDto> {
  const file = await loadFile(scope, input.contenutoId, ports)
  const { letto } = file
  if (letto === null) throw fileRifiutato(file.errori)
  try {
    return await inTurno(scope, async (tx) => {
      const richiesta = digestRequest(input)
      const earlier = await claimKey(tx, 'recupero-emergenza', chiave, richiesta, newId())
      if (earlier !== null && earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      const esito = await recoverWithin(tx, file, letto, input)
      if (esito.errori.length > 0) throw fileRifiutato(esito.errori)
      return { recuperoId: esito.recuperoId, nuove: esito.nuove, coppie: [...esito.coppie] }
    })
  } catch (error) {
    throw translate(error)
  }
}

async function recoverWithin(tx: TxScope, file: FileCaricato, letto: FileLetto, input: RecuperoIn): Promise<Esito> {
  const registro = await lockRegistroEmergenza(tx, letto.serie.registro.id)
  const serie = await lockSerie(tx, letto.serie.serie)
  const refuse = (errori: readonly CampoErrato[]): Esito => ({ errori, recuperoId: null, nuove: 0, coppie: [] })
  if (registro === null || serie === null || serie.documento !== letto.serieTesto || serie.registroId !== registro.id)
    return refuse([{ campo: 'serie', messaggio: 'La serie è sconosciuta: non è tra quelle affidate da questo ente.' }])
  if (registro.registroId === null)
    return refuse([{ campo: 'serie', messaggio: 'L’area organizzativa non ha un protocollo generale attivo.' }])
  const recuperate = await findRighe(tx, registro.id)
  const giornale = readGiornale(letto.serie, letto.fatti)
  const adesso = await readClock(tx)
  const { errori, nuove } = await matchAperture(tx, registro, giornale.aperture, recuperate, adesso)
  const righe = giornale.aperture.flatMap((a) => a.righe)
  const byNumero = new Map(righe.map((r) => [r.fatto.numero, r.fatto]))
  const { complementi, errori: wrong } = await loadComplementi(tx, input, byNumero)
  const all = [...giornale.errori, ...errori, ...wrong]
  if (serie.stato === 'revocata' && nuove.length > 0)
    all.push({ campo: 'serie', messaggio: 'La serie è stata revocata: il suo dispositivo non può più registrare.' })
  if (all.length > 0) return refuse(all)
  const atto: Recupero = { tx, file, letto, registro, registroId: registro.registroId, complementi, adesso }
  const { coppie, errori: refused } = await registerRighe(atto, nuove)
  if (refused.length > 0) return refuse(refused)
  const recuperoId = nuove.length === 0 ? null : await writeRecupero(atto, nuove, coppie)
  const made = new Map(coppie.map((c) => [c.numero, c]))
  const earlier = [...recuperate.values()].findLast((r) => byNumero.has(r.numero))
  return {
    errori: [],
    recuperoId: recuperoId ?? earlier?.recuperoId ?? null,
    nuove: coppie.length,
    coppie: righe.flatMap((r) => made.get(r.fatto.numero) ?? presentRecuperata(r, recuperate.get(r.fatto.numero))),
  }
}

/** Gives each new row its ordinary number, in the order in which it was written. Collects the refusals of every row: none of them touched the database. */
async function registerRighe(r: Recupero, nuove: readonly Abbinata[]): Promise<{ coppie: CoppiaDto[]; errori: CampoErrato[] }> {
  const { tx } = r
  await query(tx, "select set_config('app.recupero_emergenza', 'si', true)")
  await lockRegistro(tx, r.registroId)
  const errori: CampoErrato[] = []
  const ids = new Map<string, RigaLetta>()
  for (const riga of nuove.flatMap((n) => n.letta.righe)) {
    const { fatto } = riga
    const { richiesta, errori: wrong } = toRichiesta(fatto, r.registroId, r.complementi)
    errori.push(...wrong)
    if (richiesta === null) continue
    try {
      const emergenza = { registroEmergenzaId: r.registro.id, numero: fatto.numero, istante: fatto.istante }
      const done = await registerWithin(tx, richiesta, `emergenza:${fatto.numero}`, { emergenza })
      ids.set(done.id, riga)
    } catch (error) {
      if (!(error instanceof FaldoneError)) throw error
      errori.push(...named(fatto, error))
    }
  }
  return { errori, coppie: errori.length > 0 ? [] : await pairs(r, ids) }
}

function named(fatto: FattoRegistrazione, error: FaldoneError): CampoErrato[] {
  if (error.campi.length === 0) return [{ campo: fatto.numero, messaggio: error.message }]
  return error.campi.map((c) => ({ campo: `${fatto.numero}.${c.campo}`, messaggio: c.messaggio }))
}

async function pairs(r: Recupero, ids: ReadonlyMap<string, RigaLetta>): Promise<CoppiaDto[]> {
  const rows = await query<{ id: string; anno: number; numero: number; istante: Date }>(
    r.tx,
    'select id, anno, numero, istante from registrazione where ente_id = $1 and id = any($2::uuid[]) order by anno, numero',
    [r.tx.ente.id, [...ids.keys()]],
  )
  return rows.flatMap((row) => {
    const riga = ids.get(row.id)
    if (riga === undefined) return []
    return [
      {
        ...presentRiga(riga, r.complementi.file.has(riga.fatto.numero)),
        registrazioneId: row.id,
        etichetta: formatEtichetta(row.numero, row.anno),
        istanteRegistrazione: row.istante.toISOString(),
        nuova: true,
        differenze: differenzeOf(riga.fatto, r.complementi, r.adesso),
      },
    ]
  })
}

function presentRiga({ fatto, impronta }: RigaLetta, presente: boolean) {
  const { dati } = fatto
  const first = dati.corrispondenti[0]
  const interno = dati.ufficioMittente?.nome ?? ''
  return {
    numero: fatto.numero,
    istante: fatto.istante,
    oggetto: dati.oggetto,
    corrispondente: first === undefined ? interno : 'denominazione' in first ? first.denominazione : `${first.cognome} ${first.nome}`,
    file: dati.documento === null ? null : { nome: dati.documento.nome, sha256: dati.documento.sha256, presente },
    codice: verificationCode(impronta),
  }
}

function presentRecuperata(riga: RigaLetta, row: RigaRow | undefined): CoppiaDto[] {
  if (row === undefined) return []
  return [
    {
      ...presentRiga(riga, true),
      registrazioneId: row.registrazioneId,
      etichetta: formatEtichetta(row.protocollo, row.anno),
      istanteRegistrazione: row.istanteRegistrazione.toISOString(),
      nuova: false,
      differenze: [],
    },
  ]
}
