import { entiEndpoints } from './enti/index.ts'
import { identitaEndpoints } from './identita/index.ts'
import type { Endpoint } from './kernel/endpoint.ts'

/** Every endpoint of the product. The router, the OpenAPI description, the role matrix test and the isolation test all read this list. */
export const endpoints: readonly Endpoint[] = [...identitaEndpoints, ...entiEndpoints]
