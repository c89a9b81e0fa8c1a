import type { EventoRow } from './repository.ts'
import { changesOf, describeEvento } from './rules.ts'
import type { EventoDto } from './schema.ts'

/** A fact as the screens show it; without `conDati` it says who did what and when, not what it was about. */
export function presentEvento(r: EventoRow, nomi: ReadonlyMap<string, string>, conDati: boolean): EventoDto {
  const { cambiamenti, motivo } = conDati ? changesOf(r.dati, nomi) : { cambiamenti: [], motivo: null }
  return {
    id: r.id,
    istante: r.istante.toISOString(),
    azione: r.azione,
    descrizione: describeEvento(r.azione),
    attore: r.attoreNome,
    attoreTipo: r.attoreTipo,
    oggetto: { tipo: r.oggettoTipo, id: r.oggettoId },
    motivo,
    cambiamenti,
    catena: r.progressivo === null || r.impronta === null ? null : { progressivo: r.progressivo, impronta: r.impronta },
  }
}
