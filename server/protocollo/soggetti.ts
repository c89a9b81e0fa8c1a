import type { CorrispondenteDto, Mezzo, MittenteIgnoto, SoggettoDto } from './schema/nuova.ts'

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
  perConoscenza: boolean
  canale: string | null
}

const given = (value: string | undefined): string | null => (value === undefined || value.trim() === '' ? null : value.trim())

/** A correspondent of a request as the columns of a row; fiscal codes in capitals, addresses in lower case. */
export function toSoggettoColumns(s: CorrispondenteDto): Record<string, string | null> {
  const base = {
    tipo: s.tipo as string,
    nome: null,
    cognome: null,
    denominazione: 'denominazione' in s ? s.denominazione : null,
    codice_fiscale: null,
    codice_ipa: null,
    codice_aoo: null,
    denominazione_aoo: null,
    indirizzo_digitale: 'indirizzoDigitale' in s ? (given(s.indirizzoDigitale)?.toLowerCase() ?? null) : null,
  }
  switch (s.tipo) {
    case 'PF':
      return { ...base, nome: s.nome, cognome: s.cognome, codice_fiscale: given(s.codiceFiscale)?.toUpperCase() ?? null }
    case 'PG':
      return { ...base, codice_fiscale: given(s.codiceFiscalePartitaIva)?.toUpperCase() ?? null }
    case 'PAI':
      return { ...base, codice_ipa: s.codiceIpa, codice_aoo: given(s.codiceAoo), denominazione_aoo: given(s.denominazioneAoo) }
    case 'UO':
      return { ...base, codice_ipa: s.codice }
    default:
      return base
  }
}

/** The same for a correspondent of a registration, with how the document goes to this one. */
export function toCorrispondenteColumns(s: CorrispondenteDto): Record<string, string | boolean | null> {
  return { ...toSoggettoColumns(s), per_conoscenza: s.perConoscenza === true, canale: s.canale ?? null }
}

/** A correspondent of a request as the row that will be read back. */
export function toSoggettoRow(s: CorrispondenteDto, ruolo: string, posizione: number): SoggettoRow {
  const c = toSoggettoColumns(s)
  const value = (column: string): string | null => c[column] ?? null
  return {
    ruolo,
    posizione,
    tipo: s.tipo,
    nome: value('nome'),
    cognome: value('cognome'),
    denominazione: value('denominazione'),
    codiceFiscale: value('codice_fiscale'),
    codiceIpa: value('codice_ipa'),
    codiceAoo: value('codice_aoo'),
    denominazioneAoo: value('denominazione_aoo'),
    indirizzoDigitale: value('indirizzo_digitale'),
    perConoscenza: s.perConoscenza === true,
    canale: s.canale ?? null,
  }
}

/** A row as the correspondent it came from. An unknown sender or an office of ours is not one of these: see `toCorrispondente`. */
export function fromSoggettoRow(r: Omit<SoggettoRow, 'perConoscenza' | 'canale'>): SoggettoDto {
  const indirizzo = r.indirizzoDigitale === null ? {} : { indirizzoDigitale: r.indirizzoDigitale }
  const denominazione = r.denominazione ?? ''
  switch (r.tipo) {
    case 'PF': {
      const codice = r.codiceFiscale === null ? {} : { codiceFiscale: r.codiceFiscale }
      return { tipo: 'PF', nome: r.nome ?? '', cognome: r.cognome ?? '', ...codice, ...indirizzo }
    }
    case 'PAI':
      return {
        tipo: 'PAI',
        denominazione,
        codiceIpa: r.codiceIpa ?? '',
        ...(r.codiceAoo === null ? {} : { codiceAoo: r.codiceAoo }),
        ...(r.denominazioneAoo === null ? {} : { denominazioneAoo: r.denominazioneAoo }),
        ...indirizzo,
      }
    case 'PAE':
      return { tipo: 'PAE', denominazione, ...indirizzo }
    default:
      return { tipo: 'PG', denominazione, ...(r.codiceFiscale === null ? {} : { codiceFiscalePartitaIva: r.codiceFiscale }), ...indirizzo }
  }
}

/** A row as any correspondent of a registration is shown. */
export function toCorrispondente(r: SoggettoRow): CorrispondenteDto {
  const denominazione = r.denominazione ?? ''
  const soggetto =
    r.tipo === 'UO'
      ? { tipo: 'UO' as const, denominazione, codice: r.codiceIpa ?? '' }
      : r.tipo === 'NN'
        ? { tipo: 'NN' as const, denominazione: denominazione as MittenteIgnoto }
        : fromSoggettoRow(r)
  return { ...soggetto, ...(r.perConoscenza ? { perConoscenza: true } : {}), ...(r.canale === null ? {} : { canale: r.canale as Mezzo }) }
}
