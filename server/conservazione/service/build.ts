import { Readable } from 'node:stream'
import { composePacchetto, PacchettoNonComponibile, streamPacchetto } from '../../../metadata-schemas/pacchetto/index.ts'
import type { PacchettoComposto } from '../../../metadata-schemas/pacchetto/index.ts'
import { IdentificativoNonAmmesso, TestoNonRappresentabile } from '../../../metadata-schemas/sincro/index.ts'
import { ContentNotFound } from '../../../storage/index.ts'
import type { ObjectStore, Stored } from '../../../storage/index.ts'
import { insertContenuti } from '../../documenti/index.ts'
import type { NuovoContenuto } from '../../documenti/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { layoutPacchetto } from '../layout.ts'
import { findIstantanea, findVersamento, lockVersamento } from '../repository.ts'
import { anomalia } from '../rules.ts'
import type { Anomalia } from '../rules.ts'
import { readIstantanea } from '../snapshot.ts'
import { moveVersamento, stopVersamento } from './move.ts'

/**
 * Builds the package of a frozen versamento: index, metadata and files streamed into one ZIP in the store, every digest recomputed on the way
 * (REQ-CONS-026). A source that is not the frozen one, or is not there, stops the versamento with SORGENTE_ALTERATA or SORGENTE_ILLEGGIBILE: no package is
 * kept, not even a part. Idempotent: it works only on IN_PREPARAZIONE, and the same snapshot gives the same bytes (REQ-CONS-033).
 */
export async function buildSip(scope: Scope, id: string, store: ObjectStore): Promise<void> {
  const versamento = await findVersamento(scope, id)
  if (versamento === null || versamento.stato !== 'IN_PREPARAZIONE') return
  const istantanea = readIstantanea(await findIstantanea(scope, id))
  const built = await compose(() =>
    composePacchetto(layoutPacchetto(istantanea, versamento.idPdv, async (sha256) => await store.open(scope.ente.id, sha256))),
  )
  const stored = 'anomalie' in built ? built : await writePackage(scope, store, built)
  if ('anomalie' in stored) {
    await inTransaction(scope, async (tx) => await stopVersamento(tx, id, 'IN_PREPARAZIONE', stored.anomalie))
    return
  }
  const composto = built as PacchettoComposto
  const indice = await store.put(Readable.from([Buffer.from(composto.indice.xml, 'utf8')]), { ente: scope.ente.id })
  const parts: Parti = {
    indice: toContenuto(indice, `${versamento.idPdv}-PIndex.xml`, 'application/xml', 'Indice del pacchetto di versamento'),
    pacchetto: toContenuto(stored, `${versamento.idPdv}.zip`, 'application/zip', 'Pacchetto di versamento'),
  }
  await inTransaction(scope, async (tx) => await recordBuilt(tx, id, parts, composto))
}

async function recordBuilt(tx: TxScope, id: string, { indice, pacchetto }: Parti, composto: PacchettoComposto): Promise<void> {
  const row = await lockVersamento(tx, id)
  if (row === null || row.stato !== 'IN_PREPARAZIONE') return
  await insertContenuti(tx, [indice, pacchetto])
  await moveVersamento(tx, id, 'IN_PREPARAZIONE', {
    stato: 'PRONTO',
    columns: {
      impronta_indice: indice.sha256,
      impronta_pacchetto: pacchetto.sha256,
      dimensione: pacchetto.dimensione,
      indice_contenuto_id: indice.id,
      pacchetto_contenuto_id: pacchetto.id,
      anomalie: composto.avvisi.map((testo) => anomalia('TESTO_SOSTITUITO', testo, '', 'AVVISO')),
    },
    azione: 'pacchetto-composto',
    dopo: { improntaIndice: indice.sha256, improntaPacchetto: pacchetto.sha256, avvisi: composto.avvisi },
  })
  tx.emit({ tipo: 'versamentoPronto', id })
}

interface Parti {
  readonly indice: NuovoContenuto
  readonly pacchetto: NuovoContenuto
}

function toContenuto(stored: Stored, nome: string, mime: string, descrizione: string): NuovoContenuto {
  return { id: newId(), ...stored, nome, formato: { mime, descrizione, firmato: 'nessuna', avvisi: [] } }
}

interface Fermo {
  readonly anomalie: readonly Anomalia[]
}

/** Faults of the data, as reasons to stop; anything else is thrown and the job is tried again. */
async function compose<T>(work: () => T | Promise<T>): Promise<T | Fermo> {
  try {
    return await work()
  } catch (error) {
    const fermo = toFermo(error)
    if (fermo === null) throw error
    return fermo
  }
}

function toFermo(error: unknown): Fermo | null {
  if (error instanceof IdentificativoNonAmmesso) return { anomalie: [anomalia('IDENTIFICATIVO', error.message)] }
  if (error instanceof TestoNonRappresentabile) return { anomalie: [anomalia('TESTO', error.message)] }
  if (!(error instanceof PacchettoNonComponibile)) return null
  // A store that does not answer now is not a missing file: the job will find it later.
  if (error.codice === 'SORGENTE_ILLEGGIBILE' && !(error.cause instanceof ContentNotFound)) return null
  const codice = error.codice === 'INDICE' ? 'C-INDICE' : error.codice
  return { anomalie: [anomalia(codice, error.message, error.percorso ?? '')] }
}

/** Streams the container into the store; a container that breaks leaves nothing there. */
async function writePackage(scope: Scope, store: ObjectStore, composto: PacchettoComposto): Promise<Stored | Fermo> {
  const scrittura = streamPacchetto(composto)
  return await compose(async () => {
    try {
      return await store.put(scrittura.flusso, { ente: scope.ente.id })
    } catch (error) {
      scrittura.flusso.destroy()
      // The store says that the stream broke; the container says why.
      throw await scrittura.esito.then(
        () => error,
        (reason: unknown) => (reason instanceof PacchettoNonComponibile ? reason : error),
      )
    }
  })
}
