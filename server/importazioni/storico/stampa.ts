import { formatItalianDay } from '../../kernel/time.ts'
import type { Blocco, Stampa } from '../../ports/stampa.ts'
import type { Rapporto } from './riconcilia.ts'

/** What the printed report says besides the reconciliation. */
export interface Frontespizio {
  readonly ente: string
  readonly codice: string
  readonly anno: number
  readonly denominazione: string
  readonly provenienza: string
  readonly tabella: string
  readonly improntaTabella: string
  readonly archivio: string | null
  readonly improntaArchivio: string | null
  readonly stato: string
  readonly accettazione: string
  readonly autore: string
  readonly creatoIl: Date
}

/** The reconciliation of a past register as a printed document: totals, then each kind of finding with its list. */
export function toStampa(f: Frontespizio, r: Rapporto): Stampa {
  return {
    titolo: `Rapporto di riconciliazione – registro ${f.codice} ${f.anno}`,
    intestazione: [f.ente],
    formato: 'A4',
    autore: f.autore,
    creatoIl: f.creatoIl,
    piede: `Impronta della tabella (SHA-256): ${f.improntaTabella}`,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Registro', f.denominazione],
          ['Sistema di provenienza', f.provenienza],
          ['Tabella', f.tabella],
          ['Archivio dei file', f.archivio === null ? 'nessuno' : `${f.archivio} (${f.improntaArchivio ?? ''})`],
          ['Stato', f.stato],
          ...(f.accettazione === '' ? [] : ([['Motivo dell’accettazione', f.accettazione]] as const)),
          ['Registrazioni', String(r.righe)],
          ['Numeri', `da ${r.primo} a ${r.ultimo}`],
          ['Entrata, uscita, interno', `${r.perTipo.E}, ${r.perTipo.U}, ${r.perTipo.I}`],
          ['Annullate', String(r.annullate)],
          ['Riservate', String(r.riservate)],
          ['File citati', String(r.file)],
        ],
      },
      ...findings(r),
    ],
  }
}

function findings(r: Rapporto): Blocco[] {
  return [
    ...list(
      'Errori che impediscono l’importazione',
      r.quantiErrori,
      ['Riga', 'Campo', 'Errore'],
      [1, 2, 6],
      r.errori.map((e) => [String(e.riga), e.campo, e.messaggio]),
    ),
    ...list(
      'Numeri mancanti',
      r.quantiNumeriMancanti,
      ['Dal numero', 'Al numero'],
      [1, 1],
      r.buchi.map((gap) => [String(gap.da), String(gap.a)]),
    ),
    ...list(
      'File mancanti',
      r.quantiFileMancanti,
      ['Numero', 'File'],
      [1, 5],
      r.fileMancanti.map((f) => [String(f.numero), f.nome]),
    ),
    ...list(
      'Impronte diverse da quelle dichiarate',
      r.quanteImpronteDiverse,
      ['Numero', 'File', 'Dichiarata', 'Calcolata'],
      [1, 2, 4, 4],
      r.impronteDiverse.map((f) => [String(f.numero), f.nome, f.dichiarata, f.calcolata]),
    ),
    ...list(
      'Date che tornano indietro',
      r.quantiDisordini,
      ['Numero', 'Data', 'Data del numero precedente'],
      [1, 2, 2],
      r.disordini.map((d) => [String(d.numero), formatItalianDay(d.giorno), formatItalianDay(d.precedente)]),
    ),
    ...list(
      'File dell’archivio che nessuna registrazione cita',
      r.quantiFileNonCitati,
      ['File'],
      [1],
      r.fileNonCitati.map((nome) => [nome]),
    ),
    ...list(
      'Uffici che non esistono qui',
      r.ufficiSconosciuti.length,
      ['Codice'],
      [1],
      r.ufficiSconosciuti.map((codice) => [codice]),
    ),
  ]
}

function list(
  titolo: string,
  quanti: number,
  colonne: readonly string[],
  larghezze: readonly number[],
  righe: readonly (readonly string[])[],
): Blocco[] {
  const head: Blocco = { tipo: 'titolo', testo: `${titolo}: ${quanti}`, livello: 2 }
  if (righe.length === 0) return [head]
  const more: Blocco[] =
    quanti > righe.length && titolo !== 'Numeri mancanti'
      ? [{ tipo: 'testo', testo: `L’elenco riporta i primi ${righe.length}.`, piccolo: true }]
      : []
  return [head, { tipo: 'tabella', colonne, larghezze, righe }, ...more]
}
