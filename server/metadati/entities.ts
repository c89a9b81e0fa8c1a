import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** The last judgement of the metadata of a document or a fascicolo: derived from live rows, written again whenever they change. `id` is theirs. */
export const MetadatiValutazione = defineEntity({
  name: 'MetadatiValutazione',
  ...tenantTable('metadati_valutazione'),
  properties: {
    ...tenantKeys,
    /** documento, fascicolo */
    tipo: p.text(),
    /** DI, DAI, AGG */
    profilo: p.text(),
    punteggio: p.integer(),
    completo: p.boolean(),
    errori: p.integer(),
    avvisi: p.integer(),
    /** Ids of the rules with an error or a warning. */
    regole: p.json<string[]>(),
    esiti: p.json(),
    /** The office where the repair is done. */
    ufficioId: ref().nullable(),
    valutatoIl: instant(),
  },
  indexes: [{ name: 'metadati_valutazione_elenco', properties: ['enteId', 'completo', 'punteggio'] }],
})

/** Up to which instant of the trail the judgements follow what happened, and whether the past was judged whole. */
export const MetadatiCursore = defineEntity({
  name: 'MetadatiCursore',
  ...tenantTable('metadati_cursore'),
  properties: {
    enteId: p.uuid().primary(),
    finoAl: instant(),
    passatoValutato: p.boolean(),
  },
})

/** What a body chose for the preservation service it uses: set of schemas, permanent retention, gravity of the rules that may have another. */
export const MetadatiServizio = defineEntity({
  name: 'MetadatiServizio',
  ...tenantTable('metadati_servizio'),
  properties: {
    enteId: p.uuid().primary(),
    denominazione: p.text(),
    /** 9999, 4999 */
    schemi: p.text(),
    /** Number that stands for permanent retention; null leaves the element out. */
    permanente: p.integer().nullable(),
    soloFascicoli: p.boolean(),
    letterali: p.json<Record<string, string>>(),
    gravita: p.json<Record<string, string>>(),
    aggiornatoIl: instant(),
    autoreNome: p.text(),
  },
})

/** A metadata file written by another system, kept as evidence beside what it speaks of: never changed. */
export const MetadatiImportati = defineEntity({
  name: 'MetadatiImportati',
  ...tenantTable('metadati_importati'),
  properties: {
    ...tenantKeys,
    profilo: p.text(),
    identificativo: p.text(),
    oggetto: p.text(),
    /** Number or code by which people know it: segnatura, register and number, code of the aggregation. */
    riferimento: p.text(),
    riservato: p.boolean(),
    provenienza: p.text(),
    nomeFile: p.text(),
    contenutoId: ref(),
    sha256: p.text(),
    /** What was read, in the model of the library. */
    modello: p.json(),
    /** The report of the dry run as it was accepted: leniencies, faults of the schema, findings of the rules. */
    rapporto: p.json(),
    accettazione: p.text(),
    documentoId: ref().nullable(),
    fascicoloId: ref().nullable(),
    registrazioneStoricaId: ref().nullable(),
    importatoDa: p.text(),
    importatoDaNome: p.text(),
    importatoIl: instant(),
  },
  uniques: [{ name: 'metadati_importati_file', properties: ['enteId', 'sha256'] }],
  indexes: [{ name: 'metadati_importati_identificativo', properties: ['enteId', 'identificativo'] }],
})

export const metadatiEntities = [MetadatiValutazione, MetadatiCursore, MetadatiServizio, MetadatiImportati]
