import { Readable } from 'node:stream'
import type { FascicoloRow } from '../../fascicoli/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { assente } from '../errors.ts'
import { assertGestore } from '../policy.ts'
import { findElenchi } from '../repository-deposito.ts'
import type { ElencoRow } from '../repository-deposito.ts'
import type { SerieRow } from '../repository-serie.ts'
import { formatConservazione, writeCsv } from '../rules.ts'
import type { ElencoDto } from '../schema.ts'
import { composeElenco } from '../stampa.ts'

/** What passes in one act. */
export interface Passaggio {
  readonly fascicoli: readonly FascicoloRow[]
  readonly serie: readonly SerieRow[]
  readonly posizione: string | null
  readonly nota: string
  readonly istante: string
  readonly giorno: string
}

const COLONNE = [
  'N.',
  'Che cosa',
  'Identificativo',
  'Classificazione',
  'Oggetto',
  'Apertura',
  'Chiusura',
  'Documenti',
  'Conservazione',
  'Collocazione',
]
const LIVELLI = ['fascicolo', 'sottofascicolo', 'inserto']

/** The text of a list: what passes, in the order of the titolario. */
export function writeTesto(p: Passaggio): string {
  const fascicoli = p.fascicoli.map((f) => [
    LIVELLI[f.livello] ?? '',
    f.codice,
    `${f.codiceVoce} ${f.denominazioneVoce}`,
    f.oggetto,
    formatItalianDay(f.apertoIl),
    f.chiusoIl === null ? '' : formatItalianDay(f.chiusoIl),
    String(f.documenti + f.documentiRiservati),
    formatConservazione(f.conservazioneAnni),
    p.posizione ?? f.posizioneFisica ?? '',
  ])
  const serie = p.serie.map((s) => [
    'serie',
    String(s.anno),
    s.codiceVoce === null ? '' : `${s.codiceVoce} ${s.denominazioneVoce ?? ''}`,
    s.denominazione,
    '',
    s.chiusaIl === null ? '' : formatItalianDay(s.chiusaIl.toISOString().slice(0, 10)),
    String(s.membri ?? 0),
    formatConservazione(s.conservazioneAnni),
    p.posizione ?? s.posizioneFisica ?? '',
  ])
  return writeCsv([COLONNE, ...[...fascicoli, ...serie].map((r, i) => [String(i + 1), ...r])])
}

const presentElenco = (e: ElencoRow): ElencoDto => ({
  id: e.id,
  tipo: e.tipo,
  numero: e.numero,
  aoo: e.aoo,
  righe: e.righe,
  posizione: e.posizione,
  nota: e.nota,
  impronta: e.impronta,
  creatoIl: e.creatoIl.toISOString(),
  creatoDa: e.creatoDa,
})

/** Every list kept, newest first. They name every fascicolo: only who governs the archive. Throws Forbidden. */
export async function listElenchi(scope: Scope): Promise<ElencoDto[]> {
  assertGestore(scope.attore)
  return (await findElenchi(scope)).map(presentElenco)
}

/** One list just made. Throws NotFound. */
export async function readElenco(scope: Scope, id: string): Promise<ElencoDto> {
  assertGestore(scope.attore)
  const [row] = await findElenchi(scope, id)
  if (row === undefined) throw assente('L’elenco')
  return presentElenco(row)
}

/** A list as it was frozen: its CSV, byte by byte, or the printed act made from it; the read is recorded. Throws Forbidden, NotFound. */
export async function openElenco(scope: Scope, id: string, formato: 'csv' | 'pdf', stampa: Stampatrice): Promise<FileReply> {
  assertGestore(scope.attore)
  const [row] = await findElenchi(scope, id)
  if (row === undefined) throw assente('L’elenco')
  await recordFact(scope, { azione: 'elenco-letto', oggettoTipo: 'elenco-deposito', oggettoId: id, dopo: { formato } })
  const nome = `elenco-${row.tipo}-${row.numero}`
  if (formato === 'csv') {
    const bytes = Buffer.from(row.testo, 'utf8')
    return new FileReply({
      nome: `${nome}.csv`,
      tipo: 'text/csv',
      stream: Readable.from([bytes]),
      dimensione: bytes.length,
      sha256: row.impronta,
    })
  }
  const titolo =
    row.tipo === 'deposito'
      ? `Elenco di versamento in archivio di deposito n. ${row.numero}`
      : `Elenco della sezione storica n. ${row.numero}`
  const bytes = Buffer.from(await stampa.print(composeElenco(scope.ente, { ...row, titolo })))
  return new FileReply({ nome: `${nome}.pdf`, tipo: 'application/pdf', stream: Readable.from([bytes]), dimensione: bytes.length })
}
