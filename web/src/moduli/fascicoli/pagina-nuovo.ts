/** The page of a new fascicolo as plain data: first values, what stops it, the request. Pure. */
import type { Registrazione } from '../../api/tipi.ts'
import type { PropostaApertura } from '../../api/tipi-fascicolo.ts'
import type { TipoFascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import { aSoggetto, daSoggetto, type Parte } from './parti.ts'

export interface Scelta {
  id: string
  testo: string
}

export interface StatoNuovo {
  voce: Scelta | null
  tipo: TipoFascicolo
  materia: string
  denominazione: string
  termineGiorni: string
  oggettoTipo: string
  oggetto: string
  ufficio: Scelta | null
  responsabile: Scelta | null
  interessati: Parte[]
  partecipanti: Parte[]
  visibile: boolean
  paroleChiave: string
  posizioneFisica: string
  note: string
  /** For who opens, when it is only proposed. */
  nota: string
}

export const VUOTO: StatoNuovo = {
  voce: null,
  tipo: 'affare',
  materia: '',
  denominazione: '',
  termineGiorni: '',
  oggettoTipo: '',
  oggetto: '',
  ufficio: null,
  responsabile: null,
  interessati: [],
  partecipanti: [],
  visibile: false,
  paroleChiave: '',
  posizioneFisica: '',
  note: '',
  nota: '',
}

/** From the registration it starts with: its class, its words, who it is about. */
export function daRegistrazione(r: Registrazione): StatoNuovo {
  const people = r.tipo === 'U' ? r.destinatari : r.mittenti
  const competente = r.assegnazioni.find((a) => a.tipo === 'competenza' && a.al === null)?.ufficio
  return {
    ...VUOTO,
    voce: { id: r.voce.id, testo: `${r.voce.codice} ${r.voce.denominazione}` },
    oggetto: r.oggetto,
    interessati: people.flatMap((one) => (one.tipo === 'NN' || one.tipo === 'UO' ? [] : daSoggetto(one))),
    ufficio: competente === undefined ? null : { id: competente.id, testo: competente.denominazione },
  }
}

/** From what was proposed; `nomi`: names of people by id. */
export function daProposta(p: PropostaApertura, nomi: ReadonlyMap<string, string>): StatoNuovo {
  const { dati } = p
  const responsabile = dati.responsabileId === undefined ? undefined : nomi.get(dati.responsabileId)
  return {
    ...VUOTO,
    voce: { id: dati.voceId, testo: `${p.voce.codice} ${p.voce.denominazione}` },
    tipo: dati.tipo,
    materia: dati.procedimento?.materia ?? '',
    denominazione: dati.procedimento?.denominazione ?? '',
    termineGiorni: dati.procedimento?.termineGiorni?.toString() ?? '',
    oggetto: dati.oggetto,
    ufficio: { id: p.ufficio.id, testo: p.ufficio.denominazione },
    responsabile: responsabile === undefined || dati.responsabileId === undefined ? null : { id: dati.responsabileId, testo: responsabile },
    interessati: (dati.interessati ?? []).flatMap(daSoggetto),
    partecipanti: (dati.amministrazioniPartecipanti ?? []).flatMap(daSoggetto),
    visibile: dati.visibileCittadino ?? false,
    paroleChiave: (dati.paroleChiave ?? []).join(', '),
    posizioneFisica: dati.posizioneFisica ?? '',
    note: dati.note ?? '',
    nota: p.nota,
  }
}

export type ErroriNuovo = Record<string, string>

/** Everything that stops it here, by the field of the server; a proposal may do without the responsible person. */
export function erroriNuovo(s: StatoNuovo, proposta: boolean): ErroriNuovo {
  const f = t.fascicoli
  const days = Number(s.termineGiorni)
  const procedure = s.tipo === 'procedimento amministrativo'
  return {
    ...(s.voce === null ? { voceId: t.nuovoFascicolo.voceErrore } : {}),
    ...(oggettoDi(s) === '' ? { oggetto: f.oggettoErrore } : {}),
    ...(s.ufficio === null ? { ufficioId: t.nuovoFascicolo.ufficioErrore } : {}),
    ...(s.responsabile === null && !proposta ? { responsabileId: f.responsabileErrore } : {}),
    ...(procedure && s.materia.trim() === '' ? { 'procedimento.materia': f.materiaErrore } : {}),
    ...(procedure && s.denominazione.trim() === '' ? { 'procedimento.denominazione': f.denominazioneErrore } : {}),
    ...(procedure && s.termineGiorni.trim() !== '' && !(Number.isInteger(days) && days >= 1 && days <= 3650)
      ? { 'procedimento.termineGiorni': f.termineErrore }
      : {}),
  }
}

/** The controlled subject with the free description after it (REQ-FASC-011). */
export function oggettoDi(s: Pick<StatoNuovo, 'oggettoTipo' | 'oggetto'>): string {
  return [s.oggettoTipo.trim(), s.oggetto.trim()].filter((part) => part !== '').join(' – ')
}

/** The request; offices come from the combobox as `ufficio:<id>`. */
export function richiestaNuovo(s: StatoNuovo): Record<string, unknown> {
  const words = s.paroleChiave
    .split(',')
    .map((w) => w.trim())
    .filter((w) => w !== '')
  const days = s.termineGiorni.trim()
  return {
    voceId: s.voce?.id,
    tipo: s.tipo,
    oggetto: oggettoDi(s),
    ...(s.responsabile === null ? {} : { responsabileId: s.responsabile.id }),
    interessati: s.interessati.map(aSoggetto),
    amministrazioniPartecipanti: s.partecipanti.map(aSoggetto),
    ...(s.tipo === 'procedimento amministrativo'
      ? {
          procedimento: {
            materia: s.materia.trim(),
            denominazione: s.denominazione.trim(),
            ...(days === '' ? {} : { termineGiorni: Number(days) }),
          },
        }
      : {}),
    visibileCittadino: s.visibile,
    ...(words.length === 0 ? {} : { paroleChiave: words }),
    ...(s.posizioneFisica.trim() === '' ? {} : { posizioneFisica: s.posizioneFisica.trim() }),
    ...(s.note.trim() === '' ? {} : { note: s.note.trim() }),
  }
}

export const ufficioId = (scelta: Scelta | null): string => (scelta?.id ?? '').replace(/^ufficio:/u, '')
