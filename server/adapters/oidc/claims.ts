import type { DestinatarioAccesso, IdentitaEsterna, RifiutoIdentita } from '../../ports/identita.ts'
import { nonValida, senzaSchemaOLivello } from './rifiuti.ts'

/** Names under which issuers give the same fact, tried in order. */
const NOMI = {
  codiceFiscale: [
    'https://attributes.eid.gov.it/fiscal_number',
    'https://attributes.spid.gov.it/fiscal_number',
    'fiscal_number',
    'fiscalNumber',
    'codice_fiscale',
  ],
  schema: ['schema', 'schema_originario'],
  nome: ['given_name'],
  cognome: ['family_name'],
} as const

const SCHEMI: ReadonlySet<string> = new Set(['spid', 'cie', 'cns', 'eidas', 'sviluppo'])

const LIVELLI: Readonly<Record<string, 1 | 2 | 3>> = {
  'https://www.spid.gov.it/SpidL1': 1,
  'https://www.spid.gov.it/SpidL2': 2,
  'https://www.spid.gov.it/SpidL3': 3,
  'http://eidas.europa.eu/LoA/low': 1,
  'http://eidas.europa.eu/LoA/substantial': 2,
  'http://eidas.europa.eu/LoA/high': 3,
}

/**
 * The identity in a set of verified claims. A citizen's needs a level we know and an original scheme of CAD art. 64 (REQ-ID-017); people of the offices
 * are identified by their administration's own issuer, which may state neither.
 */
export function readIdentity(claims: Readonly<Record<string, unknown>>, per: DestinatarioAccesso): IdentitaEsterna | RifiutoIdentita {
  const emittente = text(claims, ['iss'])
  const soggetto = text(claims, ['sub'])
  if (emittente === null || soggetto === null) return nonValida()
  const stated = text(claims, NOMI.schema)?.toLowerCase() ?? ''
  const schema = SCHEMI.has(stated) ? stated : null
  const livello = LIVELLI[text(claims, ['acr']) ?? ''] ?? null
  if (per === 'cittadino' && (schema === null || livello === null)) return senzaSchemaOLivello()
  return {
    schema: schema ?? 'oidc',
    emittente,
    soggetto,
    codiceFiscale: text(claims, NOMI.codiceFiscale),
    nome: text(claims, NOMI.nome) ?? '',
    cognome: text(claims, NOMI.cognome) ?? '',
    livello,
  }
}

function text(claims: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = claims[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}
