import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** Directory of the enti of this installation: public data only, therefore not fenced. */
export const Ente = defineEntity({
  name: 'Ente',
  tableName: 'ente',
  properties: {
    id: p.uuid().primary(),
    slug: p.text(),
    denominazione: p.text(),
    codiceIpa: p.text(),
    codiceFiscale: p.text(),
    tavolozza: p.text(),
    creatoIl: instant(),
  },
  uniques: [
    { name: 'ente_slug', properties: ['slug'] },
    { name: 'ente_ipa', properties: ['codiceIpa'] },
  ],
})

/** Area organizzativa omogenea (REQ-PROT-001). */
export const Aoo = defineEntity({
  name: 'Aoo',
  ...tenantTable('aoo', 'true'),
  properties: {
    ...tenantKeys,
    codice: p.text(),
    denominazione: p.text(),
    domicilioDigitale: p.text(),
    predefinita: p.boolean(),
    dal: day(),
    al: day().nullable(),
    /** Address where other administrations reach the services of the AOO, when there is one. */
    puntoServizio: p.text().nullable(),
  },
  uniques: [{ name: 'aoo_codice', properties: ['enteId', 'codice'] }],
})

/** Unità organizzativa: office of an AOO, in a tree. */
export const Ufficio = defineEntity({
  name: 'Ufficio',
  ...tenantTable('ufficio', 'true'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    codice: p.text(),
    denominazione: p.text(),
    padreId: ref().nullable(),
    indirizzoDigitale: p.text(),
    dal: day(),
    al: day().nullable(),
  },
  uniques: [{ name: 'ufficio_codice', properties: ['enteId', 'codice'] }],
})

/**
 * A person who works for one or more enti, known by the identity provider's subject. Visible to himself, to the enti that appointed him,
 * and to the citizen whose fascicolo he is responsible for.
 */
export const Operatore = defineEntity({
  name: 'Operatore',
  tableName: 'operatore',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'anagrafe', roles: ['faldone_owner'], using: 'true', check: 'true' },
    {
      name: 'se_stesso',
      command: 'select',
      roles: ['faldone_app'],
      using:
        "soggetto = nullif(current_setting('app.soggetto', true), '') or id = nullif(current_setting('app.operatore_id', true), '')::uuid",
    },
    {
      name: 'incaricati',
      command: 'select',
      roles: ['faldone_app', 'faldone_jobs'],
      using: 'exists (select 1 from incarico i where i.operatore_id = operatore.id)',
    },
    {
      name: 'responsabile',
      command: 'select',
      roles: ['faldone_sportello'],
      using: 'exists (select 1 from fascicolo f where f.responsabile_id = operatore.id)',
    },
    { name: 'nuovo', command: 'insert', roles: ['faldone_app'], check: "current_setting('app.amministratore_sia', true) = 'si'" },
    // Whoever appoints people of an ente may add a person, never an administrator of the association, and finds somebody only by his whole codice fiscale.
    {
      name: 'incaricabile',
      command: 'insert',
      roles: ['faldone_app'],
      check: "current_setting('app.incarica', true) = codice_fiscale and codice_fiscale <> '' and not amministratore_sia",
    },
    {
      name: 'da_incaricare',
      command: 'select',
      roles: ['faldone_app'],
      using: "codice_fiscale <> '' and codice_fiscale = nullif(current_setting('app.incarica', true), '')",
    },
  ],
  properties: {
    id: p.uuid().primary(),
    soggetto: p.text(),
    nome: p.text(),
    cognome: p.text(),
    codiceFiscale: p.text(),
    email: p.text(),
    amministratoreSia: p.boolean(),
  },
  uniques: [{ name: 'operatore_soggetto', properties: ['soggetto'] }],
})

/** Appointment of a person in an ente: profile, office, act and dates. Without one nobody reads anything of that ente (REQ-PROT-004, REQ-PROT-140). */
export const Incarico = defineEntity({
  name: 'Incarico',
  ...tenantTable('incarico'),
  properties: {
    ...tenantKeys,
    operatoreId: ref(),
    profilo: p.text(),
    ufficioId: ref().nullable(),
    atto: p.text(),
    dal: day(),
    al: day().nullable(),
    /** The AOO of who answers for a whole AOO; none means the predefined one. */
    aooId: ref().nullable(),
  },
  indexes: [{ name: 'incarico_operatore', properties: ['enteId', 'operatoreId'] }],
})

/**
 * Somebody works in the name of somebody else between two days: a person away, or a delegation. Without `incaricoId` it covers every appointment that may be
 * delegated, with it that one only. Never prolonged, only ended earlier.
 */
export const Sostituzione = defineEntity({
  name: 'Sostituzione',
  ...tenantTable('sostituzione'),
  properties: {
    ...tenantKeys,
    titolareId: ref(),
    sostitutoId: ref(),
    /** assenza, delega */
    tipo: p.text(),
    incaricoId: ref().nullable(),
    motivo: p.text(),
    atto: p.text(),
    dal: day(),
    al: day(),
    creataIl: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    revocataIl: instant().nullable(),
    revocataDaNome: p.text().nullable(),
  },
  indexes: [{ name: 'sostituzione_sostituto', properties: ['enteId', 'sostitutoId', 'dal'] }],
})

/** Working days of an AOO beside the national holidays: patron saint (`MM-DD`) and single days (REQ-PROT-105). */
export const CalendarioAoo = defineEntity({
  name: 'CalendarioAoo',
  ...tenantTable('calendario_aoo'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    patrono: p.text().nullable(),
    santoPatrono: p.text(),
    giorni: p.json(),
  },
})

export const entiEntities = [Ente, Aoo, Ufficio, Operatore, Incarico, Sostituzione, CalendarioAoo]
