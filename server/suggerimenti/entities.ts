import type { EntitySchema } from '@mikro-orm/core'
import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** How many ordinary documents that showed a sign had an outcome: the voice or the office they were given. */
const MemoriaSuggerimento = defineEntity({
  name: 'MemoriaSuggerimento',
  ...tenantTable('memoria_suggerimento'),
  properties: {
    enteId: p.uuid().primary(),
    /** voce | ufficio */
    genere: p.text().primary(),
    chiave: p.text().primary(),
    esito: p.uuid().primary(),
    quante: p.integer(),
  },
})

/** What was learned of a registration, so that a change of class unlearns it; and in which place the right answer was proposed (REQ-TIT-025). */
const RegistrazioneImparata = defineEntity({
  name: 'RegistrazioneImparata',
  ...tenantTable('registrazione_imparata'),
  properties: {
    enteId: p.uuid().primary(),
    registrazioneId: p.uuid().primary(),
    voceId: ref(),
    ufficioId: ref(),
    chiavi: p.json(),
    rangoVoce: p.integer().nullable(),
    rangoUfficio: p.integer().nullable(),
    imparataIl: instant(),
  },
})

/** A rule of the ente: words or sender that decide voice or office. Closed, never deleted. */
const RegolaSuggerimento = defineEntity({
  name: 'RegolaSuggerimento',
  ...tenantTable('regola_suggerimento'),
  properties: {
    ...tenantKeys,
    parole: p.text(),
    mittente: p.text(),
    voceId: ref().nullable(),
    ufficioId: ref().nullable(),
    dal: instant(),
    autoreNome: p.text(),
    al: instant().nullable(),
  },
})

export const suggerimentiEntities: readonly EntitySchema[] = [
  MemoriaSuggerimento,
  RegistrazioneImparata,
  RegolaSuggerimento,
] as unknown as EntitySchema[]
