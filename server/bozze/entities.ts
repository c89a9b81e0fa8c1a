import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** A template of the ente: text of ours (HTML subset) or an office file whose fields are filled. */
export const ModelloDocumento = defineEntity({
  name: 'ModelloDocumento',
  ...tenantTable('modello_documento'),
  properties: {
    ...tenantKeys,
    nome: p.text(),
    descrizione: p.text(),
    formato: p.text(),
    /** Text of an HTML template; empty for a file. */
    corpo: p.text(),
    contenutoId: ref().nullable(),
    /** Subject proposed to the drafts, with fields. */
    oggetto: p.text(),
    tipologia: p.text(),
    richiedeFirma: p.boolean(),
    attivo: p.boolean(),
    versione: p.integer(),
    aggiornatoDa: p.text(),
    aggiornatoIl: instant(),
  },
  uniques: [{ name: 'modello_documento_nome', properties: ['enteId', 'nome'] }],
})

/** A document being prepared: it has no number, changes freely, and keeps what became of it. */
export const Bozza = defineEntity({
  name: 'Bozza',
  ...tenantTable('bozza'),
  properties: {
    ...tenantKeys,
    tipo: p.text(),
    stato: p.text(),
    /** The registration under way, as far as it was written. */
    dati: p.json(),
    modelloId: ref().nullable(),
    corpo: p.text(),
    ufficioId: ref().nullable(),
    fascicoloId: ref().nullable(),
    rispostaA: ref().nullable(),
    richiedeFirma: p.boolean(),
    /** The rendered document, frozen until the draft is taken back. */
    documentoContenutoId: ref().nullable(),
    firmatoContenutoId: ref().nullable(),
    /** Rendering under way (`in corso`), or why it failed. */
    preparazione: p.text().nullable(),
    alProtocolloIl: instant().nullable(),
    notaProtocollo: p.text(),
    motivoScarto: p.text().nullable(),
    statoPrimaDelloScarto: p.text().nullable(),
    registrazioneId: ref().nullable(),
    riservata: p.boolean(),
    versione: p.integer(),
    autoreId: p.text(),
    autoreNome: p.text(),
    creataIl: instant(),
    aggiornataDa: p.text(),
    aggiornataIl: instant(),
  },
  uniques: [{ name: 'bozza_registrazione', properties: ['enteId', 'registrazioneId'] }],
  indexes: [
    { name: 'bozza_elenco', properties: ['enteId', 'stato', 'aggiornataIl'] },
    { name: 'bozza_fascicolo', properties: ['enteId', 'fascicoloId'] },
  ],
})

/** A letter of one template to many, one registration each ("stampa unione"). */
export const Unione = defineEntity({
  name: 'Unione',
  ...tenantTable('unione'),
  properties: {
    ...tenantKeys,
    bozzaId: ref(),
    stato: p.text(),
    totale: p.integer(),
    fatte: p.integer(),
    rifiutate: p.integer(),
    /** The draft as it was when it was confirmed. */
    istantanea: p.json(),
    /** In whose name the numbers are given, as he was when he confirmed. */
    attore: p.json(),
    creataIl: instant(),
    conclusaIl: instant().nullable(),
  },
  indexes: [{ name: 'unione_bozza', properties: ['enteId', 'bozzaId'] }],
})

export const UnioneRiga = defineEntity({
  name: 'UnioneRiga',
  ...tenantTable('unione_riga'),
  properties: {
    ...tenantKeys,
    unioneId: ref(),
    posizione: p.integer(),
    /** Addressee and the values of the row's own fields. */
    dati: p.json(),
    esito: p.text().nullable(),
    errori: p.json(),
    registrazioneId: ref().nullable(),
  },
  uniques: [{ name: 'unione_riga_posizione', properties: ['enteId', 'unioneId', 'posizione'] }],
})

export const bozzeEntities = [ModelloDocumento, Bozza, Unione, UnioneRiga]
