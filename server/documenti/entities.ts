import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A content: bytes kept once per ente under their SHA-256. */
export const Contenuto = defineEntity({
  name: 'Contenuto',
  ...tenantTable('contenuto', 'exists (select 1 from documento_file df where df.contenuto_id = contenuto.id)'),
  properties: {
    ...tenantKeys,
    sha256: p.text(),
    dimensione: p.bigint('number'),
    mime: p.text(),
    formato: p.json(),
    nome: p.text(),
    caricatoDa: p.text(),
    caricatoIl: instant(),
  },
  indexes: [{ name: 'contenuto_sha256', properties: ['enteId', 'sha256'] }],
})

/** The document: what is registered, classified, filed, preserved. Its oggetto is frozen with the registration that carries it. */
export const Documento = defineEntity({
  name: 'Documento',
  ...tenantTable('documento', 'exists (select 1 from fascicolo_documento fd where fd.documento_id = documento.id)'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    oggetto: p.text(),
    tipologia: p.text(),
    /** Allegato 5 letter a-d of the formation mode. */
    modalitaFormazione: p.text(),
    /** How it entered: messaggio, file, scansione. */
    formazione: p.text(),
    riservatezza: p.text(),
    dataDocumento: day().nullable(),
    versione: p.integer(),
    voceId: ref(),
    creatoIl: instant(),
  },
})

/** A file of a document with its place in it. Never updated: a rendition or a later piece is a new row. */
export const DocumentoFile = defineEntity({
  name: 'DocumentoFile',
  ...tenantTable(
    'documento_file',
    "ruolo in ('principale', 'allegato') and exists (select 1 from documento d where d.id = documento_file.documento_id)",
  ),
  properties: {
    ...tenantKeys,
    documentoId: ref(),
    contenutoId: ref(),
    ruolo: p.text(),
    posizione: p.integer(),
    nome: p.text(),
    descrizione: p.text(),
  },
  uniques: [{ name: 'documento_file_posto', properties: ['enteId', 'documentoId', 'ruolo', 'posizione'] }],
  indexes: [{ name: 'documento_file_contenuto', properties: ['enteId', 'contenutoId'] }],
})

/** A document destroyed by an authorised disposal: its identity, digests and registration stay, its bytes do not (REQ-FASC-053). Written once. */
export const DocumentoScartato = defineEntity({
  name: 'DocumentoScartato',
  ...tenantTable('documento_scartato'),
  properties: {
    enteId: p.uuid().primary(),
    documentoId: p.uuid().primary(),
    /** The item of the disposal that covered it. */
    voceId: ref(),
    scartatoIl: instant(),
    /** The authorisation as it is read by a person: who gave it, protocol and date. */
    riferimento: p.text(),
  },
})

/** A digest whose bytes an authorised disposal removes: `in_corso` before the first removal, then `distrutta`, or `trattenuta` where something living has the same bytes. */
export const ImprontaScartata = defineEntity({
  name: 'ImprontaScartata',
  ...tenantTable('impronta_scartata'),
  properties: {
    enteId: p.uuid().primary(),
    sha256: p.text().primary(),
    voceId: ref(),
    dimensione: p.bigint('number'),
    esito: p.text(),
    riferimento: p.text(),
    aggiornataIl: instant(),
  },
  indexes: [{ name: 'impronta_scartata_voce', properties: ['enteId', 'voceId'] }],
})

export const documentiEntities = [Contenuto, Documento, DocumentoFile, DocumentoScartato, ImprontaScartata]
