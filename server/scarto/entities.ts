import type { EntitySchema } from '@mikro-orm/core'
import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A disposal from the proposal to the notice of its outcome: each fact is written once (REQ-FASC-052). */
const ProceduraScarto = defineEntity({
  name: 'ProceduraScarto',
  ...tenantTable('procedura_scarto'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    anno: p.integer(),
    numero: p.integer(),
    /** The day on which terms are looked at: what expires later is not proposed. */
    scadutiAl: day(),
    note: p.text(),
    /** in_corso, pronta, fallita */
    composizione: p.text(),
    /** Fascicoli looked at so far, and how many there are. */
    esaminati: p.integer(),
    daEsaminare: p.integer(),
    creataIl: instant(),
    propostaDa: p.text(),
    propostaDaNome: p.text(),
    verificataIl: instant().nullable(),
    verificataDaNome: p.text().nullable(),
    /** The internal act. */
    provvedimento: p.text().nullable(),
    provvedimentoDel: day().nullable(),
    motivazione: p.text().nullable(),
    richiestaId: ref().nullable(),
    richiestaInternoId: ref().nullable(),
    richiestaIl: instant().nullable(),
    ordinataDa: p.text().nullable(),
    ordinataDaNome: p.text().nullable(),
    ordinataIl: instant().nullable(),
    /** The conservatore's report of destruction. */
    verbale: p.text().nullable(),
    verbaleDel: day().nullable(),
    comunicazioneId: ref().nullable(),
    comunicazioneInternoId: ref().nullable(),
    comunicataIl: instant().nullable(),
  },
  uniques: [{ name: 'procedura_scarto_numero', properties: ['enteId', 'aooId', 'anno', 'numero'] }],
})

/** An item: a whole fascicolo with everything below it, why it is proposed and what it is made of (REQ-CONS-211). */
const VoceScarto = defineEntity({
  name: 'VoceScarto',
  ...tenantTable('voce_scarto'),
  properties: {
    ...tenantKeys,
    proceduraId: ref(),
    fascicoloId: ref(),
    stato: p.text(),
    statoDal: instant(),
    /** Why it is in its state, where the state says less than that. */
    motivo: p.text().nullable(),
    /** The state a hold stopped it in. */
    sospesaDa: p.text().nullable(),
    /** Not proposed again before this day (REQ-CONS-212). */
    nonPrimaDel: day().nullable(),
    /** The rule of the plan it follows from, in words. */
    regola: p.text(),
    anni: p.integer(),
    /** 1 January from which the years run, and the first day after them. */
    decorrenza: day(),
    scadenza: day(),
    estremoDal: day(),
    estremoAl: day(),
    fascicoli: p.integer(),
    documenti: p.integer(),
    file: p.integer(),
    byte: p.bigint('number'),
    cartacei: p.integer(),
    /** Documents that stay because their own time is longer (internal selection). */
    trattenuti: p.integer(),
    tipologie: p.json<string[]>(),
    riservata: p.boolean(),
    /** In preservation: the conservatore destroys it too. */
    versata: p.boolean(),
    autorizzazioneId: ref().nullable(),
    autorizzazioneInternoId: ref().nullable(),
    distruttaIl: instant().nullable(),
  },
  indexes: [
    { name: 'voce_scarto_procedura', properties: ['enteId', 'proceduraId', 'stato'] },
    { name: 'voce_scarto_fascicolo', properties: ['enteId', 'fascicoloId'] },
  ],
})

/** A document of an item, as it was proposed: the authorisation covers these and no others. */
const DocumentoVoceScarto = defineEntity({
  name: 'DocumentoVoceScarto',
  ...tenantTable('documento_voce_scarto'),
  properties: {
    enteId: p.uuid().primary(),
    voceId: p.uuid().primary(),
    documentoId: p.uuid().primary(),
  },
  indexes: [{ name: 'documento_voce_scarto_documento', properties: ['enteId', 'documentoId'] }],
})

/** A step of an item: who, when, from where to where. Never changed. */
const PassoScarto = defineEntity({
  name: 'PassoScarto',
  ...tenantTable('passo_scarto'),
  properties: {
    ...tenantKeys,
    voceId: ref(),
    da: p.text().nullable(),
    a: p.text(),
    motivo: p.text().nullable(),
    istante: instant(),
    autoreNome: p.text(),
  },
  indexes: [{ name: 'passo_scarto_voce', properties: ['enteId', 'voceId', 'istante'] }],
})

/** What an authority answered (D.lgs. 42/2004 art. 21): which items it covers is written on each of them. */
const AutorizzazioneScarto = defineEntity({
  name: 'AutorizzazioneScarto',
  ...tenantTable('autorizzazione_scarto'),
  properties: {
    ...tenantKeys,
    proceduraId: ref(),
    /** soprintendenza, interno */
    autorita: p.text(),
    /** totale, parziale, negata */
    esito: p.text(),
    /** Protocol and date of the authority. */
    protocollo: p.text(),
    del: day(),
    /** Its registration in entrata. */
    registrazioneId: ref(),
    note: p.text(),
    registrataIl: instant(),
    registrataDaNome: p.text(),
  },
  uniques: [{ name: 'autorizzazione_scarto_unica', properties: ['enteId', 'proceduraId', 'autorita'] }],
})

/** A hold: while it is in force its fascicolo is not disposed of (REQ-FASC-054). */
const VincoloScarto = defineEntity({
  name: 'VincoloScarto',
  ...tenantTable('vincolo_scarto'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    /** contenzioso, verifica, accesso, sequestro */
    tipo: p.text(),
    motivo: p.text(),
    atto: p.text(),
    dal: day(),
    /** Last day, when it is known. */
    al: day().nullable(),
    creatoIl: instant(),
    autoreNome: p.text(),
    chiusoIl: instant().nullable(),
    chiusoDaNome: p.text().nullable(),
    motivoChiusura: p.text().nullable(),
  },
  indexes: [{ name: 'vincolo_scarto_fascicolo', properties: ['enteId', 'fascicoloId'] }],
})

/** Days after which the last backup made before a destruction has expired. */
const ImpostazioniScarto = defineEntity({
  name: 'ImpostazioniScarto',
  ...tenantTable('impostazioni_scarto'),
  properties: {
    enteId: p.uuid().primary(),
    giorniCopie: p.integer(),
    aggiornateIl: instant(),
    autoreNome: p.text(),
  },
})

export const scartoEntities: readonly EntitySchema[] = [
  ProceduraScarto,
  VoceScarto,
  DocumentoVoceScarto,
  PassoScarto,
  AutorizzazioneScarto,
  VincoloScarto,
  ImpostazioniScarto,
] as unknown as EntitySchema[]
