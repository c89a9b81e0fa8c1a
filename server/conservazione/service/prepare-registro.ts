import { composeIdPdv } from '../../../metadata-schemas/sincro/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeYear } from '../../kernel/time.ts'
import { findResponsabileGestione } from '../../metadati/index.ts'
import { findRegistroDaVersare, recordPassoWithin } from '../../registro/index.ts'
import type { RegistroDaVersare } from '../../registro/index.ts'
import { lockUltimoTentativo, takeProgressivo, updateVersamento } from '../repository.ts'
import { anomalia, fileFaults } from '../rules.ts'
import { identityFaults } from './faults.ts'
import type { Anomalia } from '../rules.ts'
import { textDigest, writeIstantanea } from '../snapshot.ts'
import type { Istantanea } from '../snapshot.ts'

type Responsabile = NonNullable<Awaited<ReturnType<typeof findResponsabileGestione>>>

/**
 * Freezes a daily register for the conservatore as soon as it is produced (REQ-PROT-105): the very files that were produced, metadata, produttore in charge.
 * A register that was refused is frozen again in a package of its own, the document identical (REQ-PROT-106). Under way or preserved, nothing happens.
 */
export async function prepareRegistro(scope: Scope, id: string): Promise<void> {
  const istante = now()
  const letto = await inReadTransaction(scope, async (s) => ({
    registro: await findRegistroDaVersare(s, id),
    responsabile: await findResponsabileGestione(s, romeDay(istante)),
  }))
  const { registro, responsabile } = letto
  if (registro === null) return
  const anomalie = faults(scope, registro, responsabile)
  const istantanea = anomalie.length > 0 || responsabile === null ? null : toIstantanea(scope, registro, responsabile, istante)
  const vuoti = istantanea === null ? [] : fileFaults(istantanea)
  const frozen = vuoti.length > 0 ? null : istantanea
  await inTransaction(scope, async (tx) => await freeze(tx, registro, responsabile, frozen, [...anomalie, ...vuoti], istante))
}

function faults(scope: Scope, r: RegistroDaVersare, responsabile: Responsabile | null): Anomalia[] {
  return [
    ...r.metadati.esiti.filter((e) => e.errore).map((e) => anomalia(e.regola, e.messaggio, `${r.riga.identificativo} ${e.percorso}`)),
    ...(responsabile === null
      ? [
          anomalia(
            'PRODUTTORE_ASSENTE',
            'Nessuno è oggi in carica come responsabile della gestione documentale: nominalo, poi ripeti il versamento.',
          ),
        ]
      : []),
    ...identityFaults(scope.ente.codiceFiscale, responsabile),
  ]
}

function toIstantanea(scope: Scope, r: RegistroDaVersare, responsabile: Responsabile, istante: Date): Istantanea {
  const { nome, cognome, codiceFiscale, atto } = responsabile
  const { riga, registro } = r
  const xml = r.metadati.xml ?? ''
  return {
    versione: 1,
    istante: istante.toISOString(),
    ente: {
      denominazione: scope.ente.denominazione,
      codiceIpa: scope.ente.codiceIpa,
      codiceFiscale: scope.ente.codiceFiscale,
      codiceAoo: registro.aooCodice,
      denominazioneAoo: registro.aooDenominazione,
    },
    produttore: { nome, cognome, codiceFiscale, atto },
    registro: { id: riga.id, identificativo: riga.identificativo, oggetto: riga.oggetto },
    documenti: [
      {
        id: riga.identificativo,
        etichetta: riga.identificativo,
        descrizione: riga.oggetto,
        metadati: { xml, sha256: textDigest(xml) },
        file: [
          { ...r.principale, id: riga.identificativo, ruolo: 'principale' as const },
          ...r.allegati.map(({ id, nome, mime, sha256, dimensione }) => ({
            id,
            nome,
            mime,
            sha256,
            dimensione,
            ruolo: 'allegato' as const,
          })),
        ],
      },
    ],
  }
}

async function freeze(
  tx: TxScope,
  r: RegistroDaVersare,
  responsabile: Responsabile | null,
  istantanea: Istantanea | null,
  anomalie: readonly Anomalia[],
  istante: Date,
): Promise<void> {
  const last = await lockUltimoTentativo(tx, r.riga.id)
  if (last !== null && last.stato !== 'RIFIUTATO' && (last.congelato || last.stato !== 'ERRORE')) return
  const again = last !== null && last.stato !== 'RIFIUTATO'
  const columns = {
    stato: istantanea === null ? ('ERRORE' as const) : ('IN_PREPARAZIONE' as const),
    istantanea: istantanea === null ? '' : writeIstantanea(istantanea),
    produttore_nome: responsabile === null ? '' : `${responsabile.nome} ${responsabile.cognome}`,
    produttore_codice_fiscale: responsabile?.codiceFiscale ?? '',
  }
  const id = again ? last.id : newId()
  const idPdv = again ? last.idPdv : await assignIdPdv(tx, r, istante)
  if (again) await updateVersamento(tx, id, { ...columns, anomalie })
  else
    await insertRows(tx, 'versamento', [
      {
        id,
        registro_giornaliero_id: r.riga.id,
        tentativo: (last?.tentativo ?? 0) + 1,
        id_pdv: idPdv,
        ...columns,
        creato_il: istante.toISOString(),
        anomalie: json(anomalie),
      },
    ])
  tx.audit({
    azione: istantanea === null ? 'versamento-bloccato' : 'versamento-preparato',
    oggettoTipo: 'versamento',
    oggettoId: id,
    dopo: { idPdv, stato: columns.stato, registro: r.riga.identificativo, anomalie },
  })
  if (istantanea !== null) tx.emit({ tipo: 'versamentoPreparato', id })
  else await recordPassoWithin(tx, r.riga.id, 'errore', { riferimento: idPdv, dettaglio: anomalie.map((a) => a.messaggio).join(' ') })
}

async function assignIdPdv(tx: TxScope, { registro }: RegistroDaVersare, istante: Date): Promise<string> {
  const progressivo = await takeProgressivo(tx, registro.aooId, romeYear(istante))
  return composeIdPdv({ ipa: tx.ente.codiceIpa, aoo: registro.aooCodice, giorno: romeDay(istante), progressivo })
}
