import type { EntitySchema } from '@mikro-orm/core'
import { archivioEntities } from './archivio/index.ts'
import { arretratoEntities } from './arretrato/index.ts'
import { conservazioneEntities } from './conservazione/index.ts'
import { documentiEntities } from './documenti/index.ts'
import { entiEntities } from './enti/index.ts'
import { fascicoliEntities } from './fascicoli/index.ts'
import { identitaEntities } from './identita/index.ts'
import { praticheEntities } from './pratiche/index.ts'
import { procedimentiEntities } from './procedimenti/index.ts'
import { bozzeEntities } from './bozze/index.ts'
import { importazioniEntities } from './importazioni/index.ts'
import { metadatiEntities } from './metadati/index.ts'
import { stampeEntities } from './stampe/index.ts'
import { registroEntities } from './registro/index.ts'
import { emergenzaEntities } from './emergenza/index.ts'
import { repertoriEntities } from './repertori/index.ts'
import { ricercaEntities } from './ricerca/index.ts'
import { organizzazioneEntities } from './organizzazione/index.ts'
import { statisticheEntities } from './statistiche/index.ts'
import { kernelEntities } from './kernel/entities.ts'
import { pecEntities } from './pec/index.ts'
import { protocolloEntities } from './protocollo/index.ts'
import { scartoEntities } from './scarto/index.ts'
import { suggerimentiEntities } from './suggerimenti/index.ts'
import { titolarioEntities } from './titolario/index.ts'

/** Every entity of the product, feature by feature. */
export const entities: readonly EntitySchema[] = [
  ...kernelEntities,
  ...entiEntities,
  ...identitaEntities,
  ...documentiEntities,
  ...titolarioEntities,
  ...protocolloEntities,
  ...fascicoliEntities,
  ...procedimentiEntities,
  ...praticheEntities,
  ...pecEntities,
  ...conservazioneEntities,
  ...bozzeEntities,
  ...importazioniEntities,
  ...metadatiEntities,
  ...stampeEntities,
  ...registroEntities,
  ...emergenzaEntities,
  ...repertoriEntities,
  ...ricercaEntities,
  ...statisticheEntities,
  ...organizzazioneEntities,
  ...archivioEntities,
  ...arretratoEntities,
  ...suggerimentiEntities,
  ...scartoEntities,
] as unknown as EntitySchema[]
