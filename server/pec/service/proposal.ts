import { query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findUfficiAttivi, formatEtichetta, fromSoggettoRow } from '../../protocollo/index.ts'
import type { SoggettoDto, SoggettoRow } from '../../protocollo/index.ts'
import { findVersioneInForce, findVociById, presentVoce } from '../../titolario/index.ts'
import type { VoceRow } from '../../titolario/index.ts'
import type { MessaggioRow } from '../repository.ts'
import type { PropostaDto } from '../schema.ts'

const RECENTI = 10

/**
 * What is proposed for the registration of a message, each with its reason: sender from the correspondents already known, else from the certified
 * data or the From; classe and office from the last registrations of the same sender. Only proposals: the operator decides (REQ-SEGN-047).
 */
export async function buildProposta(scope: Scope, row: MessaggioRow): Promise<PropostaDto> {
  const verified = row.tipo === 'pec' && row.controlli.verificato
  const base: PropostaDto = {
    ...(await proposeMittente(scope, row)),
    oggetto: row.oggetto.slice(0, 500),
    tipologia: row.controlli.fattura === null ? 'Comunicazione' : 'Fattura',
    dataArrivo: row.ricevutoIl.toISOString(),
    mezzo: verified ? 'PEC' : 'PEO',
    dallaSegnatura: [],
    ...declared(row.controlli.segnatura),
  }
  return row.mittenteIndirizzo === '' ? base : { ...base, ...(await proposeClassifica(scope, row.mittenteIndirizzo)) }
}

/** What the segnatura of the sender fills, and which fields they are: the operator sees them and may change them (REQ-PROT-044, REQ-PROT-066). */
function declared(segnatura: MessaggioRow['controlli']['segnatura']): Partial<PropostaDto> {
  if (segnatura === null) return {}
  const { numero, data, oggetto, mittente, riservato } = segnatura
  const filled: Partial<PropostaDto> = {
    ...(oggetto === undefined || oggetto === null || oggetto.trim() === '' ? {} : { oggetto: oggetto.trim().slice(0, 500) }),
    ...(mittente === undefined || mittente === null ? {} : { mittente, motivoMittente: 'Dalla segnatura ricevuta con il messaggio.' }),
    ...(numero === null ? {} : { protocolloMittente: { numero, ...(data === null ? {} : { data }) } }),
    ...(riservato === true ? { riservatezza: 'RISERVATO' as const } : {}),
  }
  const campi = ['oggetto', 'mittente', 'protocolloMittente', 'riservatezza'] as const
  return { ...filled, dallaSegnatura: campi.filter((campo) => campo in filled) }
}

/** The latest ordinary registration of the address: its correspondent is the rubrica. Riservati are not looked at: their sender is not everybody's to see. */
async function proposeMittente(scope: Scope, row: MessaggioRow): Promise<Pick<PropostaDto, 'mittente' | 'motivoMittente'>> {
  const known =
    row.mittenteIndirizzo === ''
      ? null
      : await queryOne<SoggettoRow & { anno: number; numero: number }>(
          scope,
          `select s.ruolo, s.posizione, s.tipo, s.nome, s.cognome, s.denominazione, s.codice_fiscale as "codiceFiscale", s.codice_ipa as "codiceIpa", s.codice_aoo as "codiceAoo",
                  s.denominazione_aoo as "denominazioneAoo", s.indirizzo_digitale as "indirizzoDigitale", r.anno, r.numero
             from soggetto s join registrazione r on r.ente_id = s.ente_id and r.id = s.registrazione_id
            where s.ente_id = $1 and s.ruolo = 'mittente' and s.indirizzo_digitale = $2 and not app.riservata(r.ente_id, r.id) order by r.istante desc limit 1`,
          [scope.ente.id, row.mittenteIndirizzo],
        )
  if (known !== null)
    return {
      mittente: fromSoggettoRow(known),
      motivoMittente: `Stesso indirizzo della registrazione ${formatEtichetta(known.numero, known.anno)}.`,
    }
  const source =
    row.daticert?.mittente === row.mittenteIndirizzo && row.tipo === 'pec'
      ? 'Indirizzo certificato dal gestore'
      : 'Indirizzo scritto nel messaggio'
  return {
    mittente: fromName(row),
    motivoMittente: row.mittenteIndirizzo === '' ? 'Il messaggio non dice chi lo ha inviato.' : `${source}: nome da verificare.`,
  }
}

