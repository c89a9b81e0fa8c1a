import type { EnteRef } from '../kernel/scope.ts'
import { formatItalianDay, formatItalianInstant } from '../kernel/time.ts'
import type { Blocco, Stampa } from '../ports/stampa.ts'
import type { RiepilogoDto } from './schema.ts'
import type { RecuperoLetto } from './service/letture.ts'

const instant = (iso: string | null): string => (iso === null || iso === '' ? '' : formatItalianInstant(new Date(iso)))

/** The statement of a recovery: interruptions with their authorisations and totals, pairs of numbers, differences (TUDA 63; REQ-PROT-086). */
export function verbaleStampa(ente: EnteRef, { row, verbale, coppie }: RecuperoLetto): Stampa {
  return {
    titolo: `Verbale di recupero del registro di emergenza ${row.codice}`,
    intestazione: [ente.denominazione, row.aoo],
    formato: 'A4-orizzontale',
    autore: row.operatoreNome,
    creatoIl: row.istante,
    piede: `Registro di emergenza ${row.codice} – recupero del ${formatItalianInstant(row.istante)}`,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Registro e sede', `${row.codice} – ${row.sede}`],
          ['Dispositivo', `${verbale.dispositivo} (serie affidata con ${verbale.serie})`],
          ['Recuperato il', formatItalianInstant(row.istante)],
          ['Da', row.operatoreNome],
          ['Registrazioni', String(row.righe)],
          ['Firma del dispositivo', 'verificata; catena delle impronte senza interruzioni'],
          ['Impronta SHA-256 del file', row.impronta],
        ],
      },
      ...verbale.aperture.flatMap(aperturaBlocchi),
      { tipo: 'titolo', testo: 'Numeri di emergenza e di protocollo', livello: 2 },
      {
        tipo: 'tabella',
        colonne: ['N. emergenza', 'Data e ora', 'N. protocollo', 'Data e ora', 'Corrispondente', 'Oggetto', 'Differenze'],
        larghezze: [13, 12, 12, 12, 16, 20, 15],
        righe: coppie.map((c) => [
          c.numero,
          instant(c.istante),
          c.etichetta ?? '',
          instant(c.istanteRegistrazione),
          c.corrispondente,
          c.oggetto,
          c.differenze.length === 0 ? 'Nessuna' : c.differenze.join(' '),
        ]),
      },
      { tipo: 'spazio', millimetri: 12 },
      { tipo: 'testo', testo: 'Il responsabile della gestione documentale', allinea: 'destra' },
    ],
  }
}

function aperturaBlocchi(a: RecuperoLetto['verbale']['aperture'][number]): Blocco[] {
  return [
    { tipo: 'titolo', testo: `Interruzione dal ${instant(a.inizio)} al ${instant(a.ripristino)}`, livello: 2 },
    {
      tipo: 'dati',
      voci: [
        ['Causa', a.causa],
        ...a.autorizzazioni.map((x): [string, string] => [
          x.al === '' ? 'Autorizzazione (prime 24 ore)' : 'Prosecuzione',
          `${x.provvedimento}, ${x.autorizzataDa}${x.al === '' ? '' : `, dal ${instant(x.dal)} al ${instant(x.al)}`}`,
        ]),
        ...a.giornate.map((g): [string, string] => [`Totale del ${formatItalianDay(g.giorno)}`, String(g.totale)]),
      ],
    },
  ]
}

/** The yearly summary: what was used, or that nothing was (REQ-PROT-090). */
export function riepilogoStampa(ente: EnteRef, r: RiepilogoDto, autore: string, adesso: Date): Stampa {
  const none = `Nell’anno ${r.anno} il registro di emergenza non è stato usato.`
  return {
    titolo: `Uso del registro di emergenza nell’anno ${r.anno}`,
    intestazione: [ente.denominazione],
    formato: 'A4-orizzontale',
    autore,
    creatoIl: adesso,
    blocchi: [
      { tipo: 'testo', testo: r.usato ? `Nell’anno ${r.anno} il registro di emergenza è stato usato.` : none, forte: true },
      {
        tipo: 'tabella',
        colonne: ['Registro', 'Sede', 'Aperture', 'Ore', 'Giornate', 'Registrazioni', 'Recuperate', 'Cause'],
        larghezze: [8, 20, 9, 8, 9, 12, 11, 23],
        righe: r.registri.map((x) => [
          x.codice,
          x.sede,
          x.aperture === 0 ? 'Non usato' : String(x.aperture),
          String(x.ore),
          String(x.giornate),
          String(x.righe),
          String(x.recuperate),
          [...new Set(x.cause)].join('; '),
        ]),
      },
    ],
  }
}

const RIGHE_MODULO = 12

/** The form to be filled by hand when nothing works at all: what an ordinary registration asks, one line each (REQ-PROT-084). */
export function moduloStampa(ente: EnteRef, r: { codice: string; sede: string; aoo: string }, autore: string, adesso: Date): Stampa {
  const blank = Array.from({ length: RIGHE_MODULO }, () => [`${r.codice}-______-______`, '\n\n', '', '', '', '', '', '', ''])
  return {
    titolo: `Registro di emergenza ${r.codice} – modulo da compilare a mano`,
    intestazione: [ente.denominazione, r.aoo, r.sede],
    formato: 'A4-orizzontale',
    autore,
    creatoIl: adesso,
    piede:
      'DPR 445/2000, art. 63. Al ripristino le righe si copiano sul dispositivo della serie, nello stesso ordine e con gli stessi istanti.',
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Causa dell’interruzione', '______________________________________________________________'],
          ['Inizio (data e ora)', '____/____/________   ____:____'],
          ['Autorizzazione (estremi)', '______________________________________________________________'],
          ['Prosecuzioni (estremi, dal, al)', '______________________________________________________________'],
        ],
      },
      {
        tipo: 'tabella',
        colonne: [
          'Numero',
          'Data e ora',
          'E/U',
          'Mittente o destinatario',
          'Oggetto',
          'Mezzo e arrivo',
          'Titolo e classe',
          'Ufficio',
          'Allegati, note, firma',
        ],
        larghezze: [14, 10, 4, 16, 18, 10, 8, 9, 11],
        righe: blank,
      },
      { tipo: 'testo', testo: 'Totale delle registrazioni della giornata: ________      Firma: ______________________________' },
    ],
  }
}
