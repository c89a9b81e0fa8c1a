import { query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { findCondizioni, findSoggetti, findVisibleById, fromSoggettoRow } from '../../protocollo/index.ts'
import { fromSoggetto } from '../rules.ts'
import type { DatiBozza, TipoBozza } from '../schema.ts'

/** What a registration proposes to a new draft. */
export interface Proposta {
  readonly dati?: Partial<DatiBozza>
  readonly ufficioId?: string
  readonly fascicoloId?: string
}

/**
 * The data of a registration for a draft that answers it or copies it: subject, correspondents, class, fascicolo, office. Files never: they are another
 * document. In a reply who wrote becomes who is written to. Throws NotFound when this person may not see it.
 */
export async function proposeFrom(scope: Scope, registrazioneId: string, tipo: TipoBozza, risposta: boolean): Promise<Proposta> {
  const r = await findVisibleById(scope, registrazioneId)
  const oggetto = (await findCondizioni(scope, [r.id])).get(r.id)?.oggetto ?? r.oggetto
  const soggetti = (await findSoggetti(scope, r.id))
    .filter((row) => row.tipo !== 'UO')
    .map((row) => ({ ruolo: row.ruolo, soggetto: fromSoggetto(fromSoggettoRow(row)) }))
  const [fascicolo] = await query<{ id: string }>(
    scope,
    `select f.id from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = $1 and fd.documento_id = $2 and fd.tolto_il is null and f.stato in ('APERTO', 'SOSPESO') order by fd.principale desc, fd.inserito_il limit 1`,
    [scope.ente.id, r.documentoId],
  )
  const competente = await queryOne<{ ufficioId: string; operatoreId: string | null }>(
    scope,
    `select ufficio_id as "ufficioId", operatore_id as "operatoreId" from assegnazione where ente_id = $1 and registrazione_id = $2 and tipo = 'competenza' and al is null`,
    [scope.ente.id, r.id],
  )
  const written = (ruolo: string) => soggetti.filter((one) => one.ruolo === ruolo).map((one) => one.soggetto)
  const others = risposta && r.tipo === 'E' ? written('mittente') : written('destinatario')
  const dati: Partial<DatiBozza> = {
    oggetto: (risposta ? `Risposta: ${oggetto}` : oggetto).slice(0, 500),
    voceId: r.voceId,
    riservatezza: r.riservatezza as DatiBozza['riservatezza'],
    ...(tipo === 'U' ? { destinatari: others, mezzo: mezzoOf(r.mezzo) } : {}),
    ...(tipo === 'E' ? { mittenti: written('mittente'), mezzo: r.mezzo as DatiBozza['mezzo'] } : {}),
    ...(tipo !== 'U' && !risposta && competente !== null ? { assegnazione: { ufficioId: competente.ufficioId } } : {}),
    ...(risposta ? {} : { tipologia: r.tipologia as DatiBozza['tipologia'], note: r.note }),
  }
  const office =
    tipo === 'E' || competente === null || !scope.attore.uffici.includes(competente.ufficioId) ? {} : { ufficioId: competente.ufficioId }
  return { dati, ...office, ...(fascicolo === undefined ? {} : { fascicoloId: fascicolo.id }) }
}

/** A reply leaves by the way the request came, when one can leave by it. */
function mezzoOf(mezzo: string): DatiBozza['mezzo'] {
  return mezzo === 'PEC' || mezzo === 'PEO' || mezzo === 'RACCOMANDATA' || mezzo === 'A_MANO'
    ? mezzo
    : mezzo === 'PORTALE'
      ? 'PEC'
      : 'POSTA'
}
