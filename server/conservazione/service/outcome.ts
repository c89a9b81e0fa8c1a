import { Readable } from 'node:stream'
import { RapportoIlleggibile, readRapporto } from '../../../metadata-schemas/rdv/index.ts'
import type { RapportoVersamento } from '../../../metadata-schemas/rdv/index.ts'
import { bodyAgentId } from '../../../metadata-schemas/sincro/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { insertContenuti } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { Unavailable } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import type { Conservatore } from '../../ports/conservatore.ts'
import { findIstantanea, findVersamento, lockVersamento, markInConservazione } from '../repository.ts'
import type { VersamentoRow } from '../repository.ts'
import { anomalia, judgeRapporto } from '../rules.ts'
import type { Giudizio } from '../rules.ts'
import { readIstantanea } from '../snapshot.ts'
import { moveVersamento, stopVersamento } from './move.ts'
import { isErroreConservatore } from './send.ts'

const AZIONI = { CONSERVATO: 'versamento-conservato', RIFIUTATO: 'versamento-rifiutato', ERRORE: 'versamento-in-errore' } as const

/**
 * Reads the rapporto di versamento, keeps it as received (REQ-CONS-110) and applies what it proves: CONSERVATO only for a positive report that cites the
 * SHA-256 of our index (REQ-CONS-101); one that cannot be linked to what we sent leaves an ERRORE. Throws Unavailable while there is no report yet, so that
 * the job asks again later; the package is never sent again for that (REQ-CONS-113). Idempotent: it works only on TRASMESSO.
 */
export async function readEsito(scope: Scope, id: string, ports: { store: ObjectStore; conservatore: Conservatore }): Promise<void> {
  const versamento = await findVersamento(scope, id)
  if (versamento === null || versamento.stato !== 'TRASMESSO') return
  const xml = await askReport(scope, versamento, ports.conservatore)
  if (xml === null) return
  const bytes = Buffer.from(xml, 'utf8')
  const stored = await ports.store.put(Readable.from([bytes]), { ente: scope.ente.id })
  const contenuto: NuovoContenuto = {
    id: newId(),
    ...stored,
    nome: `${versamento.idPdv}-rapporto.xml`,
    formato: { mime: 'application/xml', descrizione: 'Rapporto di versamento', firmato: 'nessuna', avvisi: [] },
  }
  const { rapporto, giudizio } = await judge(scope, versamento, bytes)
  await inTransaction(scope, async (tx) => {
    const row = await lockVersamento(tx, id)
    if (row === null || row.stato !== 'TRASMESSO') return
    await insertContenuti(tx, [contenuto])
    await moveVersamento(tx, id, 'TRASMESSO', {
      stato: giudizio.stato,
      columns: {
        rapporto_contenuto_id: contenuto.id,
        rapporto_ricevuto_il: now().toISOString(),
        ...(rapporto === null ? {} : { rapporto_id: rapporto.idRapporto, esito: giudizio.esito }),
        anomalie: giudizio.anomalie,
      },
      azione: AZIONI[giudizio.stato],
      dopo: { rapporto: rapporto?.idRapporto ?? null, improntaRapporto: stored.sha256, anomalie: giudizio.anomalie },
    })
    if (giudizio.stato === 'CONSERVATO' && row.fascicoloId !== null) await markInConservazione(tx, row.fascicoloId)
    if (giudizio.stato !== 'CONSERVATO')
      scope.log.error({ versamento: row.idPdv, ente: scope.ente.slug, stato: giudizio.stato }, 'versamento non conservato')
  })
}

async function askReport(scope: Scope, v: VersamentoRow, conservatore: Conservatore): Promise<string | null> {
  try {
    const risposta = await conservatore.report(v.idPdv)
    if (risposta === null) throw new Unavailable('rapporto-in-attesa', 'Il conservatore sta ancora esaminando il pacchetto.')
    return risposta.xml
  } catch (error) {
    if (!isErroreConservatore(error) || error.scambio === 'esito-ignoto' || error.scambio === 'non-inviato') throw error
    const codice = error.codice ?? error.scambio.toUpperCase()
    await inTransaction(scope, async (tx) => await stopVersamento(tx, v.id, 'TRASMESSO', [anomalia(codice, error.message)]))
    return null
  }
}

async function judge(scope: Scope, v: VersamentoRow, bytes: Buffer): Promise<{ rapporto: RapportoVersamento | null; giudizio: Giudizio }> {
  try {
    const rapporto = readRapporto(bytes)
    const istantanea = readIstantanea(await findIstantanea(scope, v.id))
    const giudizio = judgeRapporto(rapporto, {
      idPdv: v.idPdv,
      improntaIndice: v.improntaIndice ?? '',
      improntaPacchetto: v.improntaPacchetto ?? '',
      codiceIpa: istantanea.ente.codiceIpa,
      identificativo: bodyAgentId({ codiceFiscale: istantanea.ente.codiceFiscale }),
      documenti: istantanea.documenti.map((d) => d.id),
      trasmessoIl: v.trasmessoIl ?? now(),
    })
    return { rapporto, giudizio }
  } catch (error) {
    if (!(error instanceof RapportoIlleggibile)) throw error
    return { rapporto: null, giudizio: { stato: 'ERRORE', esito: '', anomalie: [anomalia('RDV_ILLEGGIBILE', error.message)] } }
  }
}
