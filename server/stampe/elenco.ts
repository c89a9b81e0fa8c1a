import type { FascicoloDto } from '../fascicoli/index.ts'
import type { EnteRef } from '../kernel/scope.ts'
import { formatItalianDay, formatItalianInstant, romeDay } from '../kernel/time.ts'
import type { Blocco, Stampa } from '../ports/stampa.ts'
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

/** The index of a fascicolo: its data and its documents, those that may not be read without their words. */
export function composeIndice(ente: EnteRef, f: FascicoloDto, righe: ReadonlyMap<string, RigaRegistroDto>, creatoIl: Date): Stampa {
  const dati: (readonly [string, string])[] = [
    ['Codice', f.codice],
    ['Oggetto', f.oggetto],
    ['Classificazione', `${f.voce.codice} ${f.voce.denominazione}`],
    ['Ufficio', f.ufficio.denominazione],
    ['Responsabile', f.responsabile.nome],
    ['Aperto il', formatItalianDay(f.apertoIl.slice(0, 10))],
    ['Chiuso il', f.chiusoIl === null ? '' : formatItalianDay(f.chiusoIl.slice(0, 10))],
  ]
  const rigaOf = (d: FascicoloDto['documenti'][number]): RigaRegistroDto | undefined =>
    d.registrazione === null ? undefined : righe.get(d.registrazione.id)
  const tabella: Blocco = {
    tipo: 'tabella',
    colonne: ['N.', 'Protocollo', 'Data', 'Oggetto', 'Tipologia', 'Stato'],
    larghezze: [0.5, 1.5, 1.2, 4.6, 1.4, 1.4],
    righe: f.documenti.map((d, i) => [
      String(i + 1),
      d.registrazione?.etichetta ?? '',
      formatItalianDay(romeDay(new Date(d.inseritoIl))),
      d.oggetto,
      d.tipologia,
      rigaOf(d)?.annullamento ?? '',
    ]),
    barrate: new Set(f.documenti.flatMap((d, i) => (rigaOf(d)?.annullata === true ? [i] : []))),
  }
  return {
    titolo: `Indice del fascicolo ${f.codice}`,
    intestazione: [ente.denominazione],
    formato: 'A4',
    autore: ente.denominazione,
    creatoIl,
    piede: `Indice del fascicolo ${f.codice} - stampato il ${formatItalianInstant(creatoIl)}`,
    blocchi: [
      { tipo: 'dati', voci: dati.filter(([, valore]) => valore !== '') },
      { tipo: 'titolo', testo: 'Documenti', livello: 2 },
      f.documenti.length === 0 ? { tipo: 'testo', testo: 'Il fascicolo non contiene documenti.' } : tabella,
    ],
  }
}
