import type { EntitySchema } from '@mikro-orm/core'
import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/** A cause the records manager gave to a document in arrears, instead of the one deduced from the facts. The open row counts; the others are history. */
const CausaArretrato = defineEntity({
  name: 'CausaArretrato',
  ...tenantTable('causa_arretrato'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    causa: p.text(),
    nota: p.text(),
    dal: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    al: instant().nullable(),
  },
  indexes: [{ name: 'causa_arretrato_registrazione', properties: ['enteId', 'registrazioneId'] }],
})

/** After how many working days an unfiled document is told to the head of the office, then to the head of records management (REQ-FASC-022). */
const SogliaArretrato = defineEntity({
  name: 'SogliaArretrato',
  ...tenantTable('soglia_arretrato'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    giorniResponsabile: p.integer(),
    giorniRgd: p.integer(),
  },
})

/** The weekly picture of the arrears: of an office, or of the whole AOO where the office is absent. Written once, never changed. */
const RiepilogoArretrato = defineEntity({
  name: 'RiepilogoArretrato',
  ...tenantTable('riepilogo_arretrato'),
  properties: {
    ...tenantKeys,
    /** Monday of the week. */
    settimana: day(),
    ufficioId: ref().nullable(),
    dati: p.json(),
    creatoIl: instant(),
  },
  indexes: [{ name: 'riepilogo_arretrato_settimana', properties: ['enteId', 'settimana'] }],
})

export const arretratoEntities: readonly EntitySchema[] = [CausaArretrato, SogliaArretrato, RiepilogoArretrato] as unknown as EntitySchema[]