const ORGANIZATIONS =
  /\b(?:s\.?\s?r\.?\s?l|s\.?\s?p\.?\s?a|s\.?n\.?c|comune|provincia|regione|ministero|studio|ditta|associazione|consorzio|cooperativa|istituto|scuola|ufficio|protocollo|azienda|societ[aà])\b/iu

/** Two or three words that are not an organisation are taken for a person; anything else for an organisation named as written. */
function fromName(row: MessaggioRow): SoggettoDto {
  const indirizzoDigitale = row.mittenteIndirizzo === '' ? {} : { indirizzoDigitale: row.mittenteIndirizzo }
  const words = row.mittente.split(/\s+/u).filter((word) => word !== '')
  const [nome = '', ...rest] = words
  const person =
    words.length >= 2 &&
    words.length <= 3 &&
    !row.mittente.includes('@') &&
    !ORGANIZATIONS.test(row.mittente) &&
    words.every((word) => /^\p{Lu}/u.test(word))
  if (person) return { tipo: 'PF', nome, cognome: rest.join(' '), ...indirizzoDigitale }
  return { tipo: 'PG', denominazione: row.mittente === '' ? 'Mittente non indicato' : row.mittente.slice(0, 300), ...indirizzoDigitale }
}

interface Precedente {
  voceId: string
  ufficioId: string | null
}

async function proposeClassifica(scope: Scope, indirizzo: string): Promise<Pick<PropostaDto, 'voce' | 'ufficio'>> {
  const rows = await query<Precedente>(
    scope,
    `select d.voce_id as "voceId", (select a.ufficio_id from assegnazione a where a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' order by a.dal desc limit 1) as "ufficioId"
       from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id
      where r.ente_id = $1 and r.tipo = 'E' and not app.riservata(r.ente_id, r.id)
        and exists (select 1 from soggetto s where s.ente_id = r.ente_id and s.registrazione_id = r.id and s.ruolo = 'mittente' and s.indirizzo_digitale = $2)
      order by r.istante desc limit ${RECENTI}`,
    [scope.ente.id, indirizzo],
  )
  const voce = await proposeVoce(scope, rows)
  const ufficio = await proposeUfficio(scope, rows)
  return { ...(voce === null ? {} : { voce }), ...(ufficio === null ? {} : { ufficio }) }
}

async function proposeVoce(scope: Scope, rows: readonly Precedente[]): Promise<NonNullable<PropostaDto['voce']> | null> {
  const best = mostFrequent(rows.map((row) => row.voceId))
  if (best === null) return null
  const versione = await findVersioneInForce(scope)
  const voci = await findVociById(scope, [best.id])
  const voce = await classeOf(scope, voci.get(best.id))
  // A plan that changed since, or a closed voice, gives no proposal rather than a wrong one.
  if (voce === null || versione === null || voce.versioneId !== versione.id || voce.chiusa) return null
  return { ...presentVoce(voce), motivo: reasonOf(best.count, rows.length) }
}

/** Titolo and classe are what the protocol office may give: of a sottoclasse its classe is proposed (REQ-TIT-022). */
async function classeOf(scope: Scope, voce: VoceRow | undefined): Promise<VoceRow | null> {
  if (voce === undefined) return null
  if (voce.livello <= 2 || voce.padreId === null) return voce
  return (await findVociById(scope, [voce.padreId])).get(voce.padreId) ?? null
}

async function proposeUfficio(scope: Scope, rows: readonly Precedente[]): Promise<NonNullable<PropostaDto['ufficio']> | null> {
  const best = mostFrequent(rows.flatMap((row) => (row.ufficioId === null ? [] : [row.ufficioId])))
  const ufficio = best === null ? undefined : (await findUfficiAttivi(scope, [best.id])).get(best.id)
  return best === null || ufficio === undefined
    ? null
    : { id: ufficio.id, denominazione: ufficio.denominazione, motivo: reasonOf(best.count, rows.length) }
}

function reasonOf(count: number, of: number): string {
  return of === 1
    ? 'Come l’ultima registrazione dello stesso mittente.'
    : `Come ${count} delle ultime ${of} registrazioni dello stesso mittente.`
}

/** The id that occurs most; the most recent wins a tie. */
function mostFrequent(ids: readonly string[]): { id: string; count: number } | null {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  let best: { id: string; count: number } | null = null
  for (const [id, count] of counts) if (best === null || count > best.count) best = { id, count }
  return best
}
