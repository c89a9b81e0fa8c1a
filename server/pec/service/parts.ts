import type { ObjectStore } from '../../../storage/index.ts'
import { readSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import type { SoggettoSegnatura } from '../../../metadata-schemas/segnatura/index.ts'
import { storeBuffer } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import type { Scope } from '../../kernel/scope.ts'
import { soggettoDto } from '../../protocollo/index.ts'
import type { SoggettoDto } from '../../protocollo/index.ts'
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
  return { contenuti, parti, segnatura: readDichiarazione(message) }
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

/** What the sender's own segnatura says of the document; only to pre-fill, nothing is applied without a person (REQ-SEGN-047, REQ-PROT-044). */
function readDichiarazione(message: Messaggio): AnalisiSalvata['segnatura'] {
  const part = message.parti.find((item) => item.ruolo === 'segnatura')
  if (part === undefined) return null
  try {
    const { identificatore, oggetto, mittente, riservato } = readSegnatura(part.contenuto())
    return {
      numero: identificatore?.numero ?? null,
      data: identificatore?.data ?? null,
      oggetto: oggetto ?? null,
      mittente: mittente === undefined ? null : toSoggetto(mittente),
      riservato,
    }
  } catch {
    return null
  }
}

/** The sender of a segnatura as a correspondent; null when a name it cannot do without is missing. */
function toSoggetto(s: SoggettoSegnatura): SoggettoDto | null {
  const indirizzo = (s.tipo === 'PAI' ? [...(s.indirizziAoo ?? []), ...(s.indirizzi ?? [])] : (s.indirizzi ?? [])).find(
    (i) => (i.tipo ?? 'smtp') === 'smtp',
  )
  const base = indirizzo === undefined ? {} : { indirizzoDigitale: indirizzo.valore }
  const parsed = soggettoDto.safeParse(
    s.tipo === 'PF'
      ? { tipo: 'PF', nome: s.nome, cognome: s.cognome, codiceFiscale: s.codiceFiscale, ...base }
      : s.tipo === 'PG'
        ? { tipo: 'PG', denominazione: s.denominazione, codiceFiscalePartitaIva: s.codiceFiscalePartitaIva, ...base }
        : s.tipo === 'PAI'
          ? {
              tipo: 'PAI',
              denominazione: s.denominazione,
              codiceIpa: s.codiceIpa,
              codiceAoo: s.codiceAoo,
              denominazioneAoo: s.denominazioneAoo,
              ...base,
            }
          : { tipo: 'PAE', denominazione: s.denominazione, ...base },
  )
  return parsed.success ? parsed.data : null
}
