import { openVerified } from '../../../storage/index.ts'
import { findContenuti } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/ids.ts'
import { insertRows, query } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import {
  chiaveGiaUsata,
  claimKey,
  digestRequest,
  formatEtichetta,
  inTurno,
  lockRegistro,
  nameOf,
  registerWithin,
  translate,
} from '../../protocollo/index.ts'
import { toSoggettoRow } from '../../protocollo/index.ts'
import { datoDaCorreggere, fileRifiutato } from '../errors.ts'
import { readFileEmergenza, verificationCode, verifyFirma } from '../formato.ts'
import type { FileLetto } from '../formato.ts'
import { findRighe, lockRegistroEmergenza, lockSerie, readClock } from '../repository.ts'
import type { RegistroEmergenzaRow, RigaRow } from '../repository.ts'
import { readGiornale, righePerGiorno } from '../rules.ts'
import type { RigaLetta } from '../rules.ts'
import type { CoppiaDto, EsitoRecuperoDto, FattoRegistrazione, RecuperoIn } from '../schema.ts'
import { matchAperture } from './abbina.ts'
import type { Abbinata } from './abbina.ts'
import { writeApertura } from './scrivi.ts'
import { differenzeOf, loadComplementi, toRichiesta } from './richiesta.ts'
import type { Complementi } from './richiesta.ts'

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

/** One recovery under way. */
interface Recupero {
  readonly tx: TxScope
  readonly file: FileCaricato
  readonly letto: FileLetto
  readonly registro: RegistroEmergenzaRow
  /** General register the rows go into. */
  readonly registroId: string
  readonly complementi: Complementi
  readonly adesso: Date
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
  return {
    numero: fatto.numero,
    istante: fatto.istante,
    oggetto: dati.oggetto,
    corrispondente: first === undefined ? '' : nameOf(toSoggettoRow(first, 'mittente', 1)),
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

/** Openings, authorisations, rows, day totals, and the statement that will always be printed the same. */
async function writeRecupero(r: Recupero, nuove: readonly Abbinata[], coppie: readonly CoppiaDto[]): Promise<string> {
  const { tx, registro, letto } = r
  const id = newId()
  const made = new Map(coppie.map((c) => [c.numero, c]))
  const aperture: string[] = []
  for (const abbinata of nuove) aperture.push(await writeApertura(tx, registro, abbinata))
  await insertRows(tx, 'recupero_emergenza', [
    {
      id,
      registro_emergenza_id: registro.id,
      serie_id: letto.serie.serie,
      contenuto_id: r.file.contenutoId,
      impronta: r.file.impronta,
      istante: r.adesso.toISOString(),
      operatore_nome: tx.attore.nome,
      righe: coppie.length,
      verbale: JSON.stringify(statementOf(r, nuove, coppie)),
    },
  ])
  const rows = nuove.flatMap((n, i) => n.letta.righe.map((riga) => ({ riga, aperturaId: aperture[i] ?? '' })))
  await insertRows(
    tx,
    'riga_emergenza',
    rows.map(({ riga: { fatto, impronta }, aperturaId }) => ({
      id: newId(),
      registro_emergenza_id: registro.id,
      aoo_id: registro.aooId,
      apertura_id: aperturaId,
      recupero_id: id,
      registrazione_id: made.get(fatto.numero)?.registrazioneId,
      numero: fatto.numero,
      anno: fatto.anno,
      progressivo: fatto.progressivo,
      istante: fatto.istante,
      giorno: romeDay(new Date(fatto.istante)),
      codice: verificationCode(impronta),
      impronta,
      dati: JSON.stringify(fatto),
    })),
  )
  await query(tx, 'update apertura_emergenza set recuperata_il = $3 where ente_id = $1 and id = any($2::uuid[])', [
    tx.ente.id,
    aperture,
    r.adesso.toISOString(),
  ])
  tx.audit({
    azione: 'emergenza-recuperata',
    oggettoTipo: 'recupero-emergenza',
    oggettoId: id,
    dopo: {
      registro: registro.codice,
      registrazioni: coppie.length,
      primo: coppie[0]?.etichetta ?? '',
      ultimo: coppie.at(-1)?.etichetta ?? '',
      file: r.file.impronta,
    },
  })
  return id
}

/** What the statement says, frozen: no oggetto and no name, which live in the registrations and under their reserve. */
export interface VerbaleRecupero {
  readonly dispositivo: string
  readonly serie: string
  readonly impronta: string
  readonly firmaDispositivo: 'verificata'
  readonly aperture: readonly {
    readonly causa: string
    readonly inizio: string
    readonly ripristino: string
    readonly autorizzazioni: readonly {
      readonly provvedimento: string
      readonly autorizzataDa: string
      readonly dal: string
      readonly al: string
    }[]
    readonly giornate: readonly { readonly giorno: string; readonly totale: number }[]
  }[]
  readonly coppie: readonly Pick<
    CoppiaDto,
    'numero' | 'istante' | 'registrazioneId' | 'etichetta' | 'istanteRegistrazione' | 'codice' | 'differenze'
  >[]
}

function statementOf(r: Recupero, nuove: readonly Abbinata[], coppie: readonly CoppiaDto[]): VerbaleRecupero {
  return {
    dispositivo: r.letto.serie.dispositivo,
    serie: r.letto.serie.provvedimento,
    impronta: r.letto.impronta,
    firmaDispositivo: 'verificata',
    aperture: nuove.map(({ letta, autorizzazioni }) => ({
      causa: letta.fatto.causa,
      inizio: letta.fatto.inizio,
      ripristino: letta.ripristino ?? '',
      autorizzazioni: [
        { provvedimento: letta.fatto.provvedimento, autorizzataDa: letta.fatto.autorizzataDa, dal: letta.fatto.inizio, al: '' },
        ...letta.autorizzazioni.map(({ provvedimento, autorizzataDa, dal, al }) => ({ provvedimento, autorizzataDa, dal, al })),
        ...autorizzazioni
          .filter((a) => a.tipo === 'prosecuzione' && !letta.autorizzazioni.some((x) => x.provvedimento === a.provvedimento))
          .map((a) => ({
            provvedimento: a.provvedimento,
            autorizzataDa: a.autorizzataDa,
            dal: a.dal.toISOString(),
            al: a.al.toISOString(),
          })),
      ],
      giornate: [...righePerGiorno(letta.righe)].map(([giorno, totale]) => ({ giorno, totale })),
    })),
    coppie: coppie.map(({ numero, istante, registrazioneId, etichetta, istanteRegistrazione, codice, differenze }) => ({
      numero,
      istante,
      registrazioneId,
      etichetta,
      istanteRegistrazione,
      codice,
      differenze,
    })),
  }
}
