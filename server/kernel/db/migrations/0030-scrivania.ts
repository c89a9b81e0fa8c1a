import type { Ruoli } from './index.ts'

/** What the desk counts at each load: open assignments for competence, and the documents that are in a fascicolo (REQ-FASC-022). */
export function contiScrivania(_ruoli: Ruoli): string[] {
  return [
    `create index assegnazione_competenza_aperta on assegnazione (ente_id, documento_id, registrazione_id, ufficio_id) where tipo = 'competenza' and al is null`,
    'create index fascicolo_documento_presente on fascicolo_documento (ente_id, documento_id) where tolto_il is null',
  ]
}
