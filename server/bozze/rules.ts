import { extname } from 'node:path'
import type { Attore } from '../kernel/scope.ts'
import type { SoggettoDto } from '../protocollo/index.ts'
import { canProtocolla, canSeeBozza } from './policy.ts'
import type { BozzaVista } from './policy.ts'
import type { BozzaRow } from './repository.ts'
import { datiBozza } from './schema.ts'
import type { BozzaDto, DatiBozza, ModificaBozza, SoggettoBozza, StatoBozza } from './schema.ts'

/** From which states each step is taken. */
export const passi = {
  modifica: ['IN_LAVORAZIONE'],
  completa: ['DA_FIRMARE', 'FIRMATA', 'PRONTA'],
  prepara: ['IN_LAVORAZIONE'],
  firma: ['DA_FIRMARE', 'FIRMATA'],
  riprendi: ['DA_FIRMARE', 'FIRMATA', 'PRONTA'],
  protocolla: ['IN_LAVORAZIONE', 'FIRMATA', 'PRONTA'],
  alProtocollo: ['IN_LAVORAZIONE', 'DA_FIRMARE', 'FIRMATA', 'PRONTA'],
  scarta: ['IN_LAVORAZIONE', 'DA_FIRMARE', 'FIRMATA', 'PRONTA'],
  ripristina: ['SCARTATA'],
} as const satisfies Readonly<Record<string, readonly StatoBozza[]>>
export type Passo = keyof typeof passi

/** True when a draft in this state takes the step. */
export function isAmmesso(passo: Passo, stato: StatoBozza): boolean {
  return (passi[passo] as readonly StatoBozza[]).includes(stato)
}

/** What the policy wants of a row. */
export function vistaOf(row: BozzaRow): BozzaVista {
  return { ...row, alProtocollo: row.alProtocolloIl !== null }
}

/** True when the document of the draft is made here, from a text or from a template file. */
export function isGenerata(row: Pick<BozzaRow, 'modelloFormato' | 'corpo'>): boolean {
  return row.corpo.trim() !== '' || row.modelloFormato === 'DOCX' || row.modelloFormato === 'ODT'
}

/**
 * True when a change would touch the document itself: its words, whom it is to, its subject, where it is filed. Class, means, offices, attachments and notes
 * are data of the registration: they may be completed after the signature.
 */
export function cambiaDocumento(row: BozzaRow, input: ModificaBozza): boolean {
  const before = datiBozza.parse(row.dati)
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  return !(
    same(before.oggetto, input.dati.oggetto) &&
    same(before.destinatari, input.dati.destinatari) &&
    same(before.mittenti, input.dati.mittenti) &&
    same(before.documento, input.dati.documento) &&
    (input.corpo === undefined || input.corpo === row.corpo) &&
    (input.modelloId === undefined || input.modelloId === row.modelloId) &&
    (input.fascicoloId === undefined || input.fascicoloId === row.fascicoloId) &&
    (input.richiedeFirma === undefined || input.richiedeFirma === row.richiedeFirma)
  )
}

/** What a person may do on a draft now. */
export function azioniOf(attore: Attore, row: BozzaRow): BozzaDto['azioni'] {
  const vista = vistaOf(row)
  const sees = canSeeBozza(attore, vista)
  const may = (passo: Passo): boolean => sees && isAmmesso(passo, row.stato)
  return {
    modifica: may('modifica'),
    completa: may('completa'),
    prepara: may('prepara') && isGenerata(row),
    firma: may('firma'),
    riprendi: may('riprendi'),
    protocolla: may('protocolla') && canProtocolla(attore, vista) && isDocumentoPronto(row),
    alProtocollo: may('alProtocollo') && row.alProtocolloIl === null,
    scarta: may('scarta'),
    ripristina: may('ripristina'),
  }
}

/** True when nothing more has to be made or signed before the number: a document of ours is frozen, one brought here is as it is. */
export function isDocumentoPronto(row: BozzaRow): boolean {
  if (row.stato === 'FIRMATA' || row.stato === 'PRONTA') return true
  return row.stato === 'IN_LAVORAZIONE' && !isGenerata(row)
}

const clean = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value.trim())

