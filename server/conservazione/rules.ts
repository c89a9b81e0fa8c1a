import { effectiveEsito, linkRapporto } from '../../metadata-schemas/rdv/index.ts'
import type { AnomaliaRapporto, PacchettoRapporto, RapportoVersamento } from '../../metadata-schemas/rdv/index.ts'
import type { EsitoRegola } from '../metadati/index.ts'
import type { Istantanea } from './snapshot.ts'

export const statiVersamento = ['IN_PREPARAZIONE', 'PRONTO', 'TRASMESSO', 'CONSERVATO', 'RIFIUTATO', 'ERRORE'] as const
export type StatoVersamento = (typeof statiVersamento)[number]

/** The closed table of states; the database repeats it. CONSERVATO and RIFIUTATO are final. */
export const transizioni: Readonly<Record<StatoVersamento, readonly StatoVersamento[]>> = {
  IN_PREPARAZIONE: ['PRONTO', 'ERRORE'],
  PRONTO: ['TRASMESSO', 'RIFIUTATO', 'ERRORE'],
  TRASMESSO: ['CONSERVATO', 'RIFIUTATO', 'ERRORE'],
  ERRORE: ['IN_PREPARAZIONE', 'PRONTO', 'ERRORE'],
  CONSERVATO: [],
  RIFIUTATO: [],
}

/** Something wrong in a versamento, as people read it. */
export interface Anomalia {
  readonly gravita: 'ERRORE' | 'AVVISO'
  readonly codice: string
  readonly percorso: string
  readonly messaggio: string
}

/** True when the closed table allows the step. */
export function canMove(da: StatoVersamento, a: StatoVersamento): boolean {
  return transizioni[da].includes(a)
}

export function anomalia(codice: string, messaggio: string, percorso = '', gravita: Anomalia['gravita'] = 'ERRORE'): Anomalia {
  return { gravita, codice, percorso, messaggio }
}

/** Where a versamento stands, as far as the next step depends on it. */
export interface Posizione {
  readonly stato: StatoVersamento
  readonly congelato: boolean
  readonly conPacchetto: boolean
  /** Of a daily register: refused, it is sent again identical in a package of its own (REQ-PROT-106). */
  readonly registro: boolean
}

/** The step to take again, with the state to take it from: the same identifier and the same bytes in any case (REQ-CONS-030). */
export interface Ripresa {
  readonly evento: 'fascicoloChiuso' | 'registroDaVersare' | 'versamentoPreparato' | 'versamentoPronto' | 'versamentoTrasmesso'
  readonly stato: StatoVersamento
}

/** What repeating a versamento means where it stands; null where nothing is to be repeated. */
export function resumeFrom(p: Posizione): Ripresa | null {
  switch (p.stato) {
    case 'CONSERVATO':
      return null
    case 'RIFIUTATO':
      return p.registro ? { evento: 'registroDaVersare', stato: p.stato } : null
    case 'IN_PREPARAZIONE':
      return { evento: 'versamentoPreparato', stato: p.stato }
    case 'PRONTO':
      return { evento: 'versamentoPronto', stato: p.stato }
    case 'TRASMESSO':
      return { evento: 'versamentoTrasmesso', stato: p.stato }
    case 'ERRORE':
      if (!p.congelato) return { evento: p.registro ? 'registroDaVersare' : 'fascicoloChiuso', stato: 'ERRORE' }
      if (!p.conPacchetto) return { evento: 'versamentoPreparato', stato: 'IN_PREPARAZIONE' }
      // Sending the same bytes under the same identifier again is recognised by the conservatore, then the report is read again.
      return { evento: 'versamentoPronto', stato: 'PRONTO' }
  }
}

/** Blocking findings of the metadata of one object as anomalies of the versamento. */
export function metadataFaults(oggetto: string, esiti: readonly EsitoRegola[]): Anomalia[] {
  return esiti.filter((e) => e.gravita === 'errore').map((e) => anomalia(e.regola, e.messaggio, `${oggetto} ${e.percorso}`.trim()))
}

/** Faults of the frozen files that no conservatore would accept: an empty file, an impronta that is not the registered one is found by R03. */
export function fileFaults(i: Istantanea): Anomalia[] {
  return i.documenti.flatMap((d) =>
    d.file
      .filter((f) => f.dimensione === 0)
      .map((f) => anomalia('C-VUOTO', 'Il file è vuoto: il conservatore lo rifiuterebbe.', `${d.etichetta} ${f.nome}`)),
  )
}

