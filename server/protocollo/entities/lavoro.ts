import type { EntitySchema } from '@mikro-orm/core'
import { defineEntity, p } from '@mikro-orm/core'
import { tenantKeys, tenantTable } from '../../kernel/db/base.ts'
import { instant, ref } from '../../kernel/db/columns.ts'

/** The same document arrived again by another road: linked to the first registration, no number consumed (REQ-PROT-016). */
const UlterioreArrivo = defineEntity({
  name: 'UlterioreArrivo',
  ...tenantTable('ulteriore_arrivo'),
  properties: {
    ...tenantKeys,
    registrazioneId: ref(),
    documentoId: ref(),
    mezzo: p.text(),
    arrivatoIl: instant(),
    messaggioId: ref().nullable(),
    nota: p.text(),
    dal: instant(),
    autoreId: p.text(),
    autoreNome: p.text(),
    /** End of a link made by mistake: the message went back to the queue. */
    al: instant().nullable(),
  },
  indexes: [{ name: 'ulteriore_arrivo_registrazione', properties: ['enteId', 'registrazioneId'] }],
})

export const lavoroEntities: readonly EntitySchema[] = [UlterioreArrivo] as unknown as EntitySchema[]
