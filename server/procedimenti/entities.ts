import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** A procedure of the catalogue: what stays the same while its model changes (L. 241/1990 art. 2, d.lgs. 33/2013 art. 35). */
export const Procedimento = defineEntity({
  name: 'Procedimento',
  ...tenantTable('procedimento'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    /** False: no new practice is opened, those in course go on. */
    attivo: p.boolean(),
    creatoIl: instant(),
  },
  uniques: [{ name: 'procedimento_codice', properties: ['enteId', 'aooId', 'codice'] }],
})

/** One version of the model of a procedure, never changed once written: practices in course keep the one they were opened with. */
export const ProcedimentoVersione = defineEntity({
  name: 'ProcedimentoVersione',
  ...tenantTable('procedimento_versione'),
  properties: {
    ...tenantKeys,
    procedimentoId: ref(),
    numero: p.integer(),
    denominazione: p.text(),
    materia: p.text(),
    iniziativa: p.text(),
    /** Voice of the plan by code: it is looked up in the version in force when a practice is opened. */
    codiceVoce: p.text(),
    ufficioId: ref().nullable(),
    responsabileId: ref().nullable(),
    /** Null: the term is still to be set, and the ordinary one of the law is applied. */
    termineGiorni: p.integer().nullable(),
    termineUnita: p.text(),
    silenzio: p.text(),
    /** What the art. 35 sheet says beside the columns above. */
    scheda: p.json(),
    /** Steps in their order. */
    passi: p.json(),
    /** How the fascicolo is filled. */
    fascicolo: p.json(),
    motivo: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creataIl: instant(),
  },
  uniques: [{ name: 'procedimento_versione_numero', properties: ['enteId', 'procedimentoId', 'numero'] }],
})

/** How an AOO counts terms: what the law leaves to practice, and days of notice before a term. */
export const RegoleTermini = defineEntity({
  name: 'RegoleTermini',
  ...tenantTable('regole_termini'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    regole: p.json(),
  },
})

export const procedimentiEntities = [Procedimento, ProcedimentoVersione, RegoleTermini]
