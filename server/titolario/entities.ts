import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/**
 * A version of the titolario, adopted with an act and valid from a date (REQ-TIT-003). `stato` is BOZZA until the adoption and ATTIVO after it; whether an
 * adopted version is in force, awaited or STORICO follows from `dal` and `al` (excluded) at the day that is asked: no job has to run at midnight.
 */
export const TitolarioVersione = defineEntity({
  name: 'TitolarioVersione',
  ...tenantTable('titolario_versione', 'true'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    numero: p.integer(),
    denominazione: p.text(),
    stato: p.text(),
    atto: p.text(),
    adottataIl: day().nullable(),
    uri: p.text().nullable(),
    dal: day(),
    al: day().nullable(),
    /** How many levels the plan has, up to five (REQ-TIT-001). */
    livelli: p.integer(),
    /** Version the draft was made from. */
    baseId: ref().nullable(),
    origine: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creataIl: instant(),
    note: p.text(),
  },
  uniques: [{ name: 'titolario_versione_numero', properties: ['enteId', 'aooId', 'numero'] }],
  indexes: [{ name: 'titolario_versione_aoo', properties: ['enteId', 'aooId', 'stato'] }],
})

/** A voice of the tree: titolo, classe or sottoclasse. Closed, never deleted (REQ-TIT-005); what it carries besides its name is REQ-TIT-009. */
export const VoceTitolario = defineEntity({
  name: 'VoceTitolario',
  ...tenantTable('voce_titolario', 'true'),
  properties: {
    ...tenantKeys,
    versioneId: ref(),
    codice: p.text(),
    etichetta: p.text(),
    livello: p.integer(),
    ordine: p.integer(),
    denominazione: p.text(),
    padreId: ref().nullable(),
    paroleChiave: p.text(),
    /** The general rule of the piano di conservazione for this voice, own or inherited: years, 9999 for ever, null DA DEFINIRE. */
    conservazioneAnni: p.integer().nullable(),
    ufficioPredefinitoId: ref().nullable(),
    chiusaDal: day().nullable(),
    descrizione: p.text(),
    noteUso: p.text(),
    esempi: p.json<string[]>(),
    /** Types of fascicolo that may be opened here; empty for all. */
    tipiFascicolo: p.json<string[]>(),
    /** Whether a fascicolo of this class wants the sottoclasse. */
    sottoclasseObbligatoria: p.boolean(),
    accessoPredefinito: p.text().nullable(),
  },
  uniques: [{ name: 'voce_titolario_codice', properties: ['enteId', 'versioneId', 'codice'] }],
})

/** Where a voice of a version comes from; without a voice, what was suppressed (REQ-TIT-005). */
export const VocePredecessore = defineEntity({
  name: 'VocePredecessore',
  ...tenantTable('voce_predecessore'),
  properties: {
    ...tenantKeys,
    versioneId: ref(),
    voceId: ref().nullable(),
    predecessoreId: ref(),
    tipo: p.text(),
  },
  uniques: [{ name: 'voce_predecessore_coppia', properties: ['enteId', 'versioneId', 'voceId', 'predecessoreId'] }],
  indexes: [{ name: 'voce_predecessore_da', properties: ['enteId', 'predecessoreId'] }],
})

/** Words this ente uses for the same thing: the lookup takes one for the others. */
export const VoceSinonimo = defineEntity({
  name: 'VoceSinonimo',
  ...tenantTable('voce_sinonimo'),
  properties: {
    ...tenantKeys,
    parole: p.json<string[]>(),
    creatoIl: instant(),
    autoreNome: p.text(),
    toltoIl: instant().nullable(),
  },
})

/** One rule of the piano di conservazione: for a voice, for a documentary type or a type of fascicolo when it says so (REQ-FASC-050). */
export const RegolaConservazione = defineEntity({
  name: 'RegolaConservazione',
  ...tenantTable('regola_conservazione'),
  properties: {
    ...tenantKeys,
    voceId: ref(),
    tipologia: p.text().nullable(),
    tipoFascicolo: p.text().nullable(),
    anni: p.integer().nullable(),
    condizione: p.text().nullable(),
    decorrenza: p.text(),
    sfoltimento: p.boolean(),
    atto: p.text(),
    approvataIl: day(),
    creataIl: instant(),
    autoreNome: p.text(),
    revocataIl: instant().nullable(),
    revocataDa: p.text().nullable(),
  },
  indexes: [{ name: 'regola_conservazione_voce', properties: ['enteId', 'voceId'] }],
})

/** A review of the titolario with its outcome and the figures it was decided on (REQ-TIT-008). */
export const RevisioneTitolario = defineEntity({
  name: 'RevisioneTitolario',
  ...tenantTable('revisione_titolario'),
  properties: {
    ...tenantKeys,
    versioneId: ref(),
    giorno: day(),
    esito: p.text(),
    note: p.text(),
    statistiche: p.json<Record<string, unknown>>(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creataIl: instant(),
  },
  indexes: [{ name: 'revisione_titolario_versione', properties: ['enteId', 'versioneId', 'creataIl'] }],
})

export const titolarioEntities = [TitolarioVersione, VoceTitolario, VocePredecessore, VoceSinonimo, RegolaConservazione, RevisioneTitolario]
