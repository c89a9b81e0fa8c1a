import type { ObjectStore } from '../../../storage/index.ts'
import { readSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Messaggio, ParteMessaggio } from '../busta/index.ts'
import type { AnalisiSalvata, ParteSalvata } from '../rules.ts'

const STAGED = ['allegato', 'corpo', 'daticert', 'segnatura', 'originale'] as const

export interface PartiPronte {
  /** Rows to write, the raw message first. */
  contenuti: NuovoContenuto[]
  parti: ParteSalvata[]
  segnatura: AnalisiSalvata['segnatura']
}

/**
 * Puts the decoded bytes of the parts in the store, unaltered and each with its own digest (REQ-PROT-025, REQ-PEC-009), and describes them from their
 * bytes. The gestore's own explanation and signature stay inside the raw message, which is the first part. Nothing is written in the database.
 */
export async function stageParti(scope: Scope, store: ObjectStore, message: Messaggio, raw: NuovoContenuto): Promise<PartiPronte> {
  const contenuti: NuovoContenuto[] = [raw]
  const parti: ParteSalvata[] = []
  for (const part of message.parti) {
    if (part.percorso === '') {
      parti.push(describePart(part, raw))
      continue
    }
    if (part.ruolo === null || !(STAGED as readonly string[]).includes(part.ruolo)) continue
    const contenuto = await storeBuffer(scope, store, part.contenuto(), part.nome)
    contenuti.push(contenuto)
    parti.push(describePart(part, contenuto))
  }
  return { contenuti, parti, segnatura: readNumero(message) }
}

function describePart(part: ParteMessaggio, contenuto: NuovoContenuto): ParteSalvata {
  const { percorso, padre, nomeOriginale, inLinea, principaleProposto } = part
  return {
    id: contenuto.id,
    percorso,
    padre,
    nome: contenuto.nome,
    nomeOriginale,
    mime: contenuto.formato.mime,
    dimensione: contenuto.dimensione,
    sha256: contenuto.sha256,
    ruolo: part.ruolo ?? 'busta',
    inLinea,
    firmato: contenuto.formato.firmato,
    principaleProposto,
    avvisi: [...part.avvisi, ...contenuto.formato.avvisi],
  }
}

/** Number and date the sender's own protocol gave, from the segnatura; only to pre-fill, nothing is applied without a person (REQ-SEGN-047). */
function readNumero(message: Messaggio): AnalisiSalvata['segnatura'] {
  const part = message.parti.find((item) => item.ruolo === 'segnatura')
  if (part === undefined) return null
  try {
    const { identificatore } = readSegnatura(part.contenuto())
    return identificatore === undefined ? null : { numero: identificatore.numero, data: identificatore.data }
  } catch {
    return null
  }
}
