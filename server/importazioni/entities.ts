import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A mass registration: rows checked together, then registered one by one, each with its own number (REQ-PROT-015). */
export const Serie = defineEntity({
  name: 'Serie',
  ...tenantTable('serie'),
  properties: {
    ...tenantKeys,
    nome: p.text(),
    stato: p.text(),
    totale: p.integer(),
    fatte: p.integer(),
    rifiutate: p.integer(),
    /** In whose name the numbers are given, as he was when he confirmed. */
    attore: p.json(),
    creataIl: instant(),
    conclusaIl: instant().nullable(),
  },
  indexes: [{ name: 'serie_creata', properties: ['enteId', 'creataIl'] }],
})

export const SerieRiga = defineEntity({
  name: 'SerieRiga',
  ...tenantTable('serie_riga'),
  properties: {
    ...tenantKeys,
    serieId: ref(),
    posizione: p.integer(),
    /** The row's own key: the same one never gives two numbers in the ente. */
    chiave: p.text(),
    dati: p.json(),
    esito: p.text().nullable(),
    errori: p.json(),
    registrazioneId: ref().nullable(),
  },
  uniques: [
    { name: 'serie_riga_posizione', properties: ['enteId', 'serieId', 'posizione'] },
    { name: 'serie_riga_chiave', properties: ['enteId', 'serieId', 'chiave'] },
  ],
})

/** A year of a register kept by another system, brought here as it was: closed, read-only, outside the live numbering. */
export const RegistroStorico = defineEntity({
  name: 'RegistroStorico',
  ...tenantTable('registro_storico'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    anno: p.integer(),
    denominazione: p.text(),
    provenienza: p.text(),
    improntaFile: p.text(),
    improntaArchivio: p.text().nullable(),
    righe: p.integer(),
    primo: p.integer(),
    ultimo: p.integer(),
    /** The reconciliation accepted at the import. */
    rapporto: p.json(),
    accettazione: p.text(),
    importatoDa: p.text(),
    importatoIl: instant(),
  },
  uniques: [{ name: 'registro_storico_anno', properties: ['enteId', 'aooId', 'codice', 'anno'] }],
})

/** A registration of the past with its original number: never updated, never deleted. */
export const RegistrazioneStorica = defineEntity({
  name: 'RegistrazioneStorica',
  ...tenantTable('registrazione_storica'),
  properties: {
    ...tenantKeys,
    registroStoricoId: ref(),
    anno: p.integer(),
    numero: p.integer(),
    giorno: day(),
    ora: p.text().nullable(),
    tipo: p.text(),
    oggetto: p.text(),
    mittenti: p.text(),
    destinatari: p.text(),
    protocolloMittente: p.text().nullable(),
    classificazione: p.text(),
    fascicolo: p.text(),
    ufficio: p.text(),
    /** The office of today that may read it, when the code of the file is one of ours. */
    ufficioId: ref().nullable(),
    riservata: p.boolean(),
    annullata: p.boolean(),
    annullamento: p.text(),
    note: p.text(),
  },
  uniques: [{ name: 'registrazione_storica_numero', properties: ['enteId', 'registroStoricoId', 'numero'] }],
  indexes: [{ name: 'registrazione_storica_giorno', properties: ['enteId', 'giorno'] }],
})

/** A file of a registration of the past. */
export const FileStorico = defineEntity({
  name: 'FileStorico',
  ...tenantTable('file_storico'),
  properties: {
    ...tenantKeys,
    registrazioneStoricaId: ref(),
    posizione: p.integer(),
    nome: p.text(),
    contenutoId: ref(),
    /** The digest the old system declared; null when it declared none. */
    improntaDichiarata: p.text().nullable(),
  },
  uniques: [{ name: 'file_storico_posizione', properties: ['enteId', 'registrazioneStoricaId', 'posizione'] }],
})

/** One attempt to bring a register here: its dry run, its confirmation, how far it is. */
export const Importazione = defineEntity({
  name: 'Importazione',
  ...tenantTable('importazione'),
  properties: {
    ...tenantKeys,
    stato: p.text(),
    codice: p.text(),
    anno: p.integer(),
    denominazione: p.text(),
    provenienza: p.text(),
    righeContenutoId: ref(),
    archivioContenutoId: ref().nullable(),
    rapporto: p.json(),
    accettazione: p.text(),
    fatte: p.integer(),
    errore: p.text().nullable(),
    attore: p.json(),
    creataIl: instant(),
    conclusaIl: instant().nullable(),
    registroStoricoId: ref().nullable(),
  },
  indexes: [{ name: 'importazione_creata', properties: ['enteId', 'creataIl'] }],
})

export const importazioniEntities = [Serie, SerieRiga, RegistroStorico, RegistrazioneStorica, FileStorico, Importazione]
