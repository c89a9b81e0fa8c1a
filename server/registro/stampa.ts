import { formatItalianDay } from '../kernel/time.ts'
import type { Blocco, Stampa } from '../ports/stampa.ts'
import type { Intestazione, Riga, RigaAnnullamento, RigaModifica, RigaRegistrazione, RigaSigillata } from './righe.ts'

const MASCHERA = 'RISERVATO'
const FLUSSI = { E: 'Entrata', U: 'Uscita', I: 'Interno' } as const

/** What a printed register is made of. With `mascherate` the rows of those numbers show number, date and RISERVATO only (REQ-PROT-065, REQ-PROT-061). */
export interface RegistroDaStampare {
  readonly intestazione: Intestazione
  readonly impronta: string
  readonly righe: readonly RigaSigillata[]
  readonly mascherate?: ReadonlySet<string>
  /** The XML carried inside the PDF. */
  readonly xml?: string
}

const is =
  <T extends Riga['tipo']>(tipo: T) =>
  (r: RigaSigillata): r is Extract<Riga, { tipo: T }> & RigaSigillata =>
    r.tipo === tipo

/** Year and number of a row, as the sets of masked rows name it. */
export function keyOf(r: Pick<Riga, 'anno' | 'numero'>): string {
  return `${r.anno}/${r.numero}`
}

const seven = (n: number): string => String(n).padStart(7, '0')
const at = (iso: string): string => `${formatItalianDay(iso.slice(0, 10))} ${iso.slice(11, 16)}`
const names = (list: RigaRegistrazione['mittenti']): string =>
  list.map((s) => (s.perConoscenza === true ? `${s.nome} (per conoscenza)` : s.nome)).join('; ')

function registrazione(r: RigaRegistrazione, masked: boolean): string[] {
  const first = [seven(r.numero), `${formatItalianDay(r.data)} ${r.ora}`]
  if (masked) return [...first, MASCHERA, '', '', '', '']
  const annullata =
    r.annullata === null ? '' : `ANNULLATO il ${at(r.annullata.il)} – ${r.annullata.operatore} – provv. ${r.annullata.provvedimento}. `
  const extra = [
    r.arrivo === null ? '' : `Arrivo ${at(r.arrivo)}`,
    r.documentoMittente === null
      ? ''
      : `Prot. mittente ${r.documentoMittente.numero ?? '–'}${r.documentoMittente.data === null ? '' : ` del ${formatItalianDay(r.documentoMittente.data)}`}`,
    r.emergenza === null ? '' : `Emergenza n. ${r.emergenza.numero} del ${at(r.emergenza.istante)}`,
    r.differita === null ? '' : `Differita: ${r.differita.autorizzazione}`,
    r.cartaceo === null ? '' : `Cartaceo: ${r.cartaceo}`,
  ].filter((text) => text !== '')
  return [
    ...first,
    FLUSSI[r.flusso],
    [names(r.mittenti) === '' ? '' : `Da: ${names(r.mittenti)}`, names(r.destinatari) === '' ? '' : `A: ${names(r.destinatari)}`]
      .filter((t) => t !== '')
      .join('\n'),
    `${annullata}${r.oggetto}${extra.length === 0 ? '' : `\n${extra.join(' · ')}`}`,
    [r.classificazione, r.assegnazione ?? ''].filter((t) => t !== '').join('\n'),
    r.impronte.map((i) => i.impronta).join('\n'),
  ]
}

function annullamento(r: RigaAnnullamento, masked: boolean): string[] {
  const first = [`${seven(r.numero)}/${r.anno}`, formatItalianDay(r.data), at(r.il)]
  if (masked) return [...first, MASCHERA, '', '']
  return [
    ...first,
    r.oggetto,
    `${r.richiesta.operatore}, ${at(r.richiesta.il)}: ${r.richiesta.motivo}`,
    `${r.autorizzazione.operatore} – provv. ${r.autorizzazione.provvedimento}`,
  ]
}

function modifica(r: RigaModifica, masked: boolean): string[] {
  const first = [`${seven(r.numero)}/${r.anno}`, formatItalianDay(r.data), at(r.il)]
  if (masked) return [...first, MASCHERA, '', '', '']
  return [
    ...first,
    r.campo,
    r.valorePrecedente,
    r.valoreNuovo,
    `${r.operatore}${r.provvedimento === null ? '' : ` – provv. ${r.provvedimento}`}`,
  ]
}

