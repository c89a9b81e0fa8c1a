import { TabellaIlleggibile, readTabella } from '../../kernel/csv.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { toMandato } from '../../kernel/mandato.ts'
import type { Mandato } from '../../kernel/mandato.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { chiaveGiaUsata, claimKey, digestRequest, nuovaRegistrazione, verifyRegistrazione } from '../../protocollo/index.ts'
import type { NuovaRegistrazione } from '../../protocollo/index.ts'
import { colonneVietate, serieAssente, serieErrata, serieNonTua, tabellaIlleggibile } from '../errors.ts'
import { findCodiciUffici } from '../repository.ts'
import type { SerieConRigheDto, SerieDto, SerieIn, VerificaSerieDto } from '../schema.ts'
import { findSconosciute, findVietate, leggiSerie } from '../serie/leggi.ts'
import type { Nomi, RigaSerie } from '../serie/leggi.ts'

const OPERAZIONE = 'serie'

/** The idempotency key of a row: the same key never gives two numbers in the ente, in whatever series it comes. */
export function chiaveRiga(chiave: string): string {
  return `serie:${chiave}`
}

/**
 * The dry run of a mass registration: every row with everything wrong in it, and the rows whose key already has a number. Writes nothing, takes no number;
 * the real run makes the same checks. Throws InvalidInput for a table that brings what only the system assigns (REQ-PROT-021) or cannot be read.
 */
export async function checkSerie(scope: Scope, input: SerieIn): Promise<VerificaSerieDto> {
  return (await examineSerie(scope, input)).verifica
}

async function examineSerie(scope: Scope, input: SerieIn): Promise<{ righe: RigaSerie[]; verifica: VerificaSerieDto }> {
  return await inReadTransaction(scope, async (s) => {
    const righe = input.csv === undefined ? fromRequests(input.righe ?? []) : await fromCsv(s, input.csv, input.file)
    if (righe.length === 0) throw tabellaIlleggibile('La tabella non ha righe.')
    const numbers = await findNumeri(
      s,
      righe.map((riga) => riga.chiave),
    )
    const checked: RigaSerie[] = []
    for (const riga of righe) checked.push(numbers.has(riga.chiave) ? riga : await checkRiga(s, riga))
    const already = (riga: RigaSerie): string | null => numbers.get(riga.chiave) ?? null
    const errate = checked.filter((riga) => riga.errori.length > 0 && already(riga) === null).length
    return {
      righe: checked,
      verifica: {
        righe: checked.map((riga) => ({
          riga: riga.riga,
          chiave: riga.chiave,
          oggetto: riga.oggetto,
          errori: already(riga) === null ? [...riga.errori] : [],
          giaRegistrata: already(riga),
        })),
        valide: checked.length - errate - numbers.size,
        errate,
        giaRegistrate: numbers.size,
      },
    }
  })
}

async function fromCsv(s: Scope, csv: string, file: SerieIn['file']): Promise<RigaSerie[]> {
  try {
    const tabella = readTabella(csv)
    const vietate = findVietate(tabella.colonne)
    if (vietate.length > 0) throw colonneVietate(vietate)
    const strange = findSconosciute(tabella.colonne)
    if (strange.length > 0) throw tabellaIlleggibile(`Colonne che non si riconoscono: ${strange.join(', ')}.`)
    return leggiSerie(tabella, await loadNomi(s, file))
  } catch (error) {
    if (error instanceof TabellaIlleggibile) throw tabellaIlleggibile(error.message)
    throw error
  }
}

async function loadNomi(s: Scope, file: SerieIn['file']): Promise<Nomi> {
  const voci = await query<{ id: string; codice: string; etichetta: string }>(
    s,
    `select v.id, v.codice, v.etichetta from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
      where v.ente_id = $1 and t.stato = 'ATTIVO' and t.dal <= app.oggi() and (t.al is null or t.al > app.oggi())`,
    [s.ente.id],
  )
  return {
    voci: new Map(voci.flatMap((voce) => [[voce.codice, voce.id] as const, [voce.etichetta, voce.id] as const])),
    uffici: await findCodiciUffici(s),
    file: new Map(file.map((one) => [one.nome, one.contenutoId])),
  }
}

