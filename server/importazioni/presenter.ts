import { formatEtichetta } from '../protocollo/index.ts'
import type { FileStoricoRow, ImportazioneRow, RegistroStoricoRow, StoricaRow } from './repository.ts'
import type { ImportazioneDto, RegistrazioneStoricaDto, RegistroStoricoDto, RigaStoricaDto } from './schema.ts'

export function presentImportazione(row: ImportazioneRow): ImportazioneDto {
  return {
    id: row.id,
    stato: row.stato,
    codice: row.codice,
    anno: row.anno,
    denominazione: row.denominazione,
    provenienza: row.provenienza,
    tabella: row.tabella,
    archivio: row.archivio,
    rapporto: row.rapporto === null ? null : (row.rapporto as unknown as NonNullable<ImportazioneDto['rapporto']>),
    accettazione: row.accettazione,
    fatte: row.fatte,
    errore: row.errore,
    autore: row.attore.nome,
    creataIl: row.creataIl.toISOString(),
    conclusaIl: row.conclusaIl?.toISOString() ?? null,
    registroStoricoId: row.registroStoricoId,
  }
}

export function presentRegistroStorico(row: RegistroStoricoRow): RegistroStoricoDto {
  return { ...row, importatoIl: row.importatoIl.toISOString() }
}

/** A registration of the past in lists; what may not be read leaves the server without its words (REQ-PROT-061). */
export function presentRigaStorica(row: StoricaRow): RigaStoricaDto {
  const { leggibile } = row
  return {
    id: row.id,
    registro: row.registro,
    anno: row.anno,
    numero: row.numero,
    etichetta: formatEtichetta(row.numero, row.anno),
    giorno: row.giorno,
    tipo: row.tipo,
    corrispondente: leggibile ? (row.tipo === 'E' ? row.mittenti : row.destinatari) : '',
    oggetto: leggibile ? row.oggetto : 'RISERVATO',
    annullata: row.annullata,
    riservata: row.riservata,
    leggibile,
    file: leggibile ? row.file : 0,
  }
}

export function presentStorica(row: StoricaRow, files: readonly FileStoricoRow[]): RegistrazioneStoricaDto {
  const { leggibile } = row
  const said = (value: string): string => (leggibile ? value : '')
  return {
    ...presentRigaStorica(row),
    denominazioneRegistro: row.denominazioneRegistro,
    provenienza: row.provenienza,
    ora: row.ora,
    mittenti: said(row.mittenti),
    destinatari: said(row.destinatari),
    protocolloMittente: leggibile ? row.protocolloMittente : null,
    classificazione: said(row.classificazione),
    fascicolo: said(row.fascicolo),
    ufficio: said(row.ufficio),
    annullamento: row.annullata ? row.annullamento : said(row.annullamento),
    note: said(row.note),
    files: leggibile ? files.map((file) => ({ ...file })) : [],
  }
}