function summary(i: Intestazione, impronta: string): Blocco {
  return {
    tipo: 'dati',
    voci: [
      ['Identificativo', i.identificativo],
      ['Registro', `${i.registro.codice} – ${i.registro.denominazione}`],
      ['Progressivo annuo', String(i.progressivo)],
      ...(i.versione === 1 ? [] : [['Versione', `${i.versione} – ${i.motivo}`] as const]),
      [
        'Prima e ultima registrazione',
        i.primoNumero === null || i.ultimoNumero === null ? 'nessuna' : `${seven(i.primoNumero)} – ${seven(i.ultimoNumero)}`,
      ],
      ['Registrazioni', String(i.registrazioni)],
      ['Annullamenti del giorno', String(i.annullamenti)],
      ['Modifiche del giorno', String(i.modifiche)],
      [
        'Responsabile della gestione documentale',
        i.responsabile.cognome === '' ? 'non nominato' : `${i.responsabile.nome} ${i.responsabile.cognome}`,
      ],
      ['Prodotto da', i.produttore],
      ['Prodotto il', at(i.prodottoIl)],
      ['Impronta di questo registro', impronta],
      [
        'Impronta del registro precedente',
        i.precedente === null ? 'nessuna: è il primo' : `${i.precedente.impronta} (${i.precedente.identificativo})`,
      ],
      ['Sigillo della traccia degli accessi', i.traccia === null ? 'nessuno' : `${i.traccia.sigillo} (${i.traccia.fatti} fatti)`],
    ],
  }
}

function section<T extends Riga['tipo']>(
  { righe, mascherate }: RegistroDaStampare,
  tipo: T,
  titolo: string,
  colonne: string[],
  larghezze: number[],
  cells: (r: Extract<Riga, { tipo: T }>, masked: boolean) => string[],
): Blocco[] {
  const rows = righe.filter(is(tipo))
  if (rows.length === 0) return []
  const masked = (r: Riga): boolean => mascherate?.has(keyOf(r)) ?? false
  return [
    { tipo: 'titolo', testo: titolo, livello: 2 },
    { tipo: 'tabella', colonne, larghezze, righe: rows.map((r) => cells(r as unknown as Extract<Riga, { tipo: T }>, masked(r))) },
  ]
}

/** The register of a day as a printed document: header, rows, annulments, modifications (REQ-PROT-100, 101, 103). Pure. */
export function toStampa(r: RegistroDaStampare): Stampa {
  const { intestazione: i, impronta } = r
  const empty: Blocco[] = i.registrazioni === 0 ? [{ tipo: 'testo', testo: 'Nessuna registrazione in questo giorno.', forte: true }] : []
  const masked = r.mascherate !== undefined
  return {
    titolo: i.oggetto,
    intestazione: [i.ente.denominazione, i.aoo.denominazione],
    formato: 'A4-orizzontale',
    blocchi: [
      ...(masked
        ? [
            {
              tipo: 'testo',
              testo: 'Copia per la consultazione: le registrazioni riservate mostrano solo numero e data.',
              forte: true,
            } as const,
          ]
        : []),
      summary(i, impronta),
      ...empty,
      ...section(
        r,
        'registrazione',
        'Registrazioni',
        ['Numero', 'Data e ora', 'Tipo', 'Mittente, destinatario', 'Oggetto', 'Class.', 'Impronta SHA-256'],
        [8, 9, 7, 20, 28, 11, 17],
        registrazione,
      ),
      ...section(
        r,
        'annullamento',
        'Annullamenti',
        ['Numero', 'Data', 'Annullato il', 'Oggetto', 'Richiesta', 'Autorizzazione'],
        [10, 9, 12, 29, 22, 18],
        annullamento,
      ),
      ...section(
        r,
        'modifica',
        'Modifiche',
        ['Numero', 'Data', 'Modificato il', 'Dato', 'Valore precedente', 'Valore nuovo', 'Autore'],
        [10, 9, 12, 12, 21, 21, 15],
        modifica,
      ),
    ],
    piede: `${i.identificativo}${masked ? ' – copia per la consultazione' : ''}`,
    autore: i.produttore,
    creatoIl: new Date(i.prodottoIl),
    ...(r.xml === undefined
      ? {}
      : {
          allegati: [
            {
              nome: 'registro.xml',
              mime: 'application/xml',
              descrizione: 'Le stesse righe in XML',
              bytes: new TextEncoder().encode(r.xml),
            },
          ],
        }),
  }
}
