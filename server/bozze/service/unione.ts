import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { TabellaIlleggibile } from '../../kernel/csv.ts'
import { newId } from '../../kernel/ids.ts'
import { toMandato } from '../../kernel/mandato.ts'
import type { Mandato } from '../../kernel/mandato.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { chiaveGiaUsata, claimKey, digestRequest } from '../../protocollo/index.ts'
import { leggiDestinatari } from '../destinatari.ts'
import type { RigaDestinatario } from '../destinatari.ts'
import { elencoIlleggibile, protocollazioneNonConsentita, unioneAssente, unioneConFirma, unioneErrata } from '../errors.ts'
import { valoriDi } from '../modello/campi.ts'
import { compila, nomiUsati } from '../modello/compila.ts'
import { canProtocolla } from '../policy.ts'
import type { BozzaRow } from '../repository.ts'
import { vistaOf } from '../rules.ts'
import type { SoggettoBozza, UnioneDto, VerificaUnioneDto } from '../schema.ts'
import { findVisibleBozza } from './draft.ts'
import { loadFatti } from './fatti.ts'
import { toNuova } from './registra.ts'

const OPERAZIONE = 'unione'
/** A content that stands for the document not yet printed, while a row is only checked. */
const NESSUN_CONTENUTO = '00000000-0000-4000-8000-000000000000'

/** The addressees of a list, checked row by row; nothing is written. Throws InvalidInput when the list cannot be read. */
export function checkDestinatari(testo: string): RigaDestinatario[] {
  try {
    return leggiDestinatari(testo)
  } catch (error) {
    if (error instanceof TabellaIlleggibile) throw elencoIlleggibile(error.message)
    throw error
  }
}

/** The draft as the letter to one addressee. */
export function letterTo(row: BozzaRow, destinatario: SoggettoBozza, contenutoId = NESSUN_CONTENUTO, nome = 'lettera.pdf'): BozzaRow {
  const dati = { ...row.dati, destinatari: [destinatario] }
  return {
    ...row,
    dati: { ...dati, documento: { contenutoId, nome, descrizione: '', formazione: 'redatto' } },
    documento: null,
    firmato: null,
  }
}

/**
 * What a letter to many would do, without doing it: each row with everything wrong in it (addressee, fields of the text without a value, data of the
 * registration). One letter, one registration, one number for each row (REQ-PROT-015). Throws NotFound, InvalidInput, RuleViolation.
 */
export async function checkUnione(scope: Scope, id: string, testo: string): Promise<VerificaUnioneDto> {
  return await inReadTransaction(scope, async (s) => (await examine(s, await findVisibleBozza(s, id), testo)).verifica)
}

async function examine(s: Scope, row: BozzaRow, testo: string): Promise<{ righe: RigaDestinatario[]; verifica: VerificaUnioneDto }> {
  if (!canProtocolla(s.attore, vistaOf(row))) throw protocollazioneNonConsentita()
  if (row.richiedeFirma || row.corpo.trim() === '' || row.tipo !== 'U' || row.stato !== 'IN_LAVORAZIONE') throw unioneConFirma()
  const righe = checkDestinatari(testo)
  const checked = []
  for (const riga of righe) checked.push({ riga: riga.riga, nome: riga.nome, errori: await errorsOf(s, row, riga) })
  const errate = checked.filter((riga) => riga.errori.length > 0).length
  const own = new Set(righe.flatMap((riga) => Object.keys(riga.valori)))
  const inutili = [...own].filter((nome) => !nomiUsati(row.corpo + row.dati.oggetto).includes(`riga.${nome}`))
  return { righe, verifica: { righe: checked, valide: righe.length - errate, errate, colonneNonUsate: inutili } }
}

async function errorsOf(s: Scope, row: BozzaRow, riga: RigaDestinatario): Promise<CampoErrato[]> {
  if (riga.destinatario === null) return [...riga.errori]
  const fatti = await loadFatti(s, row, { destinatario: riga.destinatario, riga: riga.valori })
  const done = compila(`${row.dati.oggetto} ${row.corpo}`, valoriDi(fatti), (value) => value)
  const missing = [
    ...done.mancanti.map((nome) => `Manca il valore di ${nome}.`),
    ...done.sconosciuti.map((nome) => `Il campo ${nome} non esiste.`),
  ]
  try {
    toNuova(letterTo(row, riga.destinatario))
    return missing.map((messaggio) => ({ campo: 'corpo', messaggio }))
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    return [...error.campi, ...missing.map((messaggio) => ({ campo: 'corpo', messaggio }))]
  }
}

/**
 * Confirms a letter to many: the rows are kept and a job registers them one by one in the name of who confirmed. One wrong row stops all. Same key, same
 * letter. Throws RuleViolation, NotFound, Forbidden.
 */
export async function startUnione(scope: Scope, id: string, testo: string, chiave: string): Promise<UnioneDto> {
  const nuova = newId()
  const unioneId = await inTransaction(scope, async (tx) => {
    const richiesta = digestRequest({ id, testo })
    const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, nuova)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return earlier.risultatoId
    }
    const row = await findVisibleBozza(tx, id)
    const { righe, verifica } = await examine(tx, row, testo)
    if (verifica.errate > 0) throw unioneErrata()
    await insertUnione(tx, nuova, row, righe)
    return nuova
  })
  return await readUnione(scope, unioneId)
}

