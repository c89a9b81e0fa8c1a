import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/**
 * An emergency register of an AOO, one for each site that must go on alone: `RE01`, `RE02`… (TUDA 63; REQ-PROT-080, REQ-PROT-083). The code is unique in the
 * ente, hence in the AOO.
 */
export const RegistroEmergenza = defineEntity({
  name: 'RegistroEmergenza',
  ...tenantTable('registro_emergenza'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    sede: p.text(),
    creatoIl: instant(),
    creatoDa: p.text(),
  },
  uniques: [{ name: 'registro_emergenza_codice', properties: ['enteId', 'codice'] }],
})

/** A series handed to one device before it is needed: which register, from which number, whose key may sign its file. */
export const SerieEmergenza = defineEntity({
  name: 'SerieEmergenza',
  ...tenantTable('serie_emergenza'),
  properties: {
    ...tenantKeys,
    registroEmergenzaId: ref(),
    dispositivo: p.text(),
    provvedimento: p.text(),
    stato: p.text(),
    anno: p.integer(),
    primo: p.integer(),
    documento: p.text().nullable(),
    firma: p.text().nullable(),
    autorizzataIl: instant(),
    autorizzataDa: p.text(),
    attivataIl: instant().nullable(),
    attivataDa: p.text().nullable(),
    revocataIl: instant().nullable(),
    revocataDa: p.text().nullable(),
    motivoRevoca: p.text().nullable(),
  },
})

/** One interruption for which a register was opened: cause, start, authorisation; then restoration, recovery or override (TUDA 63 cc. 1, 5). */
export const AperturaEmergenza = defineEntity({
  name: 'AperturaEmergenza',
  ...tenantTable('apertura_emergenza'),
  properties: {
    ...tenantKeys,
    registroEmergenzaId: ref(),
    causa: p.text(),
    inizio: instant(),
    provvedimento: p.text(),
    autorizzataDa: p.text(),
    origine: p.text(),
    apertaIl: instant(),
    apertaDa: p.text(),
    ripristino: instant().nullable(),
    chiusaIl: instant().nullable(),
    chiusaDa: p.text().nullable(),
    righeDichiarate: p.integer().nullable(),
    recuperataIl: instant().nullable(),
    derogaMotivo: p.text().nullable(),
    derogaIl: instant().nullable(),
    derogaDa: p.text().nullable(),
  },
  indexes: [{ name: 'apertura_emergenza_registro', properties: ['enteId', 'registroEmergenzaId', 'inizio'] }],
})

/** What covers an interruption: the opening for its first 24 hours, then continuations of one week at most (TUDA 63 c. 2; REQ-PROT-081). */
export const AutorizzazioneEmergenza = defineEntity({
  name: 'AutorizzazioneEmergenza',
  ...tenantTable('autorizzazione_emergenza'),
  properties: {
    ...tenantKeys,
    aperturaId: ref(),
    tipo: p.text(),
    provvedimento: p.text(),
    autorizzataDa: p.text(),
    dal: instant(),
    al: instant(),
    registrataIl: instant(),
    registrataDa: p.text(),
  },
  indexes: [{ name: 'autorizzazione_emergenza_apertura', properties: ['enteId', 'aperturaId', 'dal'] }],
})

/** Total of the manual registrations of one day of use, declared and never changed (TUDA 63 c. 3; REQ-PROT-082). */
export const GiornataEmergenza = defineEntity({
  name: 'GiornataEmergenza',
  ...tenantTable('giornata_emergenza'),
  properties: {
    enteId: p.uuid().primary(),
    aperturaId: p.uuid().primary(),
    giorno: day().primary(),
    totale: p.integer(),
    registrataIl: instant(),
    registrataDa: p.text(),
  },
})

/** One file taken into the ordinary register, with its statement (TUDA 63 c. 5; REQ-PROT-088). */
export const RecuperoEmergenza = defineEntity({
  name: 'RecuperoEmergenza',
  ...tenantTable('recupero_emergenza'),
  properties: {
    ...tenantKeys,
    registroEmergenzaId: ref(),
    serieId: ref(),
    contenutoId: ref(),
    impronta: p.text(),
    istante: instant(),
    operatoreNome: p.text(),
    righe: p.integer(),
    verbale: p.text(),
  },
  indexes: [{ name: 'recupero_emergenza_registro', properties: ['enteId', 'registroEmergenzaId', 'istante'] }],
})

/** A registration of the emergency register and the ordinary one it became: the link is permanent (REQ-PROT-086). */
export const RigaEmergenza = defineEntity({
  name: 'RigaEmergenza',
  ...tenantTable('riga_emergenza'),
  properties: {
    ...tenantKeys,
    registroEmergenzaId: ref(),
    aooId: ref(),
    aperturaId: ref(),
    recuperoId: ref(),
    registrazioneId: ref(),
    numero: p.text(),
    anno: p.integer(),
    progressivo: p.integer(),
    istante: instant(),
    giorno: day(),
    codice: p.text(),
    impronta: p.text(),
    dati: p.text(),
  },
  uniques: [
    { name: 'riga_emergenza_numero', properties: ['enteId', 'numero'] },
    { name: 'riga_emergenza_registrazione', properties: ['enteId', 'registrazioneId'] },
  ],
  indexes: [
    { name: 'riga_emergenza_apertura', properties: ['enteId', 'aperturaId', 'giorno'] },
    { name: 'riga_emergenza_recupero', properties: ['enteId', 'recuperoId'] },
  ],
})

export const emergenzaEntities = [
  RegistroEmergenza,
  SerieEmergenza,
  AperturaEmergenza,
  AutorizzazioneEmergenza,
  GiornataEmergenza,
  RecuperoEmergenza,
  RigaEmergenza,
]
