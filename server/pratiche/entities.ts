import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** The run of a procedure in its fascicolo. The term is what the events below say; it is kept here to be searched. */
export const Pratica = defineEntity({
  name: 'Pratica',
  ...tenantTable('pratica'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    procedimentoId: ref(),
    versioneId: ref(),
    /** The request that started it; none when it was started d'ufficio. */
    registrazioneId: ref().nullable(),
    /** Day the term runs from: arrival of the request, never its registration (L. 241/1990 art. 2 c. 6, art. 18-bis). */
    avvio: day(),
    /** Last day of the term before any event: what the measured time is compared with. */
    termineIniziale: day(),
    /** Null while an interruption has not ended. */
    termine: day().nullable(),
    /** First day of the silence that has a meaning, when it has one. */
    silenzioIl: day().nullable(),
    /** Last suspension: from when, and until when at most; without an end it lasts until what is awaited arrives. */
    sospesaDal: day().nullable(),
    sospesaFino: day().nullable(),
    /** The fascicolo was suspended by the procedure itself, not by a person. */
    fascicoloSospeso: p.boolean(),
    conclusaIl: day().nullable(),
    esito: p.text().nullable(),
    motivoEsito: p.text().nullable(),
    provvedimentoId: ref().nullable(),
    /** Days from start to conclusion, and how many of them were suspended. */
    giorni: p.integer().nullable(),
    giorniSospesi: p.integer().nullable(),
    neiTermini: p.boolean().nullable(),
    creataIl: instant(),
  },
  uniques: [{ name: 'pratica_fascicolo', properties: ['enteId', 'fascicoloId'] }],
  indexes: [
    { name: 'pratica_termine', properties: ['enteId', 'termine'] },
    { name: 'pratica_procedimento', properties: ['enteId', 'procedimentoId', 'conclusaIl'] },
  ],
})

/** What was done of a step: the last row of a step says how it stands, the others stay. */
export const PraticaPasso = defineEntity({
  name: 'PraticaPasso',
  ...tenantTable('pratica_passo'),
  properties: {
    ...tenantKeys,
    praticaId: ref(),
    passo: p.text(),
    esito: p.text(),
    motivo: p.text(),
    giorno: day(),
    documentoId: ref().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
    istante: instant(),
  },
  indexes: [{ name: 'pratica_passo_pratica', properties: ['enteId', 'praticaId', 'istante'] }],
})

/** An event that moves the term; one that ends another names it. Never changed: a mistake is annulled by a later row. */
export const PraticaEvento = defineEntity({
  name: 'PraticaEvento',
  ...tenantTable('pratica_evento'),
  properties: {
    ...tenantKeys,
    praticaId: ref(),
    tipo: p.text(),
    /** The event this one ends, or annuls. */
    riferitoId: ref().nullable(),
    giorno: day(),
    giorni: p.integer().nullable(),
    motivo: p.text(),
    documentoId: ref().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
    istante: instant(),
  },
  indexes: [{ name: 'pratica_evento_pratica', properties: ['enteId', 'praticaId', 'istante'] }],
})

/** A notice given once for each term and threshold: before it, on its day, past it. */
export const PraticaAvviso = defineEntity({
  name: 'PraticaAvviso',
  ...tenantTable('pratica_avviso'),
  properties: {
    ...tenantKeys,
    praticaId: ref(),
    tipo: p.text(),
    termine: day(),
    creatoIl: instant(),
  },
  uniques: [{ name: 'pratica_avviso_unico', properties: ['enteId', 'praticaId', 'tipo', 'termine'] }],
})

export const praticheEntities = [Pratica, PraticaPasso, PraticaEvento, PraticaAvviso]
