import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, ref } from '../kernel/db/columns.ts'

/** A version of the titolario, adopted with an act and valid from a date (REQ-TIT-003). */
export const TitolarioVersione = defineEntity({
  name: 'TitolarioVersione',
  ...tenantTable('titolario_versione', 'true'),
  properties: {
    ...tenantKeys,
    aooId: ref(),
    denominazione: p.text(),
    stato: p.text(),
    atto: p.text(),
    uri: p.text().nullable(),
    dal: day(),
    al: day().nullable(),
  },
  indexes: [{ name: 'titolario_versione_aoo', properties: ['enteId', 'aooId', 'stato'] }],
})

/** A voice of the tree: titolo, classe or sottoclasse. Closed, never deleted (REQ-TIT-005). */
export const VoceTitolario = defineEntity({
  name: 'VoceTitolario',
  ...tenantTable('voce_titolario', 'true'),
  properties: {
    ...tenantKeys,
    versioneId: ref(),
    codice: p.text(),
    etichetta: p.text(),
    livello: p.integer(),
    ordine: p.integer(),
    denominazione: p.text(),
    padreId: ref().nullable(),
    paroleChiave: p.text(),
    conservazioneAnni: p.integer().nullable(),
    ufficioPredefinitoId: ref().nullable(),
    chiusaDal: day().nullable(),
  },
  uniques: [{ name: 'voce_titolario_codice', properties: ['enteId', 'versioneId', 'codice'] }],
})

export const titolarioEntities = [TitolarioVersione, VoceTitolario]