/** What we sent, to judge a report by. */
export interface Inviato {
  readonly idPdv: string
  readonly improntaIndice: string
  readonly improntaPacchetto: string
  readonly codiceIpa: string
  /** How the body is identified in the index. */
  readonly identificativo: string
  readonly documenti: readonly string[]
  readonly trasmessoIl: Date
}

export interface Giudizio {
  readonly stato: 'CONSERVATO' | 'RIFIUTATO' | 'ERRORE'
  readonly esito: string
  readonly anomalie: readonly Anomalia[]
}

const quarantine = (esito: string, codice: string, messaggio: string): Giudizio => ({
  stato: 'ERRORE',
  esito,
  anomalie: [anomalia(codice, messaggio)],
})

/** The digest of our index must be among those the report cites: of the whole package the index is what says what is inside. */
function citesIndex(p: PacchettoRapporto, inviato: Inviato): boolean {
  return p.impronte.some((i) => i.oggetto === 'INDICE' && i.algoritmo === 'SHA-256' && i.esadecimale === inviato.improntaIndice)
}

function toAnomalia(a: AnomaliaRapporto): Anomalia {
  return anomalia(a.codice, a.messaggio, a.percorso ?? '', a.gravita)
}

function objectFaults(p: PacchettoRapporto): Anomalia[] {
  return p.oggetti.flatMap((o) => o.anomalie.map((a) => ({ ...toAnomalia(a), percorso: `${o.idOggetto} ${a.percorso ?? ''}`.trim() })))
}

/** Objects that a report with a list leaves out: it says nothing of them, so they are not accepted. */
function unmentioned(p: PacchettoRapporto, inviato: Inviato): string[] {
  if (p.oggetti.length === 0) return []
  const accepted = new Set(p.oggetti.filter((o) => o.esito !== 'RIFIUTATO').map((o) => o.idOggetto))
  return inviato.documenti.filter((id) => !accepted.has(id))
}

function timeWarnings(r: RapportoVersamento, inviato: Inviato): Anomalia[] {
  const minutes = (inviato.trasmessoIl.getTime() - r.riferimentoTemporale.getTime()) / 60_000
  return minutes <= 5 ? [] : [anomalia('RDV_TEMPO', 'Il rapporto porta un tempo precedente alla trasmissione.', '', 'AVVISO')]
}

/**
 * What a report of versamento proves (LG 4.7; verification of §11.2). CONSERVATO only when it is of our body, names our package, cites the SHA-256 of our
 * index and is positive for every document; a report that does not speak of what we sent proves nothing and leaves an ERRORE with the reason
 * (RDV_NON_COLLEGABILE). Pure.
 */
export function judgeRapporto(r: RapportoVersamento, inviato: Inviato): Giudizio {
  const pacchetto = r.pacchetti.find((p) => p.idPdv === inviato.idPdv)
  if (pacchetto === undefined)
    return quarantine(r.esito, 'RDV_ALTRO_PACCHETTO', 'Il rapporto ricevuto non riguarda questo pacchetto: la conservazione non è provata.')
  const esito = effectiveEsito(pacchetto)
  if (r.titolare.codiceIpa.toLowerCase() !== inviato.codiceIpa.toLowerCase() && r.titolare.identificativo !== inviato.identificativo) {
    return quarantine(esito, 'RDV_ALTRO_TITOLARE', `Il rapporto è intestato a ${r.titolare.denominazione}: la conservazione non è provata.`)
  }
  if (linkRapporto(r, inviato) !== 'collegato' || !citesIndex(pacchetto, inviato)) {
    return quarantine(esito, 'RDV_NON_COLLEGABILE', 'Il rapporto non cita l’impronta del nostro indice: la conservazione non è provata.')
  }
  const anomalie = [...pacchetto.anomalie.map(toAnomalia), ...objectFaults(pacchetto), ...timeWarnings(r, inviato)]
  if (esito !== 'POSITIVO' || r.esito === 'NEGATIVO') return { stato: 'RIFIUTATO', esito: esito === 'POSITIVO' ? r.esito : esito, anomalie }
  const missing = unmentioned(pacchetto, inviato)
  if (missing.length > 0) {
    return {
      stato: 'ERRORE',
      esito,
      anomalie: [...anomalie, ...missing.map((id) => anomalia('RDV_INCOMPLETO', 'Il rapporto non dice nulla di questo documento.', id))],
    }
  }
  return { stato: 'CONSERVATO', esito, anomalie }
}
