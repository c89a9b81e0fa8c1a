import type { ObjectStore } from '../../../storage/index.ts'
import { insertContenuti, storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { findCalendario, nextWorkingDay } from '../../enti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { sqlState } from '../../kernel/problem.ts'
import { inSnapshot, inTransaction, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { addDays, formatItalianDay } from '../../kernel/time.ts'
import type { Sigillo } from '../../ports/sigillo.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { claimKey, lockRegistro } from '../../protocollo/index.ts'
import { closeAvvisi, openAvviso } from '../repository/avvisi.ts'
import type { TipoAvviso } from '../repository/avvisi.ts'
import { findAnnullamenti, findModifiche, findRegistrazioni } from '../repository/contenuto.ts'
import {
  findResponsabile,
  findUltimoNumero,
  findVersioni,
  insertRegistroGiornaliero,
  isInSigillatura,
  findPrecedente,
} from '../repository/registri.ts'
import type { AnelloRow, RegistroRow } from '../repository/registri.ts'
import { continuityFault } from '../righe.ts'
import type { Riga } from '../righe.ts'
import { toStampa } from '../stampa.ts'
import { composeRegistro } from './compose.ts'
import type { Materia, RegistroComposto } from './compose.ts'
import { sealTraccia } from './traccia.ts'

/** What production uses outside the database. */
export interface PorteRegistro {
  readonly store: ObjectStore
  readonly stampa: Stampatrice
  readonly sigillo: Sigillo
}

/** The register to be made: a day or a year, first version or a later one with its reason. */
export interface Richiesta {
  readonly registro: RegistroRow
  readonly tipo: 'giornaliero' | 'annuale'
  readonly giorno: string
  readonly motivo?: string
  /** Key of the person's request for a later version: the same key makes it once. */
  readonly chiave?: string
}

export type EsitoProduzione =
  | { readonly esito: 'prodotto' | 'gia-prodotto'; readonly id: string }
  | { readonly esito: 'vuoto' | 'bloccato'; readonly id: null }

/** Name of the act whose keys are kept. */
export const RIGENERA = 'registro-giornaliero.rigenera'

/** Days of grace of an annual register (conservazione §2.1). */
const GIORNI_ANNUALE = 30

/**
 * Produces the register of a day that is over (REQ-PROT-100…104). Waits for the registrations under way by taking the counter's lock once, reads everything
 * at one instant, writes rows, header, XML and PDF, then commits one immutable row chained to the day before. A day whose numbers do not follow, or with a
 * registration still being sealed, is not produced: the RGD is alarmed. With `motivo` it makes a later version beside the first. Idempotent otherwise.
 */
export async function produceRegistro(scope: Scope, ports: PorteRegistro, r: Richiesta): Promise<EsitoProduzione> {
  const versioni = await findVersioni(scope, r.registro.id, r.tipo, r.giorno)
  const last = versioni.at(-1)
  if (last !== undefined && r.motivo === undefined) return { esito: 'gia-prodotto', id: last.id }
  const waiting = await inTransaction(scope, async (tx) => {
    // Whoever took a number before midnight has committed when this lock is given; whoever takes one later gets a later day.
    await lockRegistro(tx, r.registro.id)
    return await isInSigillatura(tx, r.registro.id, r.giorno)
  })
  if (waiting) {
    const testo = 'Una registrazione del giorno attende ancora il sigillo: il registro giornaliero sarà prodotto quando l’avrà.'
    return await block(scope, r, 'sigillatura', testo)
  }
  const materia = await readMateria(scope, r, versioni)
  if (r.tipo === 'giornaliero' && !r.registro.giorniVuoti && materia.righe.length === 0 && last === undefined)
    return { esito: 'vuoto', id: null }
  const numeri = materia.righe.filter((x) => x.tipo === 'registrazione').map((x) => x.numero)
  const fault = continuityFault(numeri, materia.ultimoPrecedente)
  if (fault !== null)
    return await block(scope, r, 'continuita', `Registro ${r.registro.codice}: ${fault} Il registro ${r.tipo} non è stato prodotto.`)
  const composto = composeRegistro(materia)
  return await keep(scope, ports, r, materia, composto, versioni)
}

async function block(scope: Scope, r: Richiesta, tipo: TipoAvviso, testo: string): Promise<EsitoProduzione> {
  await inTransaction(scope, async (tx) => void (await openAvviso(tx, { registroId: r.registro.id, giorno: r.giorno, tipo, testo })))
  return { esito: 'bloccato', id: null }
}

async function readMateria(scope: Scope, r: Richiesta, versioni: readonly AnelloRow[]): Promise<Materia> {
  const traccia = r.tipo === 'giornaliero' && r.registro.generale && versioni.length === 0 ? await sealTraccia(scope, r.giorno) : null
  const calendario = await findCalendario(scope, r.registro.aooId)
  const anno = Number(r.giorno.slice(0, 4))
  const dal = r.tipo === 'annuale' ? `${anno}-01-01` : r.giorno
  return await inSnapshot(scope, async (s) => {
    const periodo = { registroId: r.registro.id, dal, al: r.giorno }
    const righe: Riga[] = [
      ...(await findRegistrazioni(s, periodo)),
      ...(await findAnnullamenti(s, periodo)),
      ...(await findModifiche(s, periodo)),
    ]
    const first = righe[0]
    const chain = await findPrecedente(s, r.registro.id, r.tipo === 'annuale' ? addDays(r.giorno, 1) : r.giorno)
    const responsabile = await findResponsabile(s, r.giorno)
    const clock = await queryOne<{ istante: string }>(
      s,
      `select to_char(app.istante() at time zone 'Europe/Rome', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || to_char((app.istante() at time zone 'Europe/Rome') - (app.istante() at time zone 'UTC'), '"+"HH24:MI') as istante`,
    )
    const stated = await findUltimoNumero(s, r.registro.id, anno, dal)
    return {
      ente: s.ente,
      registro: r.registro,
      tipo: r.tipo,
      giorno: r.giorno,
      progressivo: progressivo(r, versioni, chain, anno),
      versione: versioni.length + 1,
      motivo: r.motivo ?? '',
      // A register whose chain starts now may start from any number: nothing earlier was stated by us.
      ultimoPrecedente: stated ?? (chain === null && first?.tipo === 'registrazione' ? first.numero - 1 : 0),
      precedente: versioni.at(-1) ?? chain,
      traccia,
      righe,
      responsabile: {
        nome: responsabile?.nome ?? '',
        cognome: responsabile?.cognome ?? '',
        codiceFiscale: responsabile?.codiceFiscale ?? '',
      },
      produttore: s.attore.tipo === 'sistema' ? 'Faldone, produzione automatica' : s.attore.nome,
      prodottoIl: clock?.istante ?? '',
      scadenza: r.tipo === 'annuale' ? addDays(r.giorno, GIORNI_ANNUALE) : nextWorkingDay(r.giorno, calendario),
    }
  })
}

/** Yearly progressive number, without gaps: every version of a day has the day's (REQ-PROT-104; REQ-CONS-016). */
function progressivo(r: Richiesta, versioni: readonly AnelloRow[], chain: AnelloRow | null, anno: number): number {
  if (r.tipo === 'annuale') return 0
  const own = versioni[0]
  if (own !== undefined) return own.progressivo
  return chain === null || chain.anno !== anno ? 1 : chain.progressivo + 1
}

type Parti = Readonly<Record<'giorno' | 'righe' | 'xml' | 'pdf', NuovoContenuto>>

async function keep(
  scope: Scope,
  ports: PorteRegistro,
  r: Richiesta,
  m: Materia,
  c: RegistroComposto,
  versioni: readonly AnelloRow[],
): Promise<EsitoProduzione> {
  const xml = r.registro.sottoscrizione === 'sigillo' ? await ports.sigillo.sealXml(c.xml) : c.xml
  const pdf = await ports.stampa.print(toStampa({ intestazione: c.intestazione, impronta: c.impronta, righe: c.righe, xml }))
  const put = async (nome: string, bytes: Buffer): Promise<NuovoContenuto> =>
    await storeBuffer(scope, ports.store, bytes, `${c.intestazione.identificativo}${nome}`)
  const parti: Parti = {
    giorno: await put('.json', Buffer.from(c.testoGiorno, 'utf8')),
    righe: await put('.txt', Buffer.from(c.testoRighe, 'utf8')),
    xml: await put('.xml', Buffer.from(xml, 'utf8')),
    pdf: await put('.pdf', Buffer.from(pdf)),
  }
  const id = newId()
  try {
    const earlier = await inTransaction(scope, async (tx) => {
      const claimed = r.chiave === undefined ? null : await claimKey(tx, RIGENERA, r.chiave, r.giorno, id)
      if (claimed !== null) return claimed.risultatoId
      await lockRegistro(tx, r.registro.id)
      await insertContenuti(tx, Object.values(parti))
      await insertRegistroGiornaliero(tx, toRow(id, r, m, c, parti, versioni))
      await announce(tx, id, r, c)
      return null
    })
    return earlier === null ? { esito: 'prodotto', id } : { esito: 'gia-prodotto', id: earlier }
  } catch (error) {
    // Another run of the same job was quicker: its row is the day's.
    const there = sqlState(error) === '23505' ? (await findVersioni(scope, r.registro.id, r.tipo, r.giorno)).at(-1) : undefined
    if (there === undefined) throw error
    return { esito: 'gia-prodotto', id: there.id }
  }
}

function toRow(id: string, r: Richiesta, m: Materia, c: RegistroComposto, parti: Parti, versioni: readonly AnelloRow[]) {
  const i = c.intestazione
  return {
    id,
    registro_id: r.registro.id,
    tipo: r.tipo,
    giorno: r.giorno,
    anno: Number(r.giorno.slice(0, 4)),
    progressivo: i.progressivo,
    versione: i.versione,
    prima_versione_id: versioni[0]?.id ?? null,
    identificativo: i.identificativo,
    oggetto: i.oggetto,
    numero_primo: i.primoNumero,
    numero_ultimo: i.ultimoNumero,
    registrazioni: i.registrazioni,
    annullamenti: i.annullamenti,
    modifiche: i.modifiche,
    riservate: m.righe.filter((x) => x.riservato).length,
    impronta_righe: i.righe.impronta,
    impronta_precedente: c.improntaPrecedente,
    impronta: c.impronta,
    giorno_contenuto_id: parti.giorno.id,
    righe_contenuto_id: parti.righe.id,
    xml_contenuto_id: parti.xml.id,
    pdf_contenuto_id: parti.pdf.id,
    sottoscrizione: r.registro.sottoscrizione,
    responsabile_nome: i.responsabile.nome,
    responsabile_cognome: i.responsabile.cognome,
    responsabile_codice_fiscale: i.responsabile.codiceFiscale,
    produttore: i.produttore,
    motivo: i.motivo,
    prodotto_il: i.prodottoIl,
    scadenza: i.scadenza,
  }
}

async function announce(tx: TxScope, id: string, r: Richiesta, { intestazione: i, impronta }: RegistroComposto): Promise<void> {
  await closeAvvisi(tx, r.registro.id, r.giorno, ['continuita', 'sigillatura', 'errore'])
  const { identificativo, versione, registrazioni, annullamenti, modifiche } = i
  tx.audit({
    azione: 'registro-giornaliero-prodotto',
    oggettoTipo: 'registro_giornaliero',
    oggettoId: id,
    registroId: r.registro.id,
    dopo: { identificativo, versione, impronta, registrazioni, annullamenti, modifiche },
    ...(r.motivo === undefined ? {} : { motivo: r.motivo }),
  })
  if (r.registro.sottoscrizione !== 'firma') {
    tx.emit({ tipo: 'registroGiornalieroProdotto', id })
    return
  }
  const testo = `Il registro ${identificativo} attende la firma del responsabile della gestione documentale: va in conservazione entro il ${formatItalianDay(i.scadenza)}.`
  await closeAvvisi(tx, r.registro.id, r.giorno, ['firma'])
  await openAvviso(tx, { registroId: r.registro.id, giorno: r.giorno, tipo: 'firma', testo, registroGiornalieroId: id }, 'info')
}
