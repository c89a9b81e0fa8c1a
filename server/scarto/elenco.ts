import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { FileReply } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { recordFact } from '../kernel/audit.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { EnteRef, Scope } from '../kernel/scope.ts'
import { formatItalianDay } from '../kernel/time.ts'
import type { Stampa } from '../ports/stampa.ts'
import { fuoriOrdine, proceduraAssente } from './errors.ts'
import { formatProcedura } from './presenter.ts'
import { findProcedura, findVociIn } from './repository.ts'
import type { ProceduraRow, VoceRow } from './repository.ts'
import type { StatoVoce } from './schema.ts'

/** Items that are in the list of a disposal: what is left out or refused is not asked for. */
const IN_ELENCO: readonly StatoVoce[] = [
  'PROPOSTO',
  'VERIFICATO',
  'RICHIESTO',
  'AUTORIZZATO',
  'ORDINATO',
  'DISTRUTTO_IN_CONSERVAZIONE',
  'DISTRUTTO_LOCALMENTE',
  'BACKUP_AGGIORNATI',
  'COMUNICATO',
  'SOSPESO_PER_VINCOLO',
]

/** The oggetto of a fascicolo with riservati does not leave the body with the list (REQ-CONS-231). */
const oggettoOf = (v: VoceRow): string => (v.riservata ? 'Oggetto riservato' : v.oggetto)

/** Bytes as a person reads them. */
export function formatByte(byte: number): string {
  const units = ['byte', 'kB', 'MB', 'GB', 'TB']
  let n = byte
  let unit = 0
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000
    unit++
  }
  return `${unit === 0 ? String(n) : n.toFixed(1).replace('.', ',')} ${units[unit] ?? ''}`
}

/** The list as CSV (UTF-8, semicolon, ISO days): a cell that a spreadsheet would run is neutralised. Pure. */
export function writeElencoCsv(voci: readonly VoceRow[]): string {
  const rows = voci.map((v) => ({
    fascicolo: v.codice,
    oggetto: oggettoOf(v),
    classificazione: v.codiceVoce,
    denominazione: v.denominazioneVoce,
    tipo: v.tipo,
    tipologie: v.tipologie.join(', '),
    estremo_dal: v.estremoDal,
    estremo_al: v.estremoAl,
    chiuso_il: v.chiusoIl ?? '',
    anni: v.anni,
    scaduto_il: v.scadenza,
    motivo: v.regola,
    fascicoli: v.fascicoli,
    documenti: v.documenti,
    file: v.file,
    byte: v.byte,
    documenti_cartacei: v.cartacei,
    riservato: v.riservata ? 'si' : 'no',
    versato: v.versata ? 'si' : 'no',
  }))
  return stringify(rows, { header: true, delimiter: ';', record_delimiter: 'windows', escape_formulas: true })
}

const COLONNE = ['Fascicolo', 'Class.', 'Oggetto e tipologie', 'Estremi', 'Motivo', 'Fasc.', 'Doc.', 'File', 'Peso']
const LARGHEZZE = [1.7, 0.9, 4, 1.6, 3.4, 0.6, 0.6, 0.6, 1]

/** The list as it is attached to the internal act and to the request (§17.1 step 4). Pure. */
export function composeElenco(ente: EnteRef, p: ProceduraRow, voci: readonly VoceRow[], creatoIl: Date): Stampa {
  const total = (what: (v: VoceRow) => number): number => voci.reduce((sum, v) => sum + what(v), 0)
  const riservate = voci.filter((v) => v.riservata).length
  const titolo = `Elenco di scarto n. ${formatProcedura(p)}`
  const days = voci.flatMap((v) => [v.estremoDal, v.estremoAl]).toSorted()
  return {
    titolo,
    intestazione: [ente.denominazione],
    formato: 'A4-orizzontale',
    autore: ente.denominazione,
    creatoIl,
    piede: titolo,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Termini scaduti al', formatItalianDay(p.scadutiAl)],
          [
            'Provvedimento',
            p.provvedimento === null ? 'non ancora adottato' : `${p.provvedimento} del ${formatItalianDay(p.provvedimentoDel ?? '')}`,
          ],
          ['Motivazione', p.motivazione ?? ''],
          ['Estremi cronologici', days.length === 0 ? '' : `${formatItalianDay(days[0] ?? '')} - ${formatItalianDay(days.at(-1) ?? '')}`],
          [
            'Quantità',
            `${voci.length} aggregazioni (${total((v) => v.fascicoli)} fascicoli), ${total((v) => v.documenti)} documenti, ${total((v) => v.file)} file, ${formatByte(total((v) => v.byte))}, ${total((v) => v.cartacei)} documenti cartacei`,
          ],
          ['Con documenti sottratti alla libera consultazione', String(riservate)],
        ],
      },
      {
        tipo: 'tabella',
        colonne: COLONNE,
        larghezze: LARGHEZZE,
        righe: voci.map((v) => [
          v.codice,
          v.codiceVoce,
          `${oggettoOf(v)}${v.tipologie.length === 0 ? '' : ` (${v.tipologie.join(', ')})`}`,
          `${formatItalianDay(v.estremoDal)} - ${formatItalianDay(v.estremoAl)}`,
          v.regola,
          String(v.fascicoli),
          String(v.documenti),
          String(v.file),
          formatByte(v.byte),
        ]),
      },
    ],
  }
}

/** The list of a disposal to be attached to the act and sent to the authorities, as PDF/A or CSV. Throws NotFound, RuleViolation when it is empty. */
export async function openElenco(scope: Scope, id: string, formato: 'pdf' | 'csv', ports: Ports): Promise<FileReply> {
  const { procedura, voci } = await inReadTransaction(scope, async (s) => {
    const row = await findProcedura(s, id)
    if (row === null) throw proceduraAssente()
    return { procedura: row, voci: await findVociIn(s, id, IN_ELENCO) }
  })
  if (voci.length === 0) throw fuoriOrdine('L’elenco è vuoto: non ci sono voci da chiedere.')
  await recordFact(scope, { azione: 'elenco-scarto-scaricato', oggettoTipo: 'scarto', oggettoId: id, dopo: { formato, voci: voci.length } })
  const nome = `elenco-scarto-${formatProcedura(procedura).replace('/', '-')}.${formato}`
  const bytes =
    formato === 'csv'
      ? Buffer.from(writeElencoCsv(voci), 'utf8')
      : Buffer.from(await ports.stampa.print(composeElenco(scope.ente, procedura, voci, procedura.creataIl)))
  const tipo = formato === 'csv' ? 'text/csv; charset=utf-8' : 'application/pdf'
  return new FileReply({ nome, tipo, stream: Readable.from([bytes]), dimensione: bytes.length })
}
