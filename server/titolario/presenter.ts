import type { VoceRow } from './repository.ts'
import type { VoceDto } from './schema.ts'

/** A voice row as the screens see it. */
export function presentVoce(row: VoceRow): VoceDto {
  return {
    id: row.id,
    codice: row.codice,
    etichetta: row.etichetta,
    livello: row.livello,
    denominazione: row.denominazione,
    padreId: row.padreId,
    selezionabile: !row.chiusa && (row.livello > 1 || !row.haFigli),
    haSottoclassi: row.livello === 2 && row.haFigli,
    ufficioPredefinito: row.ufficioId === null ? null : { id: row.ufficioId, denominazione: row.ufficioDenominazione ?? '' },
    conservazioneAnni: row.conservazioneAnni,
  }
}
