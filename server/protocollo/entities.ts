import { defineEntity, p } from '@mikro-orm/core'
import { TENANT_CONDITION, tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'
import { arrivoEntities } from './entities/arrivo.ts'
import { attiEntities } from './entities/atti.ts'
import { consegnaEntities } from './entities/consegna.ts'
import { lavoroEntities } from './entities/lavoro.ts'

/** A register of an AOO: one general register active at a time (REQ-PROT-002, REQ-PROT-003). */
export const Registro = defineEntity({
  name: 'Registro',
  ...tenantTable('registro', 'true'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    denominazione: p.text(),
    generale: p.boolean(),
    attivo: p.boolean(),
  },
  uniques: [{ name: 'registro_codice', properties: ['enteId', 'aooId', 'codice'] }],
})

/** The one row whose lock gives numbers: year and last number of a register (REQ-PROT-031, REQ-PROT-032). */
export const ContatoreRegistro = defineEntity({
  name: 'ContatoreRegistro',
  ...tenantTable('contatore_registro'),
  properties: {
    enteId: p.uuid().primary(),
    registroId: p.uuid().primary(),
    anno: p.integer(),
    ultimo: p.integer(),
    ultimoIstante: instant().nullable(),
    /** True from the restoration after an emergency until its recovery: no number is given (REQ-PROT-085). */
    sospeso: p.boolean().default(false),
  },
})

const ACTORS = ['faldone_app', 'faldone_jobs', 'faldone_sportello']
const registrazioneTable = tenantTable('registrazione', 'exists (select 1 from documento d where d.id = registrazione.documento_id)')
const segnaturaTable = tenantTable('segnatura')

/**
 * A row of the register: never deleted, and never updated but for the one step from `in_sigillatura` to `registrata` (TUDA 53; REQ-PROT-022). While its
 * segnatura is being sealed it is nobody's to see, whatever the statement (decision 17, REQ-PROT-036).
 */
export const Registrazione = defineEntity({
  name: 'Registrazione',
  ...registrazioneTable,
  policies: [
    ...registrazioneTable.policies,
    {
      name: 'sigillata',
      command: 'select',
      type: 'restrictive',
      roles: ACTORS,
      using: `${TENANT_CONDITION} and (stato = 'registrata' or current_setting('app.sigillatura', true) = 'si')`,
    },
  ],
  properties: {
    ...tenantKeys,
    registroId: ref(),
    anno: p.integer(),
    numero: p.integer(),
    istante: instant(),
    giorno: day(),
    tipo: p.text(),
    oggetto: p.text(),
    mezzo: p.text(),
    dataArrivo: instant().nullable(),
    protocolloMittente: p.text().nullable(),
    dataProtocolloMittente: day().nullable(),
    documentoId: ref(),
    impronta: p.text(),
    segnatura: p.text(),
    riservato: p.boolean(),
    operatoreId: p.text(),
    operatoreNome: p.text(),
    note: p.text(),
    /** registrata, in_sigillatura */
    stato: p.text().default('registrata'),
    /** Unit of the operator (UOP). */
    ufficioOperatoreId: ref().nullable(),
    /** Office that formed an outgoing or internal document. */
    ufficioMittenteId: ref().nullable(),
    scansioneAttesa: p.boolean().default(false),
    descrizioneCartaceo: p.text().nullable(),
    differimentoAutorizzazione: p.text().nullable(),
    differimentoMotivo: p.text().nullable(),
    differimentoEntroIl: day().nullable(),
    emergenzaRegistroId: ref().nullable(),
    emergenzaNumero: p.text().nullable(),
    emergenzaIstante: instant().nullable(),
  },
  uniques: [
    { name: 'registrazione_numero', properties: ['enteId', 'registroId', 'anno', 'numero'] },
    { name: 'registrazione_documento', properties: ['enteId', 'documentoId'] },
  ],
  indexes: [
    { name: 'registrazione_giorno', properties: ['enteId', 'giorno'] },
    { name: 'registrazione_istante', properties: ['enteId', 'istante'] },
    { name: 'registrazione_impronta', properties: ['enteId', 'impronta'] },
    { name: 'registrazione_protocollo_mittente', properties: ['enteId', 'protocolloMittente'] },
  ],
})

/** Mittente or destinatario as it was at registration (REQ-PROT-026): never updated. */
export const Soggetto = defineEntity({
  name: 'Soggetto',
  ...tenantTable(
    'soggetto',
    "codice_fiscale = nullif(current_setting('app.codice_fiscale', true), '') and exists (select 1 from registrazione r where r.id = soggetto.registrazione_id)",
  ),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    ruolo: p.text(),
    posizione: p.integer(),
    tipo: p.text(),
    nome: p.text().nullable(),
    cognome: p.text().nullable(),
    denominazione: p.text().nullable(),
    codiceFiscale: p.text().nullable(),
    codiceIpa: p.text().nullable(),
    codiceAoo: p.text().nullable(),
    denominazioneAoo: p.text().nullable(),
    indirizzoDigitale: p.text().nullable(),
    perConoscenza: p.boolean().default(false),
    /** Channel by which it is sent to this one. */
    canale: p.text().nullable(),
  },
  indexes: [
    { name: 'soggetto_registrazione', properties: ['enteId', 'registrazioneId', 'posizione'] },
    { name: 'soggetto_codice_fiscale', properties: ['enteId', 'codiceFiscale'] },
    { name: 'soggetto_indirizzo', properties: ['enteId', 'indirizzoDigitale'] },
  ],
})

