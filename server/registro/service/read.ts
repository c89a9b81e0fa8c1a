import { openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { daysBetween } from '../../kernel/time.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { isRgd } from '../../protocollo/index.ts'
import { Readable } from 'node:stream'
import { contenutoRiservato, nonProdotto, periodoErrato, registroAssente, registroNonTrovato, soloResponsabile } from '../errors.ts'
import { findAvvisi } from '../repository/avvisi.ts'
import type { AvvisoRow } from '../repository/avvisi.ts'
import { findRegistriGiornalieri, findRegistroGiornaliero } from '../repository/elenco.ts'
import type { RegistroGiornalieroRow } from '../repository/elenco.ts'
import { findRegistri, findRegistro } from '../repository/registri.ts'
import { presentDettaglio, presentRegistro } from '../presenter.ts'
import { readRighe } from '../righe.ts'
import type { Intestazione, RigaSigillata } from '../righe.ts'
import type { RegistroDettaglioDto, RegistroGiornalieroDto } from '../schema.ts'
import { keyOf, toStampa } from '../stampa.ts'
import { chooseRegistro } from './export.ts'
import { produceRegistro, RIGENERA } from './produce.ts'
import type { PorteRegistro } from './produce.ts'

interface RegistroBreve {
  id: string
  codice: string
  denominazione: string
}

const brief = ({ id, codice, denominazione }: RegistroBreve): RegistroBreve => ({ id, codice, denominazione })

export function presentAvviso(a: AvvisoRow) {
  return { id: a.id, giorno: a.giorno, tipo: a.tipo, testo: a.testo, datoIl: a.datoIl.toISOString() }
}

/** Daily and annual registers of at most a year of days, the last version of each, with the open alarms. Throws NotFound, InvalidInput. */
export async function listRegistri(
  scope: Scope,
  f: { dal: string; al: string; registroId?: string | undefined },
): Promise<{
  registro: RegistroBreve
  registri: RegistroBreve[]
  elementi: RegistroGiornalieroDto[]
  avvisi: ReturnType<typeof presentAvviso>[]
}> {
  const length = daysBetween(f.dal, f.al)
  if (length < 0 || length > 366) throw periodoErrato()
  return await inReadTransaction(scope, async (s) => {
    const registro = await chooseRegistro(s, f.registroId)
    const rows = await findRegistriGiornalieri(s, { registroId: registro.id, dal: f.dal, al: f.al })
    const latest = new Map(rows.map((r) => [`${r.tipo} ${r.giorno}`, r]))
    return {
      registro: brief(registro),
      registri: (await findRegistri(s)).map(brief),
      elementi: [...latest.values()].map(presentRegistro),
      avvisi: (await findAvvisi(s, { aperti: true })).map(presentAvviso),
    }
  })
}

/** A register by its id. Throws NotFound. */
export async function found(scope: Scope, id: string): Promise<RegistroGiornalieroRow> {
  const row = await findRegistroGiornaliero(scope, id)
  if (row === null) throw registroAssente()
  return row
}

async function readText(scope: Scope, store: ObjectStore, sha256: string): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(store, scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function righeOf(scope: Scope, store: ObjectStore, r: RegistroGiornalieroRow): Promise<RigaSigillata[]> {
  return readRighe(await readText(scope, store, r.parti.righe.sha256))
}

/** Year and number of the rows that are closed today: those that were riservate when it was made stay so only while the reserve lasts. */
async function findRiservati(scope: Scope, registroId: string, righe: readonly RigaSigillata[]): Promise<Set<string>> {
  const rows = await query<{ anno: number; numero: number }>(
    scope,
    `select r.anno, r.numero from registrazione r join unnest($3::int[], $4::int[]) k (anno, numero) on k.anno = r.anno and k.numero = r.numero
      where r.ente_id = $1 and r.registro_id = $2 and app.riservata(r.ente_id, r.id)`,
    [scope.ente.id, registroId, righe.map((r) => r.anno), righe.map((r) => r.numero)],
  )
  return new Set(rows.map(keyOf))
}

/** One register with its road and the acts that touch earlier days. Throws NotFound. */
export async function readRegistro(
  scope: Scope,
  id: string,
  ports: { store: ObjectStore; stampa: Stampatrice },
): Promise<RegistroDettaglioDto> {
  const row = await found(scope, id)
  const righe = await righeOf(scope, ports.store, row)
  const versioni = await findRegistriGiornalieri(scope, { registroId: row.registroId, dal: row.giorno, al: row.giorno, tipo: row.tipo })
  return presentDettaglio(row, {
    righe,
    riservati: await findRiservati(scope, row.registroId, righe),
    versioni,
    attore: scope.attore,
    dichiarazionePdf: ports.stampa.dichiarazione,
  })
}

/**
 * A part of the register as it was produced. It holds the whole data also of riservati, so it has the strictest access: the RGD or his vicar (REQ-PROT-065).
 * The read is a fact of the trail. Throws Forbidden, NotFound.
 */
export async function openParte(
  scope: Scope,
  id: string,
  parte: 'pdf' | 'xml' | 'righe' | 'giorno',
  store: ObjectStore,
): Promise<FileReply> {
  if (!isRgd(scope.attore)) throw contenutoRiservato()
  const row = await found(scope, id)
  await recordRead(scope, row, parte)
  return await replyWith(scope, row.parti[parte], store)
}

async function recordRead(scope: Scope, row: RegistroGiornalieroRow, file: string): Promise<void> {
  await recordFact(scope, {
    azione: 'registro-giornaliero-letto',
    oggettoTipo: 'registro_giornaliero',
    oggettoId: row.id,
    dopo: { identificativo: row.identificativo, file },
  })
}

/** The copy for consultation: number, date and RISERVATO for what is closed today, the rest as produced (REQ-PROT-065). Throws NotFound. */
export async function openConsultazione(scope: Scope, id: string, ports: { store: ObjectStore; stampa: Stampatrice }): Promise<FileReply> {
  const row = await found(scope, id)
  const righe = await righeOf(scope, ports.store, row)
  const intestazione = JSON.parse(await readText(scope, ports.store, row.parti.giorno.sha256)) as Intestazione
  const mascherate = await findRiservati(scope, row.registroId, righe)
  await recordRead(scope, row, 'consultazione')
  const pdf = Buffer.from(await ports.stampa.print(toStampa({ intestazione, impronta: row.impronta, righe, mascherate })))
  return new FileReply({
    nome: `${row.identificativo}-consultazione.pdf`,
    tipo: 'application/pdf',
    stream: Readable.from([pdf]),
    dimensione: pdf.length,
  })
}

/**
 * A later version of a register beside the first, with its reason (REQ-PROT-103). Repeating the request with the same key gives the version it made.
 * Throws Forbidden, NotFound, Conflict when the day cannot be produced now.
 */
export async function regenerateRegistro(
  scope: Scope,
  id: string,
  motivo: string,
  chiave: string,
  ports: PorteRegistro,
): Promise<RegistroDettaglioDto> {
  if (!isRgd(scope.attore)) throw soloResponsabile()
  const row = await found(scope, id)
  const registro = await findRegistro(scope, row.registroId)
  if (registro === null) throw registroNonTrovato()
  const done = await findByKey(scope, chiave)
  if (done !== null) return await readRegistro(scope, done, ports)
  const esito = await produceRegistro(scope, ports, { registro, tipo: row.tipo, giorno: row.giorno, motivo, chiave })
  if (esito.id === null) throw nonProdotto('Il registro non si può produrre adesso: leggi l’avviso nella Scrivania.')
  return await readRegistro(scope, esito.id, ports)
}

async function findByKey(scope: Scope, chiave: string): Promise<string | null> {
  const rows = await query<{ id: string }>(
    scope,
    `select risultato_id as id from chiave_idempotenza where ente_id = $1 and operazione = $2 and chiave = $3`,
    [scope.ente.id, RIGENERA, chiave],
  )
  return rows[0]?.id ?? null
}