const SYSTEM = [
  'numero',
  'numeroRegistrazione',
  'dataRegistrazione',
  'oraRegistrazione',
  'impronta',
  'istante',
  'anno',
  'annoRegistro',
  'segnatura',
]

function fromRequests(requests: NonNullable<SerieIn['righe']>): RigaSerie[] {
  const seen = new Set<string>()
  return requests.map(({ chiave, registrazione }, index) => {
    const errori: CampoErrato[] = SYSTEM.filter((campo) => campo in registrazione).map((campo) => ({
      campo,
      messaggio: 'Numero, data, ora e impronta li assegna il sistema.',
    }))
    if (seen.has(chiave)) errori.push({ campo: 'chiave', messaggio: 'La chiave compare due volte.' })
    seen.add(chiave)
    const parsed = nuovaRegistrazione.safeParse(registrazione)
    if (!parsed.success) errori.push(...parsed.error.issues.map((issue) => ({ campo: issue.path.join('.'), messaggio: issue.message })))
    const oggetto = typeof registrazione['oggetto'] === 'string' ? registrazione['oggetto'] : ''
    return { riga: index + 1, chiave, oggetto, errori, input: parsed.success && errori.length === 0 ? parsed.data : null }
  })
}

/** The checks that only the database can make: the same the act makes. */
async function checkRiga(s: Scope, riga: RigaSerie): Promise<RigaSerie> {
  if (riga.input === null) return riga
  const { campi } = await verifyRegistrazione(s, riga.input)
  return campi.length === 0 ? riga : { ...riga, input: null, errori: campi }
}

/** Numbers that some of the keys already have. */
async function findNumeri(s: Scope, chiavi: readonly string[]): Promise<Map<string, string>> {
  const rows = await query<{ chiave: string; etichetta: string }>(
    s,
    `select substr(k.chiave, 7) as chiave, lpad(r.numero::text, greatest(7, length(r.numero::text)), '0') || '/' || r.anno as etichetta
       from chiave_idempotenza k join registrazione r on r.ente_id = k.ente_id and r.id = k.risultato_id
      where k.ente_id = $1 and k.operazione = 'registrazione' and k.chiave = any($2::text[])`,
    [s.ente.id, chiavi.map(chiaveRiga)],
  )
  return new Map(rows.map((row) => [row.chiave, row.etichetta]))
}

/**
 * Confirms a mass registration: the rows are kept and a job registers them in the name of who confirmed, one number each (REQ-PROT-015). One wrong row
 * stops all. Same key, same series. Throws RuleViolation, InvalidInput.
 */
export async function startSerie(scope: Scope, input: SerieIn, chiave: string): Promise<SerieConRigheDto> {
  const nuova = newId()
  const { righe, verifica } = await examineSerie(scope, input)
  const id = await inTransaction(scope, async (tx) => {
    const richiesta = digestRequest(input)
    const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, nuova)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return earlier.risultatoId
    }
    if (verifica.errate > 0) throw serieErrata()
    await insertSerie(tx, nuova, input.nome, righe)
    return nuova
  })
  return await readSerie(scope, id)
}

async function insertSerie(tx: TxScope, id: string, nome: string, righe: readonly RigaSerie[]): Promise<void> {
  await insertRows(tx, 'serie', [
    {
      id,
      nome,
      stato: 'IN_CORSO',
      totale: righe.length,
      fatte: 0,
      rifiutate: 0,
      attore: json(toMandato(tx.attore)),
      creata_il: now().toISOString(),
    },
  ])
  for (let from = 0; from < righe.length; from += 500) {
    await insertRows(
      tx,
      'serie_riga',
      righe.slice(from, from + 500).map((riga, index) => ({
        id: newId(),
        serie_id: id,
        posizione: from + index + 1,
        chiave: riga.chiave,
        dati: json({ oggetto: riga.oggetto, input: riga.input }),
        errori: json([]),
      })),
    )
  }
  tx.audit({ azione: 'serie-confermata', oggettoTipo: 'serie', oggettoId: id, dopo: { nome, righe: righe.length } })
  tx.emit({ tipo: 'serieConfermata', id })
}

