import { composeIdPdv } from '../../../metadata-schemas/sincro/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import { emitDocumento, emitFascicolo, findFascicoloFatti, findResponsabileGestione } from '../../metadati/index.ts'
import type { FascicoloFatti } from '../../metadati/index.ts'
import { findAnnessi, findPrecedente, lockFascicolo, lockVersamentoOf, takeProgressivo, updateVersamento } from '../repository.ts'
import { anomalia, fileFaults, metadataFaults } from '../rules.ts'
import { identityFaults } from './faults.ts'
import type { Anomalia } from '../rules.ts'
import { toIstantanea, writeIstantanea } from '../snapshot.ts'
import type { Annesso, Istantanea } from '../snapshot.ts'

/** Closed, wherever the paper of it is by now. */
const CONCLUSI: readonly string[] = ['CHIUSO', 'IN_DEPOSITO', 'STORICO']

type Responsabile = NonNullable<Awaited<ReturnType<typeof findResponsabileGestione>>>

interface Letto {
  readonly fascicolo: FascicoloFatti
  readonly responsabile: Responsabile | null
  readonly annessi: readonly Annesso[]
  readonly precedente: Awaited<ReturnType<typeof findPrecedente>>
}

/** What was rendered: a snapshot, or every reason why there is none (REQ-CONS-080). */
type Esame =
  | { readonly istantanea: Istantanea; readonly anomalie: null }
  | { readonly istantanea: null; readonly anomalie: readonly Anomalia[] }

/**
 * Freezes a closed fascicolo for the conservatore: idPdV, snapshot of files by digest, metadata rendered once (REQ-CONS-025, 030, 060), produttore in charge
 * today (REQ-CONS-002). What cannot be frozen leaves the versamento in ERRORE with every reason and remedy. Once for each version of the fascicolo: repeating
 * it changes nothing. Locks the fascicolo.
 */
export async function prepareVersamento(scope: Scope, fascicoloId: string): Promise<void> {
  const letto = await readFascicolo(scope, fascicoloId)
  if (letto === null || !CONCLUSI.includes(letto.fascicolo.stato)) return
  const istante = now()
  // Rendering and validating take time: they happen on what was read, and the lock below checks that it is still the same version.
  const esame = examine(scope, letto, istante)
  await inTransaction(scope, async (tx) => await freeze(tx, letto, esame, istante))
}

async function readFascicolo(scope: Scope, id: string): Promise<Letto | null> {
  return await inReadTransaction(scope, async (s) => {
    const fascicolo = await findFascicoloFatti(s, id)
    if (fascicolo === null) return null
    const responsabile = await findResponsabileGestione(s, romeDay(now()))
    return {
      fascicolo,
      responsabile,
      precedente: await findPrecedente(s, id, fascicolo.versione),
      annessi: await findAnnessi(
        s,
        fascicolo.documenti.map((d) => d.id),
      ),
    }
  })
}

function examine(scope: Scope, { fascicolo, responsabile, annessi, precedente }: Letto, istante: Date): Esame {
  const oggi = romeDay(istante)
  const agg = emitFascicolo(fascicolo, oggi)
  const dai = fascicolo.documenti.map((d) => ({ d, esito: emitDocumento(d, oggi) }))
  const anomalie = [
    ...metadataFaults(`Fascicolo ${fascicolo.codice}:`, agg.esiti),
    ...dai.flatMap(({ d, esito }) => metadataFaults(`Documento ${d.registrazione?.segnatura ?? d.id}:`, esito.esiti)),
  ]
  if (responsabile === null) {
    anomalie.push(
      anomalia(
        'PRODUTTORE_ASSENTE',
        'Nessuno è oggi in carica come responsabile della gestione documentale: nominalo, poi ripeti il versamento.',
      ),
    )
  }
  anomalie.push(...identityFaults(scope.ente.codiceFiscale, responsabile))
  if (anomalie.length > 0 || responsabile === null || agg.xml === null) return { istantanea: null, anomalie }
  const { nome, cognome, codiceFiscale, atto } = responsabile
  const istantanea = toIstantanea({
    istante,
    codiceFiscaleEnte: scope.ente.codiceFiscale,
    produttore: { nome, cognome, codiceFiscale, atto },
    fascicolo,
    metadatiFascicolo: agg.xml,
    metadatiDocumenti: new Map(dai.map(({ d, esito }) => [d.id, esito.xml ?? ''])),
    annessi,
    precedente,
  })
  const vuoti = fileFaults(istantanea)
  return vuoti.length > 0 ? { istantanea: null, anomalie: vuoti } : { istantanea, anomalie: null }
}

async function freeze(tx: TxScope, letto: Letto, esame: Esame, istante: Date): Promise<void> {
  const { fascicolo, responsabile } = letto
  const locked = await lockFascicolo(tx, fascicolo.id)
  if (locked === null || !CONCLUSI.includes(locked.stato)) return
  if (locked.versione !== fascicolo.versione) throw new Error('the fascicolo changed while it was being read: try again')
  const existing = await lockVersamentoOf(tx, fascicolo.id, fascicolo.versione)
  if (existing !== null && (existing.congelato || existing.stato !== 'ERRORE')) return
  const produttore = {
    produttore_nome: responsabile === null ? '' : `${responsabile.nome} ${responsabile.cognome}`,
    produttore_codice_fiscale: responsabile?.codiceFiscale ?? '',
  }
  const istantanea = esame.istantanea === null ? '' : writeIstantanea(esame.istantanea)
  const stato = esame.istantanea === null ? 'ERRORE' : 'IN_PREPARAZIONE'
  const id = existing?.id ?? newId()
  const idPdv = existing?.idPdv ?? (await assignIdPdv(tx, locked.aooId, fascicolo, istante))
  if (existing === null) {
    await insertRows(tx, 'versamento', [
      {
        id,
        fascicolo_id: fascicolo.id,
        fascicolo_versione: fascicolo.versione,
        id_pdv: idPdv,
        stato,
        istantanea,
        ...produttore,
        creato_il: istante.toISOString(),
        anomalie: json(esame.anomalie ?? []),
      },
    ])
  } else {
    await updateVersamento(tx, id, { stato, istantanea, ...produttore, anomalie: esame.anomalie ?? [] })
  }
  tx.audit({
    azione: esame.istantanea === null ? 'versamento-bloccato' : 'versamento-preparato',
    oggettoTipo: 'versamento',
    oggettoId: id,
    fascicoloId: fascicolo.id,
    dopo: { idPdv, stato, anomalie: esame.anomalie ?? [] },
  })
  if (esame.istantanea !== null) tx.emit({ tipo: 'versamentoPreparato', id })
}

/** The identifier of the package, given once and stored before any byte exists (REQ-CONS-030). */
async function assignIdPdv(tx: TxScope, aooId: string, fascicolo: FascicoloFatti, istante: Date): Promise<string> {
  const progressivo = await takeProgressivo(tx, aooId, romeYear(istante))
  return composeIdPdv({ ipa: fascicolo.ente.codiceIpa, aoo: fascicolo.ente.aoo.codice, giorno: romeDay(istante), progressivo })
}