async function insertUnione(tx: TxScope, id: string, row: BozzaRow, righe: readonly RigaDestinatario[]): Promise<void> {
  await insertRows(tx, 'unione', [
    {
      id,
      bozza_id: row.id,
      stato: 'IN_CORSO',
      totale: righe.length,
      fatte: 0,
      rifiutate: 0,
      istantanea: json({ dati: row.dati, corpo: row.corpo, fascicoloId: row.fascicoloId }),
      attore: json(toMandato(tx.attore)),
      creata_il: now().toISOString(),
    },
  ])
  await insertRows(
    tx,
    'unione_riga',
    righe.map((riga, index) => ({
      id: newId(),
      unione_id: id,
      posizione: index + 1,
      dati: json({ destinatario: riga.destinatario, valori: riga.valori, nome: riga.nome }),
      errori: json([]),
    })),
  )
  tx.audit({ azione: 'stampa-unione-confermata', oggettoTipo: 'bozza', oggettoId: row.id, dopo: { unione: id, righe: righe.length } })
  tx.emit({ tipo: 'unioneConfermata', id })
}

export interface UnioneRow {
  id: string
  bozzaId: string
  stato: 'IN_CORSO' | 'CONCLUSA' | 'INTERROTTA'
  totale: number
  fatte: number
  rifiutate: number
  /** The draft as it was when it was confirmed: what is written later does not change the letters. */
  istantanea: Pick<BozzaRow, 'dati' | 'corpo' | 'fascicoloId'>
  attore: Mandato
  creataIl: Date
  conclusaIl: Date | null
}

export interface RigaRow {
  id: string
  posizione: number
  dati: { destinatario: SoggettoBozza; valori: Record<string, string>; nome: string }
  esito: 'REGISTRATA' | 'RIFIUTATA' | null
  errori: CampoErrato[]
  etichetta: string | null
}

export const UNIONE = `select id, bozza_id as "bozzaId", stato, totale, fatte, rifiutate, istantanea, attore, creata_il as "creataIl", conclusa_il as "conclusaIl" from unione where ente_id = $1`

/** A letter to many with its rows. Throws NotFound when its draft is not this person's to see. */
export async function readUnione(scope: Scope, id: string): Promise<UnioneDto> {
  return await inReadTransaction(scope, async (s) => {
    const row = await queryOne<UnioneRow>(s, `${UNIONE} and id = $2`, [s.ente.id, id])
    if (row === null) throw unioneAssente()
    await findVisibleBozza(s, row.bozzaId)
    return present(row, await findRighe(s, id))
  })
}

/** The letters to many of a draft, the last first. */
export async function readUnioni(scope: Scope, bozzaId: string): Promise<UnioneDto[]> {
  return await inReadTransaction(scope, async (s) => {
    await findVisibleBozza(s, bozzaId)
    const rows = await query<UnioneRow>(s, `${UNIONE} and bozza_id = $2 order by creata_il desc`, [s.ente.id, bozzaId])
    return await Promise.all(rows.map(async (row) => present(row, await findRighe(s, row.id))))
  })
}

async function findRighe(s: Scope, id: string): Promise<RigaRow[]> {
  return await query<RigaRow>(
    s,
    `select u.id, u.posizione, u.dati, u.esito, u.errori, case when r.id is null then null else lpad(r.numero::text, greatest(7, length(r.numero::text)), '0') || '/' || r.anno end as etichetta
       from unione_riga u left join registrazione r on r.ente_id = u.ente_id and r.id = u.registrazione_id where u.ente_id = $1 and u.unione_id = $2 order by u.posizione`,
    [s.ente.id, id],
  )
}

function present(row: UnioneRow, righe: readonly RigaRow[]): UnioneDto {
  return {
    id: row.id,
    bozzaId: row.bozzaId,
    stato: row.stato,
    totale: row.totale,
    fatte: row.fatte,
    rifiutate: row.rifiutate,
    autore: row.attore.nome,
    creataIl: row.creataIl.toISOString(),
    conclusaIl: row.conclusaIl?.toISOString() ?? null,
    righe: righe.map(({ posizione, dati, esito, errori, etichetta }) => ({ posizione, nome: dati.nome, esito, errori, etichetta })),
  }
}

/** Stops a letter to many: what has a number keeps it, the rest stays undone. Throws NotFound. */
export async function stopUnione(scope: Scope, id: string): Promise<UnioneDto> {
  await readUnione(scope, id)
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `update unione set stato = 'INTERROTTA', conclusa_il = clock_timestamp() where ente_id = $1 and id = $2 and stato = 'IN_CORSO'`,
      [tx.ente.id, id],
    )
    tx.audit({ azione: 'stampa-unione-interrotta', oggettoTipo: 'unione', oggettoId: id })
  })
  return await readUnione(scope, id)
}
