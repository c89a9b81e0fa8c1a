import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** How the daily registers of a register are made; a register without a row follows the defaults (REQ-PROT-107, 108, 109). */
export const ImpostazioniRegistroGiornaliero = defineEntity({
  name: 'ImpostazioniRegistroGiornaliero',
  ...tenantTable('impostazioni_registro_giornaliero'),
  properties: {
    enteId: p.uuid().primary(),
    registroId: p.uuid().primary(),
    /** nessuna | sigillo | firma */
    sottoscrizione: p.text(),
    /** With the signature: the seal is put by itself in the evening of the last day when nobody has signed. */
    sigilloDiRipiego: p.boolean().default(true),
    giorniVuoti: p.boolean(),
    annuale: p.boolean(),
    classificazione: p.text(),
  },
})

/**
 * The static document of a day (or a year) of a register: immutable, each version beside the earlier ones (REQ-PROT-103). Digests chain each day to the one
 * before; the files are contents of the store.
 */
export const RegistroGiornaliero = defineEntity({
  name: 'RegistroGiornaliero',
  ...tenantTable('registro_giornaliero'),
  properties: {
    ...tenantKeys,
    registroId: ref(),
    /** giornaliero | annuale */
    tipo: p.text(),
    /** The day; of an annual register its 31 December. */
    giorno: day(),
    anno: p.integer(),
    /** Progressive of the year, the same for every version of a day (REQ-PROT-104). */
    progressivo: p.integer(),
    versione: p.integer(),
    primaVersioneId: ref().nullable(),
    identificativo: p.text(),
    oggetto: p.text(),
    numeroPrimo: p.integer().nullable(),
    numeroUltimo: p.integer().nullable(),
    registrazioni: p.integer(),
    annullamenti: p.integer(),
    modifiche: p.integer(),
    /** Rows that concern a riservato: the document inherits the strictest access (REQ-PROT-065). */
    riservate: p.integer(),
    improntaRighe: p.text(),
    improntaPrecedente: p.text(),
    /** Digest of the exact text of the day's header, which the next day carries. */
    impronta: p.text(),
    giornoContenutoId: ref(),
    righeContenutoId: ref(),
    xmlContenutoId: ref(),
    pdfContenutoId: ref(),
    sottoscrizione: p.text(),
    responsabileNome: p.text(),
    responsabileCognome: p.text(),
    responsabileCodiceFiscale: p.text(),
    produttore: p.text(),
    motivo: p.text(),
    prodottoIl: instant(),
    /** Last day to be in preservation (REQ-PROT-105): computed once, when it is produced. */
    scadenza: day(),
  },
  uniques: [
    { name: 'registro_giornaliero_giorno', properties: ['enteId', 'registroId', 'tipo', 'giorno', 'versione'] },
    { name: 'registro_giornaliero_identificativo', properties: ['enteId', 'identificativo'] },
  ],
})

/**
 * The subscription put on a register after its production (REQ-PROT-108): the PDF signed by the head of records management, or the sealed XML when his
 * signature did not come in time. One for each register, beside the files of the production, which stay. Immutable.
 */
export const SottoscrizioneRegistroGiornaliero = defineEntity({
  name: 'SottoscrizioneRegistroGiornaliero',
  ...tenantTable('sottoscrizione_registro_giornaliero'),
  properties: {
    enteId: p.uuid().primary(),
    registroGiornalieroId: p.uuid().primary(),
    /** firma | sigillo */
    modo: p.text(),
    contenutoId: ref(),
    firmatarioNome: p.text(),
    firmatarioCodiceFiscale: p.text(),
    certificatoEmittente: p.text(),
    certificatoNumero: p.text(),
    /** Instant the signature itself declares. */
    dichiarataIl: instant().nullable(),
    raccoltaIl: instant(),
    autoreNome: p.text(),
  },
})

/** What happened to a daily register after production: signed, sent, preserved, refused (REQ-PROT-106). Append-only. */
export const PassoRegistroGiornaliero = defineEntity({
  name: 'PassoRegistroGiornaliero',
  ...tenantTable('passo_registro_giornaliero'),
  properties: {
    ...tenantKeys,
    registroGiornalieroId: ref(),
    passo: p.text(),
    istante: instant(),
    dettaglio: p.text(),
    riferimento: p.text(),
  },
  indexes: [{ name: 'passo_registro_giornaliero_ordine', properties: ['enteId', 'registroGiornalieroId', 'istante'] }],
})

/** The unchained facts of a day, sealed: their digest chained to that of the day before (decision 19). */
export const SigilloTraccia = defineEntity({
  name: 'SigilloTraccia',
  ...tenantTable('sigillo_traccia'),
  properties: {
    enteId: p.uuid().primary(),
    giorno: day().primary(),
    fatti: p.integer(),
    improntaFatti: p.text(),
    improntaPrecedente: p.text(),
    impronta: p.text(),
    sigillatoIl: instant(),
  },
})

/** Something the head of records management must know at once; it stays open until its cause is gone. */
export const AvvisoRegistro = defineEntity({
  name: 'AvvisoRegistro',
  ...tenantTable('avviso_registro'),
  properties: {
    ...tenantKeys,
    registroId: ref(),
    giorno: day(),
    tipo: p.text(),
    testo: p.text(),
    registroGiornalieroId: ref().nullable(),
    datoIl: instant(),
    chiusoIl: instant().nullable(),
  },
  indexes: [{ name: 'avviso_registro_giorno', properties: ['enteId', 'registroId', 'giorno'] }],
})

/** An outage with its start, end and cause (REQ-PROT-151). */
export const Interruzione = defineEntity({
  name: 'Interruzione',
  ...tenantTable('interruzione'),
  properties: {
    ...tenantKeys,
    inizio: instant(),
    fine: instant().nullable(),
    causa: p.text(),
    rimedio: p.text(),
    autoreNome: p.text(),
    registrataIl: instant(),
  },
})

/**
 * A restore drill: when, who, from which copies, compared with which preserved register and what was missing (REQ-PROT-152). Immutable.
 */
export const ProvaRipristino = defineEntity({
  name: 'ProvaRipristino',
  ...tenantTable('prova_ripristino'),
  properties: {
    ...tenantKeys,
    registroId: ref(),
    eseguitaIl: instant(),
    /** Who carried it out, as the outcome file names him. */
    operatore: p.text(),
    /** Where the copy of the register's data that was restored is kept. */
    copiaRegistri: p.text(),
    /** Where the copy of the emergency registers is kept: another place. */
    copiaEmergenza: p.text(),
    /** The daily register compared, and the digest the conservatore has of it. */
    registroGiornalieroId: ref(),
    identificativo: p.text(),
    impronta: p.text(),
    /** What was missing, a sentence each; empty when nothing was. */
    perdite: p.json(),
    autoreNome: p.text(),
    registrataIl: instant(),
  },
  indexes: [{ name: 'prova_ripristino_ordine', properties: ['enteId', 'eseguitaIl'] }],
})

export const registroEntities = [
  ImpostazioniRegistroGiornaliero,
  RegistroGiornaliero,
  SottoscrizioneRegistroGiornaliero,
  PassoRegistroGiornaliero,
  SigilloTraccia,
  AvvisoRegistro,
  Interruzione,
  ProvaRipristino,
]