/** The unsealed segnatura, written with the registration; the sealed one is a content added by a job (decision 16). */
export const Segnatura = defineEntity({
  name: 'Segnatura',
  ...segnaturaTable,
  policies: [
    ...segnaturaTable.policies,
    {
      name: 'sigillata',
      command: 'select',
      type: 'restrictive',
      roles: ACTORS,
      using: `${TENANT_CONDITION} and exists (select 1 from registrazione r where r.ente_id = segnatura.ente_id and r.id = segnatura.registrazione_id)`,
    },
  ],
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    xml: p.text(),
  },
})

/** Sealed segnatura and stamped copy: what jobs add after the commit, once. */
export const CopiaSegnata = defineEntity({
  name: 'CopiaSegnata',
  ...tenantTable('copia_segnata'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    tipo: p.text().primary(),
    contenutoId: ref(),
    creataIl: instant(),
  },
})

/** Assignment per competenza or per conoscenza with its own life; a new row replaces a closed one (class C, REQ-PROT-023). */
export const Assegnazione = defineEntity({
  name: 'Assegnazione',
  ...tenantTable('assegnazione', 'exists (select 1 from documento d where d.id = assegnazione.documento_id)'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    documentoId: ref(),
    ufficioId: ref(),
    operatoreId: ref().nullable(),
    tipo: p.text(),
    stato: p.text(),
    motivo: p.text().nullable(),
    nota: p.text().nullable(),
    dal: instant(),
    al: instant().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
    presaDaNome: p.text().nullable(),
    presaIl: instant().nullable(),
  },
  indexes: [
    { name: 'assegnazione_registrazione', properties: ['enteId', 'registrazioneId'] },
    { name: 'assegnazione_ufficio', properties: ['enteId', 'ufficioId', 'stato'] },
  ],
})

/** History of the classification of a document: the row without an end is in force (class C, REQ-TIT-023). */
export const Classificazione = defineEntity({
  name: 'Classificazione',
  ...tenantTable('classificazione'),
  properties: {
    ...tenantKeys,
    documentoId: ref(),
    voceId: ref(),
    dal: instant(),
    al: instant().nullable(),
    autoreId: p.text(),
    autoreNome: p.text(),
    motivo: p.text(),
  },
  indexes: [{ name: 'classificazione_documento', properties: ['enteId', 'documentoId', 'dal'] }],
})

/** A client's key and what it produced: repeating the request gives the same answer (REQ-PROT-037). Kept for ever, beyond the 30 days asked. */
export const ChiaveIdempotenza = defineEntity({
  name: 'ChiaveIdempotenza',
  ...tenantTable('chiave_idempotenza'),
  properties: {
    enteId: p.uuid().primary(),
    operazione: p.text().primary(),
    chiave: p.text().primary(),
    richiesta: p.text(),
    risultatoId: ref(),
    creataIl: instant(),
  },
})

export const protocolloEntities = [
  Registro,
  ContatoreRegistro,
  Registrazione,
  Soggetto,
  Segnatura,
  CopiaSegnata,
  Assegnazione,
  Classificazione,
  ChiaveIdempotenza,
  ...arrivoEntities,
  ...attiEntities,
  ...consegnaEntities,
  ...lavoroEntities,
]
