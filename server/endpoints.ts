import { archivioEndpoints } from './archivio/index.ts'
import { arretratoEndpoints } from './arretrato/index.ts'
import { auditEndpoints } from './audit/index.ts'
import { conservazioneEndpoints } from './conservazione/index.ts'
import { documentiEndpoints } from './documenti/index.ts'
import { entiEndpoints } from './enti/index.ts'
import { createFascicoliEndpoints } from './fascicoli/index.ts'
import { identitaEndpoints } from './identita/index.ts'
import { bozzeEndpoints, findBozzaFormata } from './bozze/index.ts'
import { importazioniEndpoints } from './importazioni/index.ts'
import { stampeEndpoints } from './stampe/index.ts'
import { registroEndpoints } from './registro/index.ts'
import { emergenzaEndpoints } from './emergenza/index.ts'
import { findDocumentoRepertorio, repertoriEndpoints } from './repertori/index.ts'
import { ricercaEndpoints } from './ricerca/index.ts'
import { organizzazioneEndpoints } from './organizzazione/index.ts'
import { statisticheEndpoints } from './statistiche/index.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import { createBozzeMetadatiEndpoints, checkMetadatiChiusura, metadatiEndpoints } from './metadati/index.ts'
import { checkPraticaChiusura, praticheEndpoints } from './pratiche/index.ts'
import { procedimentiEndpoints } from './procedimenti/index.ts'
import { pecEndpoints } from './pec/index.ts'
import { protocolloEndpoints } from './protocollo/index.ts'
import { scartoEndpoints } from './scarto/index.ts'
import { scrivaniaEndpoints } from './scrivania/index.ts'
import { sportelloEndpoints } from './sportello/index.ts'
import { suggerimentiEndpoints } from './suggerimenti/index.ts'
import { titolarioEndpoints } from './titolario/index.ts'

/** Every endpoint of the product. The router, the OpenAPI description, the role matrix test and the isolation test all read this list. */
export const endpoints: readonly Endpoint[] = [
  ...identitaEndpoints,
  ...entiEndpoints,
  ...titolarioEndpoints,
  ...documentiEndpoints,
  ...protocolloEndpoints,
  ...pecEndpoints,
  // The closing of a fascicolo asks the other rooms what they know against it; the filing, whether an unregistered document is theirs.
  ...createFascicoliEndpoints([checkMetadatiChiusura, checkPraticaChiusura], [findDocumentoRepertorio]),
  ...procedimentiEndpoints,
  ...praticheEndpoints,
  ...metadatiEndpoints,
  ...createBozzeMetadatiEndpoints(findBozzaFormata),
  ...conservazioneEndpoints,
  ...bozzeEndpoints,
  ...importazioniEndpoints,
  ...stampeEndpoints,
  ...registroEndpoints,
  ...emergenzaEndpoints,
  ...repertoriEndpoints,
  ...ricercaEndpoints,
  ...statisticheEndpoints,
  ...organizzazioneEndpoints,
  ...archivioEndpoints,
  ...arretratoEndpoints,
  ...suggerimentiEndpoints,
  ...scartoEndpoints,
  ...scrivaniaEndpoints,
  ...auditEndpoints,
  ...sportelloEndpoints,
]
