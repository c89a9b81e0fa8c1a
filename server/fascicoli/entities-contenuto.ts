import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A paper document kept by reference, with the place where it is (REQ-FASC-014). One taken out keeps its row. */
export const DocumentoCartaceo = defineEntity({
  name: 'DocumentoCartaceo',
  ...tenantTable('documento_cartaceo'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    oggetto: p.text(),
    tipologia: p.text(),
    dataDocumento: day().nullable(),
    /** How much it is, in the archivist's words: 12 sheets, 3 drawings. */
    consistenza: p.text(),
    posizioneFisica: p.text(),
    area: p.text(),
    /** The certified copy of it, when the fascicolo holds one. */
    copiaDocumentoId: ref().nullable(),
    inseritoIl: instant(),
    inseritoDa: p.text(),
    toltoIl: instant().nullable(),
    toltoDa: p.text().nullable(),
    motivoRimozione: p.text().nullable(),
  },
  indexes: [{ name: 'documento_cartaceo_fascicolo', properties: ['enteId', 'fascicoloId'] }],
})

/** A link between two fascicoli, also of different series (REQ-FASC-018). `presupposto`: the other is what this one rests on. */
export const FascicoloCollegamento = defineEntity({
  name: 'FascicoloCollegamento',
  ...tenantTable('fascicolo_collegamento'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    altroId: ref(),
    tipo: p.text(),
    motivo: p.text(),
    creatoIl: instant(),
    creatoDa: p.text(),
    toltoIl: instant().nullable(),
    toltoDa: p.text().nullable(),
    motivoRimozione: p.text().nullable(),
  },
  indexes: [
    { name: 'fascicolo_collegamento_fascicolo', properties: ['enteId', 'fascicoloId'] },
    { name: 'fascicolo_collegamento_altro', properties: ['enteId', 'altroId'] },
  ],
})

/** Who is let into the reserved area beside the office in charge: an office or a person, named by who decides (CAD 41 c. 2-quater). */
export const FascicoloAmmesso = defineEntity({
  name: 'FascicoloAmmesso',
  ...tenantTable('fascicolo_ammesso'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    ufficioId: ref().nullable(),
    operatoreId: ref().nullable(),
    motivo: p.text(),
    dal: instant(),
    autoreNome: p.text(),
    al: instant().nullable(),
    chiusoDa: p.text().nullable(),
  },
  indexes: [{ name: 'fascicolo_ammesso_fascicolo', properties: ['enteId', 'fascicoloId'] }],
})

/** A series: documents of one type within a solar year, or fascicoli of one class or type (REQ-FASC-031). Its members follow from these criteria. */
export const SerieArchivistica = defineEntity({
  name: 'SerieArchivistica',
  ...tenantTable('serie_archivistica'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    /** documentale, fascicoli */
    tipo: p.text(),
    denominazione: p.text(),
    anno: p.integer(),
    tipologia: p.text().nullable(),
    tipoFascicolo: p.text().nullable(),
    voceId: ref().nullable(),
    creataIl: instant(),
    creataDa: p.text(),
    /** Closed: how many members it had and the SHA-256 of their list. */
    chiusaIl: instant().nullable(),
    membri: p.integer().nullable(),
    impronta: p.text().nullable(),
    /** Years, 9999 for ever; null while the plan does not say. */
    conservazioneAnni: p.integer().nullable(),
    /** The list it passed to the deposit archive with, and where its paper is. */
    elencoId: ref().nullable(),
    posizioneFisica: p.text().nullable(),
  },
  indexes: [{ name: 'serie_archivistica_anno', properties: ['enteId', 'aooId', 'anno'] }],
})

/** A member of a closed series, in its place: frozen with the closing (REQ-FASC-031). */
export const SerieMembro = defineEntity({
  name: 'SerieMembro',
  ...tenantTable('serie_membro'),
  properties: {
    ...tenantKeys,
    serieId: ref(),
    posizione: p.integer(),
    documentoId: ref().nullable(),
    fascicoloId: ref().nullable(),
    giorno: day(),
    riferimento: p.text(),
  },
  uniques: [{ name: 'serie_membro_posizione', properties: ['enteId', 'serieId', 'posizione'] }],
})

export const contenutoEntities = [DocumentoCartaceo, FascicoloCollegamento, FascicoloAmmesso, SerieArchivistica, SerieMembro]