/** A correspondent with its empty optional data left out: an empty fiscal code is no fiscal code. */
export function toSoggetto(s: SoggettoBozza): Record<string, unknown> {
  const { tipo, perConoscenza, canale, ...texts } = s
  const given = Object.entries(texts).flatMap(([key, value]) => (clean(value) === undefined ? [] : [[key, clean(value)]]))
  return {
    tipo,
    ...Object.fromEntries(given),
    ...(perConoscenza === undefined ? {} : { perConoscenza }),
    ...(canale === undefined ? {} : { canale }),
  }
}

/** A correspondent already in the register as a draft holds it. */
export function fromSoggetto(s: SoggettoDto): SoggettoBozza {
  return { ...s }
}

/** How a draft calls a correspondent. */
export function nomeOf(s: SoggettoBozza): string {
  return (s.denominazione ?? `${s.cognome ?? ''} ${s.nome ?? ''}`).trim()
}

/** The document that the registration carries: the signed one, else the prepared one, else the one brought here. */
export function documentoOf(row: BozzaRow): Record<string, unknown> | undefined {
  const made = row.firmato ?? row.documento
  if (made !== null)
    return { contenutoId: made.id, nome: made.nome, descrizione: '', formazione: row.documento === null ? 'file' : 'redatto' }
  return row.dati.documento ?? undefined
}

const optional = (key: string, value: unknown): Record<string, unknown> =>
  value === undefined || value === null || value === '' ? {} : { [key]: value }

/** The request of registration that a draft amounts to, still to be checked as any other (REQ-PROT-020). */
export function toRichiesta(row: BozzaRow): Record<string, unknown> {
  const { dati } = row
  const documento = documentoOf(row)
  const links = dati.collegamenti.filter((link) => link.registrazioneId !== row.rispostaA)
  const common = {
    tipo: row.tipo,
    oggetto: dati.oggetto,
    ...optional('voceId', dati.voceId),
    mezzo: dati.mezzo ?? (row.tipo === 'I' ? 'ALTRO' : undefined),
    ...optional('dataDocumento', dati.dataDocumento),
    tipologia: dati.tipologia,
    riservatezza: dati.riservatezza,
    note: dati.note,
    collegamenti: [...(row.rispostaA === null ? [] : [{ registrazioneId: row.rispostaA, tipo: 'risposta' }]), ...links],
    allegati: dati.allegati,
    perConoscenza: dati.perConoscenza,
    ...optional('documento', documento),
  }
  if (row.tipo === 'E') {
    return {
      ...common,
      mittenti: dati.mittenti.map(toSoggetto),
      ...optional('dataArrivo', dati.dataArrivo),
      ...(dati.protocolloMittente === undefined || dati.protocolloMittente.numero.trim() === ''
        ? {}
        : { protocolloMittente: { numero: dati.protocolloMittente.numero, ...optional('data', dati.protocolloMittente.data) } }),
      ...optional('assegnazione', dati.assegnazione),
      ...optional('descrizioneCartaceo', dati.descrizioneCartaceo),
      ...(documento === undefined && dati.scansioneAttesa ? { scansioneAttesa: true } : {}),
      ...optional('differimento', dati.differimento),
    }
  }
  if (row.tipo === 'U') return { ...common, ...optional('ufficioMittenteId', row.ufficioId), destinatari: dati.destinatari.map(toSoggetto) }
  return { ...common, ...optional('ufficioMittenteId', row.ufficioId), ...optional('assegnazione', dati.assegnazione) }
}

/** The ids of contents that a draft's data name. */
export function contenutiOf(dati: DatiBozza): string[] {
  return [...(dati.documento === null ? [] : [dati.documento.contenutoId]), ...dati.allegati.map((file) => file.contenutoId)]
}

/** A file name from the subject: short, without what file systems refuse. */
export function nomeFile(oggetto: string, estensione: string): string {
  const base = oggetto
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 60)
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .toLowerCase()
  return `${base === '' ? 'documento' : base}${estensione}`
}

/** How a signed file is called: the name it came with when it tells its kind, else that of the document. */
export function nomeFirmato(caricato: string, documento: string | undefined): string {
  return extname(caricato) === '' && documento !== undefined ? documento : caricato
}
