import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { day, instant, ref } from '../kernel/db/columns.ts'

/**
 * An office that closes from a day and who takes its work: planned, then carried out in one act; `esito` counts what moved. Kept for ever, because
 * "why is this fascicolo of that office" is answered from here.
 */
export const Riorganizzazione = defineEntity({
  name: 'Riorganizzazione',
  ...tenantTable('riorganizzazione'),
  properties: {
    ...tenantKeys,
    ufficioId: ref(),
    /** First day on which the office is no longer there. */
    dal: day(),
    successoreId: ref(),
    /** Part of the classification that goes to another office: [{ codice, ufficioId }]. */
    ripartizioni: p.json(),
    atto: p.text(),
    nota: p.text(),
    /** programmata, eseguita, ritirata */
    stato: p.text(),
    esito: p.json().nullable(),
    creataIl: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    eseguitaIl: instant().nullable(),
  },
  indexes: [{ name: 'riorganizzazione_stato', properties: ['enteId', 'stato', 'dal'] }],
})

export const organizzazioneEntities = [Riorganizzazione]
