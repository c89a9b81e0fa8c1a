import { Readable } from 'node:stream'
import { buildTitolario, parseTitolarioCsv, writeTitolarioCsv } from '../../../titolario/index.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { assertManages } from '../policy.ts'
import { toPlan } from '../presenter.ts'
import { findVersioneInForce, findVoci } from '../repository.ts'
import type { ImportazioneIn, RapportoDto } from '../schema.ts'
import { insertVersione } from './adozione.ts'
import { aooOf, nextInizio, writePlan } from './bozze.ts'
import { readVersione } from './versioni.ts'

/** Times without the act that approved them are none. */
const AVVISO_TEMPI = {
  gravita: 'avviso' as const,
  riga: 0,
  colonna: 'conservazione_anni',
  messaggio: 'I tempi di conservazione non si importano da qui: hanno il loro atto, si importano con il piano di conservazione.',
}

const livelliOf = (n: number) => Array.from({ length: n }, (_, i) => ({ livello: i + 1, nome: `livello ${i + 1}` }))

/**
 * Reads a plan from CSV and reports all that is wrong with it, line by line; when it is not a trial and nothing is wrong, makes a draft of it linked to the
 * version in force. Throws Forbidden.
 */
export async function importTitolario(scope: Scope, input: ImportazioneIn): Promise<RapportoDto> {
  assertManages(scope.attore)
  const { valido, rilievi, perLivello, titolario } = parseTitolarioCsv(input.csv, livelliOf(input.livelli))
  const tempi = titolario?.voci.some((v) => v.conservazioneAnni !== null) === true ? [AVVISO_TEMPI] : []
  const rapporto = {
    valido,
    rilievi: [...tempi, ...rilievi.map((r) => ({ ...r, colonna: r.colonna ?? null }))],
    perLivello: [...perLivello],
    bozzaId: null,
  }
  if (input.prova || titolario === null) return rapporto
  const bozzaId = await inTransaction(scope, async (tx) => {
    const base = await findVersioneInForce(tx)
    const id = await insertVersione(tx, {
      aooId: await aooOf(tx),
      denominazione: input.denominazione,
      dal: await nextInizio(tx),
      livelli: input.livelli,
      origine: 'csv',
      baseId: base?.id ?? null,
    })
    await writePlan(tx, id, base?.id ?? null, titolario)
    tx.audit({
      azione: 'titolario-bozza-creata',
      oggettoTipo: 'titolario',
      oggettoId: id,
      dopo: { denominazione: input.denominazione, origine: 'csv', voci: titolario.voci.length },
    })
    return id
  })
  return { ...rapporto, bozzaId }
}

/** A version in our CSV layout, with everything its voices carry: what the import reads back equal. */
export async function exportTitolario(scope: Scope, id: string): Promise<FileReply> {
  const csv = await inReadTransaction(scope, async (s) => {
    const { versione } = await readVersione(s, id)
    const piano = toPlan((await findVoci(s, id)).filter((v) => !v.chiusa))
    return { nome: `titolario-${versione.numero}.csv`, testo: writeTitolarioCsv(buildTitolario(piano.voci, livelliOf(5))) }
  })
  const bytes = Buffer.from(csv.testo, 'utf8')
  return new FileReply({ nome: csv.nome, tipo: 'text/csv; charset=utf-8', stream: Readable.from([bytes]), dimensione: bytes.length })
}
