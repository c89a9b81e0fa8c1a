import { buildTitolario } from '../../titolario/index.ts'
import type { Titolario } from '../../titolario/index.ts'
import type { VoceRow } from './repository.ts'
import type { VoceDto, VoceInteraDto } from './schema.ts'

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

/** A voice with all it carries (REQ-TIT-009). */
export function presentVoceIntera(row: VoceRow): Omit<VoceInteraDto, 'origini'> {
  const { chiusaDal, descrizione, noteUso, esempi, tipiFascicolo, sottoclasseObbligatoria, accessoPredefinito } = row
  const paroleChiave = row.paroleChiave.split('|').filter((parola) => parola !== '')
  return {
    ...presentVoce(row),
    chiusaDal,
    paroleChiave,
    descrizione,
    noteUso,
    esempi,
    tipiFascicolo,
    sottoclasseObbligatoria,
    accessoPredefinito,
  }
}

/** Voices as the library reads them. */
export function toPlan(voci: readonly VoceRow[]): Titolario {
  return buildTitolario(
    voci.map((v) => ({
      codice: v.codice,
      denominazione: v.denominazione,
      paroleChiave: v.paroleChiave === '' ? [] : v.paroleChiave.split('|'),
      conservazioneAnni: v.conservazioneAnni,
      aiuti: {
        descrizione: v.descrizione,
        noteUso: v.noteUso,
        esempi: v.esempi,
        tipiFascicolo: v.tipiFascicolo,
        sottoclasseObbligatoria: v.sottoclasseObbligatoria,
        accessoPredefinito: v.accessoPredefinito,
      },
    })),
    Array.from({ length: 5 }, (_, i) => ({ livello: i + 1, nome: `livello ${i + 1}` })),
  )
}
