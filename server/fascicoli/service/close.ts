import { inReadTransaction, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta } from '../../protocollo/index.ts'
import { azioneNonConsentita, chiusuraBloccata, esitoNonAmmesso, giaChiuso, versioneSuperata } from '../errors.ts'
import { readClock } from '../numbering.ts'
import { canDecideFascicolo } from '../policy.ts'
import { findAssegnazioniAperte, findDocumenti } from '../repository.ts'
import type { FascicoloRow } from '../repository.ts'
import { closingFindings, esitoErrore, isAperto } from '../rules.ts'
import type { Chiusura, RilievoChiusura, VerificaChiusura } from '../schema.ts'
import { lockVisibleFascicolo } from './file.ts'
import { findVisibleFascicolo } from './read.ts'

/**
 * A check before closing that another room adds (missing metadata, formats): asked inside the transaction, with the fascicolo locked. It answers its
 * findings; it never writes.
 */
export type ControlloChiusura = (
  scope: Scope,
  fascicolo: { readonly id: string; readonly slug: string },
) => Promise<{ readonly bloccanti: readonly RilievoChiusura[]; readonly avvisi: readonly RilievoChiusura[] }>

/** What stands in the way of closing and what should be known before (REQ-FASC-041). Throws NotFound. */
export async function verifyChiusura(scope: Scope, fascicolo: string, controlli: readonly ControlloChiusura[]): Promise<VerificaChiusura> {
  return await inReadTransaction(scope, async (s) => (await examine(s, await findVisibleFascicolo(s, fascicolo), controlli)).verifica)
}

async function examine(
  s: Scope,
  row: FascicoloRow,
  controlli: readonly ControlloChiusura[],
): Promise<{ verifica: VerificaChiusura; haProvvedimento: boolean }> {
  const documenti = await findDocumenti(s, row.id)
  // The final act is ours: what arrives from others is never it.
  const haProvvedimento = documenti.some((d) => d.tipologia === 'Provvedimento' && d.tipoRegistrazione !== 'E')
  const aperte = await findAssegnazioniAperte(s, row.id)
  const own = closingFindings({
    documenti: documenti.length,
    assegnazioniAperte: aperte.map((a) => formatEtichetta(a.numero, a.anno)),
    tipo: row.tipo,
    haProvvedimento,
    conservazioneAnni: row.conservazioneAnni,
  })
  const bloccanti = own.bloccanti.map((b) =>
    b.collegamento === undefined ? b : { ...b, collegamento: `/${s.ente.slug}${b.collegamento}` },
  )
  const avvisi = own.avvisi
  for (const controllo of controlli) {
    const found = await controllo(s, row)
    bloccanti.push(...found.bloccanti)
    avvisi.push(...found.avvisi)
  }
  return { verifica: { bloccanti, avvisi }, haProvvedimento }
}

/**
 * Closes a fascicolo (REQ-FASC-040): nothing can be added afterwards, phases and assignments end, the transfer to preservation follows. `versione` is
 * the one the person looked at. Findings block, unless all allow forcing and a reason is given. Throws NotFound, Forbidden, Conflict for a stale
 * version or an already closed one, RuleViolation with the findings or for an outcome the type does not admit (REQ-FASC-019).
 */
export async function closeFascicolo(
  scope: Scope,
  fascicolo: string,
  input: Chiusura,
  controlli: readonly ControlloChiusura[],
): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const row = await lockVisibleFascicolo(tx, fascicolo)
    if (!canDecideFascicolo(tx.attore, row)) throw azioneNonConsentita()
    if (!isAperto(row.stato)) throw giaChiuso()
    if (row.versione !== input.versione) throw versioneSuperata()
    const { verifica, haProvvedimento } = await examine(tx, row, controlli)
    const wrong = esitoErrore(row.tipo, input.esito, haProvvedimento)
    if (wrong !== null) throw esitoNonAmmesso(wrong)
    const { bloccanti } = verifica
    const forced = bloccanti.length > 0 && bloccanti.every((b) => b.forzabile) ? (input.motivoForzatura ?? null) : null
    if (bloccanti.length > 0 && forced === null) throw chiusuraBloccata(bloccanti)
    const clock = await readClock(tx)
    const key = [tx.ente.id, row.id]
    await query(
      tx,
      `update fascicolo set stato = 'CHIUSO', chiuso_il = $3::date, esito = $4, nota_chiusura = nullif($5, ''), versione = versione + 1 where ente_id = $1 and id = $2`,
      [...key, clock.giorno, input.esito, input.nota],
    )
    await query(tx, 'update fase set al = $3::date where ente_id = $1 and fascicolo_id = $2 and al is null', [...key, clock.giorno])
    await query(tx, 'update fascicolo_assegnazione set al = $3 where ente_id = $1 and fascicolo_id = $2 and al is null', [
      ...key,
      clock.istante,
    ])
    tx.audit({
      azione: 'fascicolo-chiuso',
      oggettoTipo: 'fascicolo',
      oggettoId: row.id,
      fascicoloId: row.id,
      prima: { stato: row.stato, versione: row.versione },
      dopo: {
        stato: 'CHIUSO',
        chiusoIl: clock.giorno,
        esito: input.esito,
        nota: input.nota,
        ...(forced === null ? {} : { rilievi: bloccanti.map((b) => b.messaggio) }),
      },
      ...(forced === null ? {} : { motivo: forced }),
    })
    tx.emit({ tipo: 'fascicoloChiuso', id: row.id })
    return row.id
  })
}
