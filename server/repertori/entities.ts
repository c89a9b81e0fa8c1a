import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A registro particolare or repertory: code, owner, numbering rule, metadata, visibility, retention (REQ-PROT-110). */
export const Repertorio = defineEntity({
  name: 'Repertorio',
  ...tenantTable('repertorio'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    denominazione: p.text(),
    tipologia: p.text(),
    ufficioId: ref().nullable(),
    numerazione: p.text(),
    mandato: p.text().nullable(),
    campi: p.json(),
    visibilita: p.text(),
    /** Null: kept without a limit. */
    conservazioneAnni: p.integer().nullable(),
    albo: p.boolean(),
    giorniAlbo: p.integer(),
    attivo: p.boolean(),
    creatoIl: instant(),
  },
  uniques: [{ name: 'repertorio_codice', properties: ['enteId', 'aooId', 'codice'] }],
})

/** The one row whose lock gives the numbers of a repertory: series in course, last number and its instant (REQ-PROT-112). */
export const ContatoreRepertorio = defineEntity({
  name: 'ContatoreRepertorio',
  ...tenantTable('contatore_repertorio'),
  properties: {
    enteId: p.uuid().primary(),
    repertorioId: p.uuid().primary(),
    serie: p.text(),
    ultimo: p.integer(),
    ultimoIstante: instant().nullable(),
  },
})

/** A row of a repertory: never updated, never deleted (REQ-PROT-111, REQ-PROT-112). */
export const RegistrazioneRepertorio = defineEntity({
  name: 'RegistrazioneRepertorio',
  ...tenantTable('registrazione_repertorio'),
  properties: {
    ...tenantKeys,
    repertorioId: ref(),
    serie: p.text(),
    anno: p.integer(),
    numero: p.integer(),
    istante: instant(),
    giorno: day(),
    riferimento: p.text(),
    oggetto: p.text(),
    formatore: p.text(),
    dati: p.json(),
    documentoId: ref(),
    impronta: p.text(),
    riservato: p.boolean(),
    operatoreId: p.text(),
    operatoreNome: p.text(),
    note: p.text(),
  },
  uniques: [
    { name: 'registrazione_repertorio_numero', properties: ['enteId', 'repertorioId', 'serie', 'numero'] },
    { name: 'registrazione_repertorio_documento', properties: ['enteId', 'documentoId'] },
  ],
  indexes: [{ name: 'registrazione_repertorio_giorno', properties: ['enteId', 'repertorioId', 'giorno'] }],
})

/** Annulment of a row: asked by somebody, authorised by the head of records with a provvedimento; the row stays (REQ-PROT-112). */
export const AnnullamentoRepertorio = defineEntity({
  name: 'AnnullamentoRepertorio',
  ...tenantTable('annullamento_repertorio'),
  properties: {
    ...tenantKeys,
    rigaId: ref(),
    motivo: p.text(),
    richiestoDa: p.text(),
    richiestoDaNome: p.text(),
    richiestoIl: instant(),
    esito: p.text().nullable(),
    decisoDa: p.text().nullable(),
    decisoDaNome: p.text().nullable(),
    decisoIl: instant().nullable(),
    provvedimentoNumero: p.text().nullable(),
    provvedimentoData: day().nullable(),
    nota: p.text().nullable(),
  },
  indexes: [{ name: 'annullamento_repertorio_riga', properties: ['enteId', 'rigaId'] }],
})

/** The covering letter that sent a row outside: its protocol registration (REQ-PROT-113). */
export const TrasmissioneRepertorio = defineEntity({
  name: 'TrasmissioneRepertorio',
  ...tenantTable('trasmissione_repertorio'),
  properties: {
    enteId: p.uuid().primary(),
    rigaId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    creataIl: instant(),
  },
})

/** A static extraction of a period of a repertory, as produced: the exact text and its digest (REQ-PROT-112). */
export const EstrazioneRepertorio = defineEntity({
  name: 'EstrazioneRepertorio',
  ...tenantTable('estrazione_repertorio'),
  properties: {
    ...tenantKeys,
    repertorioId: ref(),
    dal: day(),
    al: day(),
    righe: p.integer(),
    testo: p.text(),
    impronta: p.text(),
    improntaPrecedente: p.text(),
    creataIl: instant(),
  },
  uniques: [{ name: 'estrazione_repertorio_periodo', properties: ['enteId', 'repertorioId', 'dal', 'al'] }],
})

/** Publication of an act in the albo: the row of the albo gives the number, here are the dates and what is shown. */
export const Pubblicazione = defineEntity({
  name: 'Pubblicazione',
  ...tenantTable('pubblicazione'),
  properties: {
    ...tenantKeys,
    /** The row of the albo's own repertory. */
    rigaId: ref(),
    /** The act that is published, when it is a row of another repertory. */
    attoId: ref().nullable(),
    richiedente: p.text(),
    dal: day(),
    al: day(),
    fileIds: p.json(),
    ritirataIl: instant().nullable(),
    motivoRitiro: p.text().nullable(),
    relataContenutoId: ref().nullable(),
    relataIl: instant().nullable(),
  },
  uniques: [{ name: 'pubblicazione_riga', properties: ['enteId', 'rigaId'] }],
  indexes: [{ name: 'pubblicazione_periodo', properties: ['enteId', 'dal', 'al'] }],
})

export const repertoriEntities = [
  Repertorio,
  ContatoreRepertorio,
  RegistrazioneRepertorio,
  AnnullamentoRepertorio,
  TrasmissioneRepertorio,
  EstrazioneRepertorio,
  Pubblicazione,
]
