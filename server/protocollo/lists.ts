import { query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { visibilitaOf } from './policy.ts'

export { readableCondition, riservataCondition } from './readable.ts'
export { findRighe, findRigheById } from './righe.ts'

export interface AssegnazioneRow {
  id: string
  registrazioneId: string
  ufficioId: string
  ufficio: string
  operatoreId: string | null
  operatoreNome: string | null
  tipo: 'competenza' | 'conoscenza'
  stato: string
  motivo: string | null
  nota: string | null
  dal: Date
  al: Date | null
  autoreNome: string
  presaDaNome: string | null
  presaIl: Date | null
}

const ASSEGNAZIONE = `s.id, s.registrazione_id as "registrazioneId", s.ufficio_id as "ufficioId", u.denominazione as ufficio, s.operatore_id as "operatoreId",
  o.nome || ' ' || o.cognome as "operatoreNome", s.tipo, s.stato, s.motivo, s.nota, s.dal, s.al, s.autore_nome as "autoreNome", s.presa_da_nome as "presaDaNome", s.presa_il as "presaIl"`

/** Every assignment of a registration, oldest first. */
export async function findAssegnazioni(scope: Scope, registrazioneId: string): Promise<AssegnazioneRow[]> {
  return await query<AssegnazioneRow>(
    scope,
    `select ${ASSEGNAZIONE} from assegnazione s join ufficio u on u.ente_id = s.ente_id and u.id = s.ufficio_id left join operatore o on o.id = s.operatore_id
      where s.ente_id = $1 and s.registrazione_id = $2 order by s.dal, s.id`,
    [scope.ente.id, registrazioneId],
  )
}

export interface ClassificazioneRow {
  codice: string
  denominazione: string
  dal: Date
  al: Date | null
  autoreNome: string
  motivo: string
}

/** History of the classification of a document, oldest first. */
export async function findClassificazioni(scope: Scope, documentoId: string): Promise<ClassificazioneRow[]> {
  return await query<ClassificazioneRow>(
    scope,
    `select v.codice, v.denominazione, c.dal, c.al, c.autore_nome as "autoreNome", c.motivo from classificazione c join voce_titolario v on v.ente_id = c.ente_id and v.id = c.voce_id
      where c.ente_id = $1 and c.documento_id = $2 order by c.dal, c.id`,
    [scope.ente.id, documentoId],
  )
}

export interface FascicoloRef {
  id: string
  codice: string
  slug: string
  oggetto: string
  stato: string
}

/** Fascicoli that contain a document. Their oggetto is told only to the offices they belong to: another's could hold riservati. */
export async function findFascicoliOf(scope: Scope, documentoId: string): Promise<FascicoloRef[]> {
  return await query<FascicoloRef>(
    scope,
    `select f.id, f.codice, f.slug, case when $3 or f.ufficio_id = any($4::uuid[]) then f.oggetto else '' end as oggetto, f.stato
       from fascicolo_documento fd join fascicolo f on f.ente_id = fd.ente_id and f.id = fd.fascicolo_id
      where fd.ente_id = $1 and fd.documento_id = $2 and fd.tolto_il is null order by fd.principale desc, fd.inserito_il`,
    [scope.ente.id, documentoId, visibilitaOf(scope.attore).tutto, scope.attore.uffici],
  )
}

export interface CopiaRow {
  /** `copia-annullata`: the stamped copy of an annulled registration, with its mark; `annullamento`: the message that tells it to the other AOO. */
  tipo: 'segnatura' | 'copia' | 'copia-annullata' | 'annullamento'
  contenutoId: string
  nome: string
  mime: string
  sha256: string
  dimensione: number
}

/** Sealed segnatura and stamped copy of a registration, as far as the jobs made them. */
export async function findCopie(scope: Scope, registrazioneId: string): Promise<CopiaRow[]> {
  return await query<CopiaRow>(
    scope,
    `select k.tipo, c.id as "contenutoId", c.nome, c.mime, c.sha256, c.dimensione::float8 as dimensione from copia_segnata k join contenuto c on c.ente_id = k.ente_id and c.id = k.contenuto_id
      where k.ente_id = $1 and k.registrazione_id = $2`,
    [scope.ente.id, registrazioneId],
  )
}
