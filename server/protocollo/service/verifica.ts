import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay } from '../../kernel/time.ts'
import { findAvvisi } from '../controlli.ts'
import { findDoppioni } from '../duplicati.ts'
import type { AvvisoDto, VerificaDto } from '../schema/arrivo.ts'
import type { NuovaRegistrazione } from '../schema/nuova.ts'
import { buildAtto } from './atto.ts'
import { loadRiferimenti } from './membro.ts'
import type { Membro, Riferimenti } from './membro.ts'

/**
 * What a registration would meet, without making it: runs every check of the act, warns of personal data in the oggetto (REQ-PROT-157) and of an arrival on
 * another day, proposes the registrations that may be of the same document (REQ-PROT-016). Writes nothing, consumes no number.
 */
export async function verifyRegistrazione(scope: Scope, input: NuovaRegistrazione): Promise<VerificaDto> {
  const membro: Membro = { scope, input, chiave: newId(), richiesta: '', opzioni: {} }
  return await inReadTransaction(scope, async (s) => {
    const riferimenti = await loadRiferimenti(s as TxScope, input.registroId ?? null, [membro])
    const campi = tryAtto(scope, membro, riferimenti)
    return {
      valida: campi.length === 0,
      campi: [...campi],
      avvisi: [...findAvvisi(input), ...avvisiOfArrivo(input)],
      doppioni: 'mittenti' in input ? await proposeDoppioni(s, input, riferimenti) : [],
    }
  })
}

function tryAtto(scope: Scope, membro: Membro, riferimenti: Riferimenti): readonly CampoErrato[] {
  try {
    buildAtto(scope.ente, membro, riferimenti, now())
    return []
  } catch (error) {
    if (!(error instanceof FaldoneError)) throw error
    return error.campi.length > 0 ? error.campi : [{ campo: error.status === 404 ? 'documento' : 'tipo', messaggio: error.message }]
  }
}

function avvisiOfArrivo(input: NuovaRegistrazione): AvvisoDto[] {
  if (!('mittenti' in input) || romeDay(new Date(input.dataArrivo)) === romeDay(now())) return []
  return [
    {
      campo: 'dataArrivo',
      codice: 'scostamento-18bis',
      messaggio:
        'Il documento è arrivato in un altro giorno: i termini decorrono dall’arrivo e lo scostamento viene segnalato (L. 241, art. 18-bis).',
    },
  ]
}

async function proposeDoppioni(s: Scope, input: Extract<NuovaRegistrazione, { mittenti: unknown }>, r: Riferimenti) {
  const hash = (contenutoId: string | undefined): string => (contenutoId === undefined ? '' : (r.contenuti.get(contenutoId)?.sha256 ?? ''))
  return await findDoppioni(s, {
    improntaPrincipale: hash(input.documento?.contenutoId),
    impronte: [...r.contenuti.values()].map((c) => c.sha256),
    mittenti: input.mittenti,
    protocolloMittente: input.protocolloMittente,
    oggetto: input.oggetto,
    mezzo: input.mezzo,
    dataArrivo: input.dataArrivo,
  })
}
