import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../kernel/db/base.ts'
import { instant, ref } from '../kernel/db/columns.ts'

/** What the archive asks somebody to look at: yearly deposit not made, withdrawal not returned, activity that could not be closed. One open for each key. */
export const AvvisoArchivio = defineEntity({
  name: 'AvvisoArchivio',
  ...tenantTable('avviso_archivio'),
  properties: {
    ...tenantKeys,
    /** deposito, prelievo, attivita */
    tipo: p.text(),
    chiave: p.text(),
    fascicoloId: ref().nullable(),
    testo: p.text(),
    datoIl: instant(),
    chiusoIl: instant().nullable(),
  },
  indexes: [{ name: 'avviso_archivio_tipo', properties: ['enteId', 'tipo', 'datoIl'] }],
})

/** A year of the repertorio looked at in the beginning of another: extracted again only when its data had changed (REQ-FASC-032). */
export const EsameRepertorio = defineEntity({
  name: 'EsameRepertorio',
  ...tenantTable('esame_repertorio'),
  properties: {
    enteId: p.uuid().primary(),
    aooId: p.uuid().primary(),
    anno: p.integer().primary(),
    esaminatoNel: p.integer().primary(),
  },
})

export const archivioEntities = [AvvisoArchivio, EsameRepertorio]
