/** The new fascicolo as plain data: pre-filled from the registration it starts from, checked, turned into the request. Pure. */
import type { Registrazione, Soggetto, Voce } from '../../api/tipi.ts'
import type { NuovoFascicolo, TipoFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'

export interface StatoFascicolo {
  voce: { id: string; testo: string } | null
  tipo: TipoFascicolo
  oggetto: string
  responsabile: { id: string; testo: string } | null
  materia: string
  denominazione: string
  termineGiorni: string
  visibile: boolean
}

export interface Partenza {
  registrazione: Registrazione
  /** The class (level 2) of the registration and its open subclasses. */
  classe: Voce
  sottoclassi: Voce[]
  responsabile: { id: string; testo: string } | null
}

const ON_REQUEST = /istanza|richiesta|segnalazione|domanda|scia/i

/** First values of the sheet. One subclass only is chosen at once; with several the head of the office decides. */
export function fascicoloIniziale({ registrazione, classe, sottoclassi, responsabile }: Partenza): StatoFascicolo {
  const own = registrazione.voce
  const chosen = own.livello === 3 ? own : sottoclassi.length === 0 ? classe : sottoclassi.length === 1 ? sottoclassi[0] : undefined
  const onRequest = ON_REQUEST.test(registrazione.documento.tipologia)
  return {
    voce: chosen === undefined ? null : { id: chosen.id, testo: `${chosen.codice} ${chosen.denominazione}` },
    tipo: onRequest ? 'procedimento amministrativo' : 'affare',
    oggetto: registrazione.oggetto,
    responsabile,
    materia: classe.denominazione,
    denominazione: chosen?.denominazione ?? classe.denominazione,
    termineGiorni: onRequest ? '30' : '',
    visibile: onRequest,
  }
}

export type ErroriFascicolo = Partial<Record<'voce' | 'oggetto' | 'responsabile' | 'materia' | 'denominazione' | 'termineGiorni', string>>

/** Everything that stops the opening, by field. */
export function erroriFascicolo(stato: StatoFascicolo): ErroriFascicolo {
  const found: ErroriFascicolo = {}
  if (stato.voce === null) found.voce = t.fascicoli.sottoclasseErrore
  if (stato.oggetto.trim() === '') found.oggetto = t.fascicoli.oggettoErrore
  if (stato.responsabile === null) found.responsabile = t.fascicoli.responsabileErrore
  if (stato.tipo === 'procedimento amministrativo') {
    if (stato.materia.trim() === '') found.materia = t.fascicoli.materiaErrore
    if (stato.denominazione.trim() === '') found.denominazione = t.fascicoli.denominazioneErrore
    const days = Number(stato.termineGiorni)
    if (stato.termineGiorni.trim() !== '' && !(Number.isInteger(days) && days >= 1 && days <= 3650))
      found.termineGiorni = t.fascicoli.termineErrore
  }
  return found
}

/** People and bodies of a registration: an unknown sender or an office of ours is no party. */
function correspondentsOf(registrazione: Registrazione): Soggetto[] {
  const all = registrazione.tipo === 'U' ? registrazione.destinatari : registrazione.mittenti
  return all.flatMap((one) => (one.tipo === 'NN' || one.tipo === 'UO' ? [] : [one]))
}

/** The request of a sheet that passed `erroriFascicolo`; the senders of the registration become the parties. */
export function richiestaFascicolo(stato: StatoFascicolo, registrazione: Registrazione, ufficioId: string): NuovoFascicolo {
  const people = correspondentsOf(registrazione)
  const days = stato.termineGiorni.trim()
  return {
    voceId: stato.voce?.id ?? '',
    tipo: stato.tipo,
    oggetto: stato.oggetto.trim(),
    responsabileId: stato.responsabile?.id ?? '',
    ufficioId,
    interessati: people,
    amministrazioniPartecipanti: [],
    ...(stato.tipo === 'procedimento amministrativo'
      ? {
          procedimento: {
            materia: stato.materia.trim(),
            denominazione: stato.denominazione.trim(),
            ...(days === '' ? {} : { termineGiorni: Number(days) }),
          },
        }
      : {}),
    visibileCittadino: stato.visibile,
    documentoId: registrazione.documento.id,
  }
}