export interface SerieRow {
  id: string
  nome: string
  stato: 'IN_CORSO' | 'CONCLUSA' | 'INTERROTTA'
  totale: number
  fatte: number
  rifiutate: number
  attore: Mandato
  creataIl: Date
  conclusaIl: Date | null
}
export interface RigaSerieRow {
  id: string
  posizione: number
  chiave: string
  dati: { oggetto: string; input: NuovaRegistrazione | null }
  esito: 'REGISTRATA' | 'GIA_REGISTRATA' | 'RIFIUTATA' | null
  errori: CampoErrato[]
  etichetta: string | null
}

const SERIE = `select id, nome, stato, totale, fatte, rifiutate, attore, creata_il as "creataIl", conclusa_il as "conclusaIl" from serie where ente_id = $1`

export async function findSerie(scope: Scope, id: string): Promise<SerieRow | null> {
  return await queryOne<SerieRow>(scope, `${SERIE} and id = $2`, [scope.ente.id, id])
}

/** Series of this person; RGD and vicario see all. */
const isHis = (scope: Scope, row: SerieRow): boolean =>
  row.attore.id === scope.attore.id || scope.attore.profili.some((p) => p === 'responsabileGestioneDocumentale' || p === 'vicario')

function presentSerie({ attore, creataIl, conclusaIl, ...row }: SerieRow): SerieDto {
  return { ...row, autore: attore.nome, creataIl: creataIl.toISOString(), conclusaIl: conclusaIl?.toISOString() ?? null }
}

/** The mass registrations of this person, the last first. */
export async function listSerie(scope: Scope): Promise<SerieDto[]> {
  const rows = await query<SerieRow>(scope, `${SERIE} order by creata_il desc limit 200`, [scope.ente.id])
  return rows.filter((row) => isHis(scope, row)).map(presentSerie)
}

/** A mass registration with its rows and how far it is. Throws NotFound, Forbidden. */
export async function readSerie(scope: Scope, id: string): Promise<SerieConRigheDto> {
  return await inReadTransaction(scope, async (s) => {
    const row = await findSerie(s, id)
    if (row === null) throw serieAssente()
    if (!isHis(s, row)) throw serieNonTua()
    const righe = await query<RigaSerieRow>(
      s,
      `select x.id, x.posizione, x.chiave, x.dati, x.esito, x.errori, case when r.id is null then null else lpad(r.numero::text, greatest(7, length(r.numero::text)), '0') || '/' || r.anno end as etichetta
         from serie_riga x left join registrazione r on r.ente_id = x.ente_id and r.id = x.registrazione_id where x.ente_id = $1 and x.serie_id = $2 order by x.posizione`,
      [s.ente.id, id],
    )
    return {
      ...presentSerie(row),
      righe: righe.map(({ posizione, chiave, dati, esito, errori, etichetta }) => ({
        posizione,
        chiave,
        oggetto: dati.oggetto,
        esito,
        errori,
        etichetta,
      })),
    }
  })
}

/** Stops a mass registration (`INTERROTTA`) or makes it go on (`IN_CORSO`): what has a number keeps it. Throws NotFound, Forbidden. */
export async function moveSerie(scope: Scope, id: string, stato: 'INTERROTTA' | 'IN_CORSO'): Promise<SerieConRigheDto> {
  await readSerie(scope, id)
  await inTransaction(scope, async (tx) => {
    const before = stato === 'INTERROTTA' ? 'IN_CORSO' : 'INTERROTTA'
    const [moved] = await query(
      tx,
      `update serie set stato = $3, conclusa_il = null where ente_id = $1 and id = $2 and stato = $4 returning 1`,
      [tx.ente.id, id, stato, before],
    )
    if (moved === undefined) return
    tx.audit({ azione: stato === 'INTERROTTA' ? 'serie-interrotta' : 'serie-ripresa', oggettoTipo: 'serie', oggettoId: id })
    if (stato === 'IN_CORSO') tx.emit({ tipo: 'serieConfermata', id })
  })
  return await readSerie(scope, id)
}
