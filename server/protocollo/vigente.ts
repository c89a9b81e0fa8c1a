import type { Correzione } from './condizioni.ts'
import type { RegistrazioneRow } from './repository.ts'
import { fromSoggettoRow, nameOf, toSoggettoRow } from './soggetti.ts'
import type { SoggettoRow } from './soggetti.ts'
import type { SoggettoDto } from './schema.ts'
import type { CampoRettificabile } from './schema/condizione.ts'

/** A registration and its correspondents. */
export interface Registrata {
  readonly row: RegistrazioneRow
  readonly soggetti: readonly SoggettoRow[]
}

/** A datum of class B as text, the way corrections keep it; null when the registration has not that correspondent. */
export function valueOf({ row, soggetti }: Registrata, campo: CampoRettificabile, posizione: number): string | null {
  switch (campo) {
    case 'mittente':
    case 'destinatario': {
      const found = findSoggetto(soggetti, campo, posizione)
      return found === undefined ? null : nameOf(found)
    }
    case 'dataArrivo':
      return row.dataArrivo?.toISOString() ?? null
    default:
      return row[campo] ?? ''
  }
}

export function findSoggetto(soggetti: readonly SoggettoRow[], ruolo: string, posizione: number): SoggettoRow | undefined {
  return soggetti.find((s) => s.ruolo === ruolo && s.posizione === posizione)
}

/** The registration as it is in force: every authorised correction over what was registered, in their order. Number and date never change. */
export function correct(registrata: Registrata, correzioni: readonly Correzione[]): Registrata {
  return correzioni.reduce(correctOne, registrata)
}

function correctOne({ row, soggetti }: Registrata, c: Correzione): Registrata {
  switch (c.campo) {
    case 'mittente':
    case 'destinatario':
      return {
        row,
        soggetti: soggetti.map((s) =>
          s.ruolo === c.campo && s.posizione === c.posizione && c.dati !== null
            ? { ...s, ...toSoggettoRow(c.dati.corretto, s.ruolo, s.posizione) }
            : s,
        ),
      }
    case 'dataArrivo':
      return { row: { ...row, dataArrivo: new Date(c.valoreCorretto) }, soggetti }
    case 'oggetto':
    case 'mezzo':
    case 'tipologia':
      return { row: { ...row, [c.campo]: c.valoreCorretto }, soggetti }
    default:
      return { row: { ...row, [c.campo]: c.valoreCorretto === '' ? null : c.valoreCorretto }, soggetti }
  }
}

/** A correspondent in one line, with what tells two of the same name apart. */
export function describeSoggetto(s: SoggettoDto): string {
  const name = s.tipo === 'PF' ? `${s.cognome} ${s.nome}` : s.denominazione
  const code = s.tipo === 'PF' ? s.codiceFiscale : s.tipo === 'PG' ? s.codiceFiscalePartitaIva : s.tipo === 'PAI' ? s.codiceIpa : undefined
  return [name, code, s.indirizzoDigitale].filter((part) => part !== undefined && part !== '').join(' · ')
}

/** The stored correspondent of a registration as the one a request would write. */
export function soggettoOf(s: SoggettoRow): SoggettoDto {
  return fromSoggettoRow(s)
}
