import { bodyAgentId, IdentificativoNonAmmesso, personAgentId } from '../../../metadata-schemas/sincro/index.ts'
import { anomalia } from '../rules.ts'
import type { Anomalia } from '../rules.ts'

/** Fiscal codes the index needs and could not carry: better said before anything is frozen (REQ-CONS-046). */
export function identityFaults(codiceFiscaleEnte: string, responsabile: { readonly codiceFiscale: string } | null): Anomalia[] {
  const checks = [
    () => bodyAgentId({ codiceFiscale: codiceFiscaleEnte }),
    ...(responsabile === null ? [] : [() => personAgentId(responsabile.codiceFiscale)]),
  ]
  return checks.flatMap((check) => {
    try {
      check()
      return []
    } catch (error) {
      if (error instanceof IdentificativoNonAmmesso) return [anomalia('IDENTIFICATIVO', error.message)]
      throw error
    }
  })
}
