import type { EnteRef } from '../kernel/scope.ts'
import { formatItalianInstant } from '../kernel/time.ts'
import type { Stampa } from '../ports/stampa.ts'
import type { RigaRegistroDto } from '../protocollo/index.ts'

const COLONNE = ['Numero', 'Data e ora', 'Tipo', 'Mittente o destinatario', 'Oggetto', 'Class.', 'Fascicolo', 'Ufficio', 'Stato']
const LARGHEZZE = [1.5, 1.25, 0.5, 2.5, 3.9, 0.8, 1.5, 1.8, 1.55]

/** Register rows on landscape pages: annulled ones struck with their reason, riservati without words (REQ-PROT-050, REQ-PROT-061). */
export function composeElenco(
  ente: EnteRef,
  righe: readonly RigaRegistroDto[],
  altro: { readonly titolo: string; readonly sotto: string; readonly creatoIl: Date },
): Stampa {
  return {
    titolo: altro.titolo,
    intestazione: [ente.denominazione],
    formato: 'A4-orizzontale',
    autore: ente.denominazione,
    creatoIl: altro.creatoIl,
    piede: `${altro.titolo} - stampato il ${formatItalianInstant(altro.creatoIl)}`,
    blocchi: [
      { tipo: 'testo', testo: altro.sotto },
      {
        tipo: 'tabella',
        colonne: COLONNE,
        larghezze: LARGHEZZE,
        righe: righe.map((r) => [
          r.etichetta,
          formatItalianInstant(new Date(r.istante)),
          r.tipo,
          r.corrispondente,
          r.oggetto,
          r.voce?.codice ?? '',
          r.fascicolo?.codice ?? '',
          r.ufficio ?? '',
          statoOf(r),
        ]),
        barrate: new Set(righe.flatMap((r, i) => (r.annullata ? [i] : []))),
      },
    ],
  }
}

/** What a row carries beside its data: its annulment, or the cases that are shown next to the number (REQ-PROT-048, REQ-PROT-071). */
function statoOf(r: RigaRegistroDto): string {
  if (r.annullamento !== null) return r.annullamento
  const cases = [
    r.differita ? 'differita' : '',
    r.emergenza === null ? '' : `emergenza n. ${r.emergenza}`,
    r.scansioneAttesa ? 'scansione attesa' : '',
  ]
  return cases.filter((c) => c !== '').join(', ')
}
