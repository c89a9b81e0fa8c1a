import { modalitaFormazioneOf } from '../../documenti/index.ts'
import { queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { statoNonAmmesso } from '../errors.ts'
import { documentoOf } from '../rules.ts'
import { findVisibleBozza } from './draft.ts'

/** A document before its number, with what its metadata ask for. Days of Rome `YYYY-MM-DD`. */
export interface BozzaFormata {
  readonly id: string
  readonly aooId: string
  readonly oggetto: string
  readonly tipologia: string
  /** Letter of the way it was formed. */
  readonly modalita: 'a' | 'b'
  readonly riservatezza: string
  readonly dataDocumento: string | null
  readonly voceId: string | null
  readonly autoreId: string
  readonly creataIl: string
  /** The signed document, else the prepared one, else the one brought here; null while there is only a text. */
  readonly principale: { readonly contenutoId: string; readonly nome: string } | null
  readonly allegati: readonly { readonly contenutoId: string; readonly nome: string; readonly descrizione: string }[]
}

/**
 * A draft this person sees, as the document it is now. Throws NotFound when it is not there or not his to see, RuleViolation for one that has its number:
 * from then on its metadata are those of the registration.
 */
export async function findBozzaFormata(scope: Scope, id: string): Promise<BozzaFormata> {
  const row = await findVisibleBozza(scope, id)
  if (row.registrazioneId !== null) throw statoNonAmmesso(row.stato, 'i suoi metadati sono quelli della registrazione')
  const born = await queryOne<{ creataIl: string; aooId: string }>(
    scope,
    `select to_char(b.creata_il at time zone 'Europe/Rome', 'YYYY-MM-DD') as "creataIl", coalesce(u.aoo_id, a.id) as "aooId"
       from bozza b join aoo a on a.ente_id = b.ente_id and a.predefinita left join ufficio u on u.ente_id = b.ente_id and u.id = b.ufficio_id
      where b.ente_id = $1 and b.id = $2`,
    [scope.ente.id, id],
  )
  const { dati } = row
  const made = documentoOf(row) as { contenutoId: string; nome: string } | undefined
  const formazione = row.documento === null ? (dati.documento?.formazione ?? 'file') : 'redatto'
  return {
    id,
    aooId: born?.aooId ?? '',
    oggetto: dati.oggetto,
    tipologia: dati.tipologia,
    modalita: modalitaFormazioneOf(formazione),
    riservatezza: dati.riservatezza,
    dataDocumento: dati.dataDocumento === undefined || dati.dataDocumento === '' ? null : dati.dataDocumento,
    voceId: dati.voceId,
    autoreId: row.autoreId,
    creataIl: born?.creataIl ?? '',
    principale: made === undefined ? null : { contenutoId: made.contenutoId, nome: made.nome },
    allegati: dati.allegati,
  }
}
