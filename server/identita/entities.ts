import { defineEntity, p } from '@mikro-orm/core'
import { instant } from '../kernel/db/columns.ts'

/**
 * A login session. The cookie holds an opaque token, the row only its digest; a row is visible to who presents that token and to nobody else.
 * The citizen's session carries scheme, level and fiscal number of the assertion.
 */
export const Sessione = defineEntity({
  name: 'Sessione',
  tableName: 'sessione',
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'gettone',
      roles: ['faldone_app'],
      using: "impronta_gettone = nullif(current_setting('app.sessione', true), '')",
      check: "impronta_gettone = nullif(current_setting('app.sessione', true), '')",
    },
    { name: 'pulizia', roles: ['faldone_owner'], using: 'true', check: 'true' },
  ],
  properties: {
    improntaGettone: p.text().primary(),
    tipo: p.text(),
    csrf: p.text(),
    soggetto: p.text(),
    operatoreId: p.uuid().nullable(),
    nome: p.text(),
    codiceFiscale: p.text(),
    schema: p.text(),
    livello: p.text(),
    amministratoreSia: p.boolean(),
    creataIl: instant(),
    ultimaAttivita: instant(),
    scadeIl: instant(),
    chiusaIl: instant().nullable(),
  },
})

export const identitaEntities = [Sessione]
