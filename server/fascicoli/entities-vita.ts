import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/**
 * A fascicolo somebody proposes to open: by who may not open it (REQ-FASC-010), or by the year that begins (REQ-FASC-043). It has no progressivo: one
 * that is refused would leave a gap.
 */
export const FascicoloProposta = defineEntity({
  name: 'FascicoloProposta',
  ...tenantTable('fascicolo_proposta'),
  properties: {
    ...tenantKeys,
    ufficioId: ref(),
    /** PROPOSTO, APERTO, RESPINTO */
    stato: p.text(),
    /** What was asked, in the form of a new fascicolo. */
    dati: p.json<Record<string, unknown>>(),
    /** The document it would begin with. */
    documentoId: ref().nullable(),
    /** The fascicolo of the year before, when it is the year that proposes it. */
    precedenteId: ref().nullable(),
    nota: p.text(),
    riservata: p.boolean(),
    propostaDa: p.text(),
    propostaDaNome: p.text(),
    propostaIl: instant(),
    decisaDaNome: p.text().nullable(),
    decisaIl: instant().nullable(),
    motivo: p.text().nullable(),
    fascicoloId: ref().nullable(),
  },
  indexes: [{ name: 'fascicolo_proposta_stato', properties: ['enteId', 'stato', 'ufficioId'] }],
})

/** A movement of a fascicolo: to another office or body, to the deposit archive, out of it and back (REQ-FASC-023, REQ-FASC-044, REQ-FASC-046). */
export const FascicoloMovimento = defineEntity({
  name: 'FascicoloMovimento',
  ...tenantTable('fascicolo_movimento'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    /** trasferimento, trasmissione, deposito, storico, prelievo */
    tipo: p.text(),
    /** richiesto, accettato, rifiutato, eseguito, restituito */
    stato: p.text(),
    daUfficioId: ref().nullable(),
    aUfficioId: ref().nullable(),
    responsabileId: ref().nullable(),
    /** The body it goes to, or the person who takes it out. */
    destinatario: p.text().nullable(),
    destinatarioCodiceIpa: p.text().nullable(),
    motivo: p.text(),
    richiestoDa: p.text(),
    richiestoDaNome: p.text(),
    richiestoIl: instant(),
    decisoDaNome: p.text().nullable(),
    decisoIl: instant().nullable(),
    nota: p.text().nullable(),
    /** Evidence of what was handed over: the package, and how many documents it lists. */
    pacchettoContenutoId: ref().nullable(),
    impronta: p.text().nullable(),
    documenti: p.integer().nullable(),
    elencoId: ref().nullable(),
    /** Handing over: whether the reserved documents go too, how many were left out, the work that makes the package. */
    conRiservati: p.boolean().nullable(),
    esclusi: p.integer().nullable(),
    lavoroId: ref().nullable(),
    /** The registration that carried it, and what became of the fascicolo here: chiuso, continua. */
    registrazioneUscitaId: ref().nullable(),
    esitoFascicolo: p.text().nullable(),
    /** The answer of the other body, with the registration it came in. */
    registrazioneEntrataId: ref().nullable(),
    riscontroDaNome: p.text().nullable(),
    riscontroIl: instant().nullable(),
    riscontroNota: p.text().nullable(),
    /** A withdrawal: the day it must be back, and its return (REQ-FASC-046). */
    entro: day().nullable(),
    restituitoIl: instant().nullable(),
    restituitoDaNome: p.text().nullable(),
    notaRestituzione: p.text().nullable(),
  },
  indexes: [
    { name: 'fascicolo_movimento_fascicolo', properties: ['enteId', 'fascicoloId', 'richiestoIl'] },
    { name: 'fascicolo_movimento_stato', properties: ['enteId', 'tipo', 'stato'] },
  ],
})

/** A reopening, with what the closing was: annotated in the repertorio for ever (REQ-FASC-042). */
export const FascicoloRiapertura = defineEntity({
  name: 'FascicoloRiapertura',
  ...tenantTable('fascicolo_riapertura'),
  properties: {
    ...tenantKeys,
    fascicoloId: ref(),
    motivo: p.text(),
    riapertoDa: p.text(),
    riapertoDaNome: p.text(),
    riapertoIl: instant(),
    statoPrecedente: p.text(),
    chiusoIl: p.text(),
    esito: p.text(),
    versionePrecedente: p.integer(),
    /** The package already handed to the conservatore: the next closing sends its update. */
    idPdv: p.text().nullable(),
  },
  indexes: [{ name: 'fascicolo_riapertura_fascicolo', properties: ['enteId', 'fascicoloId'] }],
})

/** The list of what passed to the deposit archive, or to the historical section, in one go, kept as it was (REQ-FASC-044, REQ-FASC-047). */
export const ElencoDeposito = defineEntity({
  name: 'ElencoDeposito',
  ...tenantTable('elenco_deposito'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    /** deposito, storico */
    tipo: p.text(),
    /** Counts the lists of its kind in the AOO. */
    numero: p.integer(),
    /** Where it was put, when the list says so for all of it. */
    posizione: p.text().nullable(),
    nota: p.text(),
    righe: p.integer(),
    testo: p.text(),
    impronta: p.text(),
    creatoIl: instant(),
    creatoDaNome: p.text(),
  },
  uniques: [{ name: 'elenco_deposito_numero', properties: ['enteId', 'aooId', 'tipo', 'numero'] }],
  indexes: [{ name: 'elenco_deposito_creato', properties: ['enteId', 'creatoIl'] }],
})

/** The static extraction of the repertorio of a year (REQ-FASC-032): the text is the extraction, its PDF is the same to be read. */
export const EstrazioneFascicoli = defineEntity({
  name: 'EstrazioneFascicoli',
  ...tenantTable('estrazione_fascicoli'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    anno: p.integer(),
    /** 1 for the yearly one; later ones say what changed since. */
    revisione: p.integer(),
    righe: p.integer(),
    csvContenutoId: ref(),
    xmlContenutoId: ref(),
    pdfContenutoId: ref(),
    /** The document it is: it belongs to the permanent series of the repertori. */
    documentoId: ref(),
    /** SHA-256 of the CSV: equal data, equal digest. */
    impronta: p.text(),
    /** What changed since the revision before, one sentence each. */
    variazioni: p.json<string[]>(),
    creataIl: instant(),
    creataDaNome: p.text(),
  },
  uniques: [{ name: 'estrazione_fascicoli_revisione', properties: ['enteId', 'aooId', 'anno', 'revisione'] }],
})

/** What an ente chose for its fascicoli: how deep they may be divided (REQ-FASC-030). */
export const ImpostazioniFascicoli = defineEntity({
  name: 'ImpostazioniFascicoli',
  ...tenantTable('impostazioni_fascicoli'),
  properties: {
    enteId: p.uuid().primary(),
    /** 1: sottofascicoli only; 2: inserti too. */
    livelli: p.integer(),
    aggiornateIl: instant(),
    autoreNome: p.text(),
  },
})

export const vitaEntities = [
  FascicoloProposta,
  FascicoloMovimento,
  FascicoloRiapertura,
  ElencoDeposito,
  EstrazioneFascicoli,
  ImpostazioniFascicoli,
]
