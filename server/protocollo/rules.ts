import { createHash } from 'node:crypto'
import { codiceFiscaleErrore, partitaIvaErrore } from '../../metadata-schemas/codici/index.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import { romeDay } from '../kernel/time.ts'
import type { NuovaRegistrazioneEntrata, SoggettoDto } from './schema.ts'

/** Why a document carries its first classification. */
export const PRIMA_CLASSIFICAZIONE = 'Prima classificazione'

/** A number as it is shown and written: at least seven digits, more when it grows (REQ-PROT-030). */
export function formatNumero(numero: number): string {
  return String(numero).padStart(7, '0')
}

/** `0000123/2026`: how people call a registration. */
export function formatEtichetta(numero: number, anno: number): string {
  return `${formatNumero(numero)}/${anno}`
}

/** True when arrival and registration fall on different days in Rome: flag `ART_18BIS_SCOSTAMENTO` (REQ-PROT-073 c). */
export function scostamento18bis(dataArrivo: Date | null, giorno: string): boolean {
  return dataArrivo !== null && romeDay(dataArrivo) !== giorno
}

/** Digest of a request body: the same key with another body is a mistake, not a repetition. */
export function digestRequest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/** Everything wrong in the data of an incoming registration that the shapes alone cannot say; empty when complete (REQ-PROT-020). */
export function findErrors(input: NuovaRegistrazioneEntrata, adesso: Date): CampoErrato[] {
  const campi: CampoErrato[] = []
  // One minute of tolerance: the sender's and the server's clocks never agree to the second.
  if (Date.parse(input.dataArrivo) > adesso.getTime() + 60_000)
    campi.push({ campo: 'dataArrivo', messaggio: 'La data di arrivo è nel futuro.' })
  if (input.dataDocumento !== undefined && input.dataDocumento > romeDay(adesso))
    campi.push({ campo: 'dataDocumento', messaggio: 'La data del documento è nel futuro.' })
  input.mittenti.forEach((m, i) => campi.push(...soggettoErrors(m, `mittenti.${i}`)))
  if (input.perConoscenza.includes(input.assegnazione.ufficioId))
    campi.push({ campo: 'perConoscenza', messaggio: 'L’ufficio è già assegnatario per competenza.' })
  const nomi = [input.documento.contenutoId, ...input.allegati.map((a) => a.contenutoId)]
  if (new Set(nomi).size !== nomi.length) campi.push({ campo: 'allegati', messaggio: 'Lo stesso file compare due volte.' })
  return campi
}

/** What is wrong in one correspondent. */
export function soggettoErrors(s: SoggettoDto, campo: string): CampoErrato[] {
  if (s.tipo === 'PF' && s.codiceFiscale !== undefined && s.codiceFiscale !== '') {
    const errore = codiceFiscaleErrore(s.codiceFiscale.toUpperCase())
    return errore === null ? [] : [{ campo: `${campo}.codiceFiscale`, messaggio: errore }]
  }
  if (s.tipo === 'PG' && s.codiceFiscalePartitaIva !== undefined && s.codiceFiscalePartitaIva !== '') {
    const errore = /^\d{11}$/u.test(s.codiceFiscalePartitaIva)
      ? partitaIvaErrore(s.codiceFiscalePartitaIva)
      : codiceFiscaleErrore(s.codiceFiscalePartitaIva.toUpperCase())
    return errore === null ? [] : [{ campo: `${campo}.codiceFiscalePartitaIva`, messaggio: errore }]
  }
  return []
}

/** How lists call a correspondent. */
export function nameOf(s: Pick<SoggettoRow, 'nome' | 'cognome' | 'denominazione'>): string {
  return s.denominazione ?? `${s.cognome ?? ''} ${s.nome ?? ''}`.trim()
}

/** A correspondent as a row. */
export interface SoggettoRow {
  ruolo: string
  posizione: number
  tipo: string
  nome: string | null
  cognome: string | null
  denominazione: string | null
  codiceFiscale: string | null
  codiceIpa: string | null
  codiceAoo: string | null
  denominazioneAoo: string | null
  indirizzoDigitale: string | null
}

const given = (value: string | undefined): string | null => (value === undefined || value.trim() === '' ? null : value.trim())

/** A correspondent of a request as the columns of a row; fiscal codes in capitals, addresses in lower case. */
export function toSoggettoColumns(s: SoggettoDto): Record<string, string | null> {
  const base = {
    tipo: s.tipo,
    nome: null,
    cognome: null,
    denominazione: null,
    codice_fiscale: null,
    codice_ipa: null,
    codice_aoo: null,
    denominazione_aoo: null,
  }
  const indirizzo_digitale = given(s.indirizzoDigitale)?.toLowerCase() ?? null
  if (s.tipo === 'PF')
    return { ...base, nome: s.nome, cognome: s.cognome, codice_fiscale: given(s.codiceFiscale)?.toUpperCase() ?? null, indirizzo_digitale }
  if (s.tipo === 'PG')
    return {
      ...base,
      denominazione: s.denominazione,
      codice_fiscale: given(s.codiceFiscalePartitaIva)?.toUpperCase() ?? null,
      indirizzo_digitale,
    }
  if (s.tipo === 'PAI') {
    return {
      ...base,
      denominazione: s.denominazione,
      codice_ipa: s.codiceIpa,
      codice_aoo: given(s.codiceAoo),
      denominazione_aoo: given(s.denominazioneAoo),
      indirizzo_digitale,
    }
  }
  return { ...base, denominazione: s.denominazione, indirizzo_digitale }
}

/** A correspondent of a request as the row that will be read back. */
export function toSoggettoRow(s: SoggettoDto, ruolo: string, posizione: number): SoggettoRow {
  const c = toSoggettoColumns(s)
  return {
    ruolo,
    posizione,
    tipo: s.tipo,
    nome: c['nome'] ?? null,
    cognome: c['cognome'] ?? null,
    denominazione: c['denominazione'] ?? null,
    codiceFiscale: c['codice_fiscale'] ?? null,
    codiceIpa: c['codice_ipa'] ?? null,
    codiceAoo: c['codice_aoo'] ?? null,
    denominazioneAoo: c['denominazione_aoo'] ?? null,
    indirizzoDigitale: c['indirizzo_digitale'] ?? null,
  }
}

/** A row as the correspondent it came from. */
export function fromSoggettoRow(r: SoggettoRow): SoggettoDto {
  const indirizzo = r.indirizzoDigitale === null ? {} : { indirizzoDigitale: r.indirizzoDigitale }
  switch (r.tipo) {
    case 'PF':
      return {
        tipo: 'PF',
        nome: r.nome ?? '',
        cognome: r.cognome ?? '',
        ...(r.codiceFiscale === null ? {} : { codiceFiscale: r.codiceFiscale }),
        ...indirizzo,
      }
    case 'PAI':
      return {
        tipo: 'PAI',
        denominazione: r.denominazione ?? '',
        codiceIpa: r.codiceIpa ?? '',
        ...(r.codiceAoo === null ? {} : { codiceAoo: r.codiceAoo }),
        ...(r.denominazioneAoo === null ? {} : { denominazioneAoo: r.denominazioneAoo }),
        ...indirizzo,
      }
    case 'PAE':
      return { tipo: 'PAE', denominazione: r.denominazione ?? '', ...indirizzo }
    default:
      return {
        tipo: 'PG',
        denominazione: r.denominazione ?? '',
        ...(r.codiceFiscale === null ? {} : { codiceFiscalePartitaIva: r.codiceFiscale }),
        ...indirizzo,
      }
  }
}
