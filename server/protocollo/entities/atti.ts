import { defineEntity, p } from '@mikro-orm/core'
import type { EntitySchema } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../../kernel/db/base.ts'
import { day, instant, ref } from '../../kernel/db/columns.ts'

/** What the citizen's role may meet of the acts on a registration he sees: the mark of annulment and the oggetto in force, never names or reasons. */
const DECIDED = "esito = 'AUTORIZZATO' and exists (select 1 from registrazione r where r.id = decisione_atto.registrazione_id)"
const CORRECTED =
  "campo = 'oggetto' and exists (select 1 from decisione_atto d where d.id = rettifica.id and d.registrazione_id = rettifica.registrazione_id)"

/** Order of every list of the register. */
const ORDINE = ['istante', 'numero', 'registrazioneId'] as const

/**
 * Who reaches which registration and why: `chi` is an office or a person, `causa` the reason. Kept by the database's triggers on registrazione,
 * assegnazione, fascicolo_documento, fascicolo_assegnazione, fascicolo, lettore and accesso_autorita, so that no act can forget it. Newest-first lists
 * of a person read its index once for each of his offices. It says who is reached, not who reads: a riservato is judged besides (`readableCondition`).
 * Direction, voice and level of the registration stand here too, kept in step by triggers of their own: lists filter and judge without leaving the index.
 */
export const Accesso = defineEntity({
  name: 'Accesso',
  ...tenantTable('accesso'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    chi: p.uuid().primary(),
    causa: p.text().primary(),
    istante: instant(),
    numero: p.integer(),
    /** Last day of an access given for a time (authorities); null for the others. */
    fino: day().nullable(),
    tipo: p.text(),
    voceId: ref(),
    livello: p.text(),
    /** Last day of the level. */
    livelloFino: day().nullable(),
  },
  indexes: [
    { name: 'accesso_chi', properties: ['enteId', 'chi', ...ORDINE, 'causa', 'fino', 'livello', 'livelloFino', 'tipo'] },
    { name: 'accesso_voce', properties: ['enteId', 'chi', 'voceId', ...ORDINE, 'causa', 'fino', 'livello', 'livelloFino', 'tipo'] },
  ],
})

/** The voice each registration stands under today, in the order of lists: what who sees everything reads by class. Kept by triggers on registrazione and documento. */
export const RegistrazioneVoce = defineEntity({
  name: 'RegistrazioneVoce',
  ...tenantTable('registrazione_voce'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    voceId: ref(),
    istante: instant(),
    numero: p.integer(),
    tipo: p.text(),
  },
  indexes: [{ name: 'registrazione_voce_ordine', properties: ['enteId', 'voceId', ...ORDINE, 'tipo'] }],
})

/** History of the level of a registration (REQ-PROT-062, REQ-PROT-063): the row without an end is in force; no row at all means ORDINARIO. */
export const Riserva = defineEntity({
  name: 'Riserva',
  ...tenantTable('riserva'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    livello: p.text(),
    fino: day().nullable(),
    motivo: p.text(),
    autoreId: p.text(),
    autoreNome: p.text(),
    dal: instant(),
    al: instant().nullable(),
  },
  indexes: [{ name: 'riserva_registrazione', properties: ['enteId', 'registrazioneId', 'dal'] }],
})

/** A person named among the readers of a riservato (REQ-PROT-062). */
export const Lettore = defineEntity({
  name: 'Lettore',
  ...tenantTable('lettore'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    operatoreId: ref(),
    dal: instant(),
    al: instant().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
  },
  indexes: [{ name: 'lettore_registrazione', properties: ['enteId', 'registrazioneId'] }],
})

/** The request of total annulment: who, when, why (REQ-PROT-046, REQ-PROT-049). Never changes; what was decided is a row of DecisioneAtto. */
export const Annullamento = defineEntity({
  name: 'Annullamento',
  ...tenantTable('annullamento'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    motivo: p.text(),
    richiestoIl: instant(),
    richiedenteId: p.text(),
    richiedenteNome: p.text(),
  },
  indexes: [{ name: 'annullamento_registrazione', properties: ['enteId', 'registrazioneId'] }],
})

/**
 * The request of annulment of one datum with the value that corrects it (REQ-PROT-045). Values are texts as people read them (days and instants in ISO
 * form); for a mittente or destinatario `dati` keeps the two correspondents whole and `posizione` says which one.
 */
export const Rettifica = defineEntity({
  name: 'Rettifica',
  ...tenantTable('rettifica', CORRECTED),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    campo: p.text(),
    posizione: p.integer(),
    valoreAnnullato: p.text(),
    valoreCorretto: p.text(),
    dati: p.json().nullable(),
    motivo: p.text(),
    richiestoIl: instant(),
    richiedenteId: p.text(),
    richiedenteNome: p.text(),
  },
  indexes: [{ name: 'rettifica_registrazione', properties: ['enteId', 'registrazioneId', 'campo'] }],
})

/** What was decided on a request (its id is the request's): authorised by a provvedimento, or refused with a reason (REQ-PROT-049). Once, for ever. */
export const DecisioneAtto = defineEntity({
  name: 'DecisioneAtto',
  ...tenantTable('decisione_atto', DECIDED),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    /** `annullamento` or `rettifica`. */
    atto: p.text(),
    /** `AUTORIZZATO` or `RIFIUTATO`. */
    esito: p.text(),
    provvedimentoNumero: p.text().nullable(),
    provvedimentoData: day().nullable(),
    motivo: p.text(),
    /** The RGD confirmed that the addressee of a document already sent will be told (REQ-PROT-053). */
    confermaDestinatario: p.boolean(),
    decisoIl: instant(),
    decisoreId: p.text(),
    decisoreNome: p.text(),
  },
  indexes: [
    { name: 'decisione_atto_registrazione', properties: ['enteId', 'registrazioneId', 'atto'] },
    { name: 'decisione_atto_istante', properties: ['enteId', 'decisoIl'] },
  ],
})

/** The request of an authority: on what legal basis, for what, who reads for it and until when. */
export const AccessoAutorita = defineEntity({
  name: 'AccessoAutorita',
  ...tenantTable('accesso_autorita'),
  properties: {
    ...tenantKeys,
    autorita: p.text(),
    baseGiuridica: p.text(),
    riferimento: p.text(),
    oggetto: p.text(),
    operatoreId: ref(),
    dal: day(),
    al: day(),
    creatoIl: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    chiusoIl: instant().nullable(),
    chiusoDa: p.text().nullable(),
  },
})

/** One registration opened for an authority. */
export const AccessoAutoritaRegistrazione = defineEntity({
  name: 'AccessoAutoritaRegistrazione',
  ...tenantTable('accesso_autorita_registrazione'),
  properties: {
    enteId: p.uuid().primary(),
    accessoId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
  },
})

export const attiEntities: readonly EntitySchema[] = [
  Accesso,
  RegistrazioneVoce,
  Riserva,
  Lettore,
  Annullamento,
  Rettifica,
  DecisioneAtto,
  AccessoAutorita,
  AccessoAutoritaRegistrazione,
]
