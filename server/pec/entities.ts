import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** A mailbox of an AOO (REQ-PROT-005): an address belongs to one AOO only. */
export const Casella = defineEntity({
  name: 'Casella',
  ...tenantTable('casella'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    indirizzo: p.text(),
    tipo: p.text(),
    attiva: p.boolean(),
    ultimoControllo: instant().nullable(),
    errore: p.text().nullable(),
  },
  uniques: [{ name: 'casella_indirizzo', properties: ['enteId', 'indirizzo'] }],
})

/** A message of a mailbox: its raw bytes are a content, everything else is what was read in them. */
export const Messaggio = defineEntity({
  name: 'Messaggio',
  ...tenantTable('messaggio'),
  properties: {
    ...tenantKeys,
    casellaId: ref(),
    uid: p.text(),
    chiave: p.text(),
    contenutoId: ref(),
    classe: p.text(),
    /** da_protocollare, registrato, ricevuta, quarantena, scartato, doppio */
    stato: p.text(),
    tipo: p.text(),
    mittente: p.text(),
    mittenteIndirizzo: p.text(),
    oggetto: p.text(),
    ricevutoIl: instant(),
    acquisitoIl: instant(),
    esitoFirma: p.text(),
    controlli: p.json(),
    daticert: p.json().nullable(),
    parti: p.json(),
    motivo: p.text().nullable(),
    voceEsclusione: p.text().nullable(),
    nota: p.text().nullable(),
    registrazioneId: ref().nullable(),
    bloccatoDa: p.text().nullable(),
    bloccatoDaNome: p.text().nullable(),
    bloccatoIl: instant().nullable(),
  },
  uniques: [{ name: 'messaggio_chiave', properties: ['enteId', 'casellaId', 'chiave'] }],
  indexes: [
    { name: 'messaggio_stato', properties: ['enteId', 'stato', 'ricevutoIl'] },
    { name: 'messaggio_uid', properties: ['enteId', 'casellaId', 'uid'] },
  ],
})

/**
 * What was decided of an item of the queue besides registering it: left out, joined to a registration, sent back, to be forwarded, handed to a colleague.
 * The row without an end is in force; a restored one keeps its row (REQ-PROT-013).
 */
export const DecisioneMessaggio = defineEntity({
  name: 'DecisioneMessaggio',
  ...tenantTable('decisione_messaggio'),
  properties: {
    ...tenantKeys,
    messaggioId: ref(),
    /** escluso, unito, restituito, da_inoltrare, passato */
    tipo: p.text(),
    voce: p.text().nullable(),
    tipoEsclusioneId: ref().nullable(),
    registrazioneId: ref().nullable(),
    operatoreId: ref().nullable(),
    destinatario: p.text().nullable(),
    nota: p.text(),
    dal: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    al: instant().nullable(),
    chiusaDaNome: p.text().nullable(),
  },
  indexes: [{ name: 'decisione_messaggio_messaggio', properties: ['enteId', 'messaggioId', 'dal'] }],
})

/** A type of the ente's manual that falls under one of the heads of TUDA art. 53 c. 5: it never adds a head (REQ-PROT-012). */
export const TipoEsclusione = defineEntity({
  name: 'TipoEsclusione',
  ...tenantTable('tipo_esclusione'),
  properties: {
    ...tenantKeys,
    voce: p.text(),
    denominazione: p.text(),
    dal: instant(),
    al: instant().nullable(),
    autoreNome: p.text(),
  },
  indexes: [{ name: 'tipo_esclusione_voce', properties: ['enteId', 'voce'] }],
})

/** What the ente does with what is meant for another administration (REQ-PROT-018): the last row is in force. */
export const RegolaArrivo = defineEntity({
  name: 'RegolaArrivo',
  ...tenantTable('regola_arrivo'),
  properties: {
    ...tenantKeys,
    /** registra_e_inoltra, restituisci */
    nonCompetenza: p.text(),
    dal: instant(),
    autoreNome: p.text(),
  },
  indexes: [{ name: 'regola_arrivo_dal', properties: ['enteId', 'dal'] }],
})

export const pecEntities = [Casella, Messaggio, DecisioneMessaggio, TipoEsclusione, RegolaArrivo]
