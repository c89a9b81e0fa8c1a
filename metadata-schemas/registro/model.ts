/** The rows of a register as its document shows them: shapes of `docs/formato-registro.md`, structural so that the writer depends on nothing else. */

export const NS_REGISTRO = 'urn:faldone:registro:1.0'

interface RigaComune {
  readonly riga: number
  readonly impronta: string
  readonly registro: string
  readonly anno: number
  readonly numero: number
  readonly data: string
  readonly riservato: boolean
}

export interface RegistrazioneXml extends RigaComune {
  readonly tipo: 'registrazione'
  readonly ora: string
  readonly flusso: string
  readonly mittenti: readonly { readonly nome: string; readonly perConoscenza?: true }[]
  readonly destinatari: readonly { readonly nome: string; readonly perConoscenza?: true }[]
  readonly oggetto: string
  readonly documentoMittente: { readonly numero: string | null; readonly data: string | null } | null
  readonly arrivo: string | null
  readonly dataDocumento: string | null
  readonly mezzo: string
  readonly classificazione: string
  readonly assegnazione: string | null
  readonly impronte: readonly { readonly file: string; readonly algoritmo: string; readonly impronta: string }[]
  readonly cartaceo: string | null
  readonly emergenza: { readonly numero: string; readonly istante: string } | null
  readonly differita: { readonly autorizzazione: string; readonly motivo: string } | null
  readonly operatore: string
  readonly ufficio: string | null
  readonly annullata: { readonly il: string; readonly operatore: string; readonly provvedimento: string } | null
}

export interface AnnullamentoXml extends RigaComune {
  readonly tipo: 'annullamento'
  readonly il: string
  readonly oggetto: string
  readonly richiesta: { readonly operatore: string; readonly il: string; readonly motivo: string }
  readonly autorizzazione: { readonly operatore: string; readonly il: string; readonly provvedimento: string }
}

export interface ModificaXml extends RigaComune {
  readonly tipo: 'modifica'
  readonly il: string
  readonly campo: string
  readonly valorePrecedente: string
  readonly valoreNuovo: string
  readonly operatore: string
  readonly motivo: string
  readonly provvedimento: string | null
}

export interface IntestazioneXml {
  readonly identificativo: string
  readonly tipo: 'giornaliero' | 'annuale'
  readonly giorno: string
  readonly versione: number
  readonly motivo: string
  readonly oggetto: string
  readonly ente: { readonly denominazione: string; readonly codiceIpa: string; readonly codiceFiscale: string }
  readonly aoo: { readonly codice: string; readonly denominazione: string }
  readonly registro: { readonly codice: string; readonly denominazione: string }
  readonly progressivo: number
  readonly primoNumero: number | null
  readonly ultimoNumero: number | null
  /** Last number of the same year before this day; 0 at the start of a year. */
  readonly ultimoPrecedente: number
  readonly registrazioni: number
  readonly annullamenti: number
  readonly modifiche: number
  readonly responsabile: { readonly nome: string; readonly cognome: string; readonly codiceFiscale: string }
  readonly produttore: string
  readonly prodottoIl: string
  readonly scadenza: string
  readonly righe: { readonly impronta: string }
  /** The day before in the chain; for a later version, the version it follows. */
  readonly precedente: { readonly giorno: string; readonly identificativo: string; readonly impronta: string } | null
  readonly traccia: { readonly fatti: number; readonly sigillo: string } | null
}

export interface RegistroXml {
  readonly intestazione: IntestazioneXml
  /** Digest of the header's exact text. */
  readonly impronta: string
  readonly righe: readonly (RegistrazioneXml | AnnullamentoXml | ModificaXml)[]
}
