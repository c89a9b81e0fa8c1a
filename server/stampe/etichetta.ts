import type { EnteRef } from '../kernel/scope.ts'
import { formatItalianInstant } from '../kernel/time.ts'
import type { Blocco, Stampa } from '../ports/stampa.ts'
import { formatEtichetta, formatNumero } from '../protocollo/index.ts'
import type { RegistrazioneStampata } from './repository.ts'
import type { FormatoEtichetta } from './schema.ts'

const MISURE: Readonly<Record<FormatoEtichetta, { larghezza: number; altezza: number }>> = {
  '62x29': { larghezza: 62, altezza: 29 },
  '50x25': { larghezza: 50, altezza: 25 },
}

type Etichettata = Pick<
  RegistrazioneStampata,
  'aooCodice' | 'tipo' | 'numero' | 'anno' | 'istante' | 'voceCodice' | 'riservata' | 'annullamento' | 'segnatura' | 'registroCodice'
>

/** The text of the Code 128: code of the register, year, number. The bars of a scan give it back; the QR carries the whole segnatura. */
export function codeOf(r: Pick<Etichettata, 'registroCodice' | 'anno' | 'numero'>): string {
  return `${r.registroCodice}${r.anno}${formatNumero(r.numero)}`
}

/** Labels of registrations, one a page, in real millimetres: the data of the segnatura, never a new number (REQ-PROT-043). The same data give the same bytes. */
export function composeEtichette(ente: EnteRef, registrazioni: readonly Etichettata[], formato: FormatoEtichetta): Stampa {
  const first = registrazioni[0]
  if (first === undefined) throw new Error('no label to print')
  return {
    titolo: registrazioni.length === 1 ? `Etichetta ${formatEtichetta(first.numero, first.anno)}` : `${registrazioni.length} etichette`,
    senzaTitolo: true,
    intestazione: [],
    formato: MISURE[formato],
    autore: ente.denominazione,
    creatoIl: first.istante,
    blocchi: registrazioni.flatMap((r, i): Blocco[] => [...(i === 0 ? [] : [{ tipo: 'pagina' } as const]), ...composeEtichetta(ente, r)]),
  }
}

function composeEtichetta(ente: EnteRef, r: Etichettata): Blocco[] {
  const last = [formatItalianInstant(r.istante), ...(r.riservata ? [] : [r.voceCodice])].join(' · ')
  return [
    { tipo: 'testo', testo: `${ente.denominazione} · ${r.aooCodice} · ${r.tipo}` },
    { tipo: 'testo', testo: formatEtichetta(r.numero, r.anno), forte: true },
    { tipo: 'testo', testo: last },
    ...(r.annullamento === null ? [] : [{ tipo: 'testo', testo: 'ANNULLATO', forte: true } as const]),
    { tipo: 'codici', qr: r.segnatura, code128: codeOf(r) },
  ]
}

/** A label with invented data, to try printer and paper. */
export function composeProva(ente: EnteRef, formato: FormatoEtichetta, istante: Date): Stampa {
  const prova: Etichettata = {
    aooCodice: 'PROVA',
    tipo: 'E',
    numero: 0,
    anno: 2000,
    istante,
    voceCodice: 'VI/3',
    riservata: false,
    annullamento: null,
    segnatura: `${ente.codiceIpa}#PROVA#PROVA#2000-01-01#0000000#E`,
    registroCodice: 'PROVA',
  }
  return { ...composeEtichette(ente, [prova], formato), titolo: 'Etichetta di prova' }
}
