import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'

/** An authorised correction of the oggetto, as its rows stand after both steps. */
export async function writeRettifica(scope: Scope, registrazioneId: string, prima: string, dopo: string): Promise<void> {
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await insertRows(tx, 'rettifica', [
      {
        id,
        registrazione_id: registrazioneId,
        campo: 'oggetto',
        posizione: 0,
        valore_annullato: prima,
        valore_corretto: dopo,
        dati: null,
        motivo: 'Errore di battitura',
        richiesto_il: new Date().toISOString(),
        richiedente_id: scope.attore.id,
        richiedente_nome: scope.attore.nome,
      },
    ])
    await insertRows(tx, 'decisione_atto', [decisione(scope, id, registrazioneId, 'rettifica')])
  })
}

/** An authorised annulment, as its rows stand after both steps. */
export async function writeAnnullamento(scope: Scope, registrazioneId: string): Promise<void> {
  const id = newId()
  await inTransaction(scope, async (tx) => {
    await insertRows(tx, 'annullamento', [
      {
        id,
        registrazione_id: registrazioneId,
        motivo: 'File sbagliato',
        richiesto_il: new Date().toISOString(),
        richiedente_id: scope.attore.id,
        richiedente_nome: scope.attore.nome,
      },
    ])
    await insertRows(tx, 'decisione_atto', [decisione(scope, id, registrazioneId, 'annullamento')])
  })
}

function decisione(scope: Scope, id: string, registrazioneId: string, atto: string): Record<string, unknown> {
  return {
    id,
    registrazione_id: registrazioneId,
    atto,
    esito: 'AUTORIZZATO',
    provvedimento_numero: '12/2026',
    provvedimento_data: '2026-02-03',
    motivo: '',
    conferma_destinatario: false,
    deciso_il: new Date().toISOString(),
    decisore_id: scope.attore.id,
    decisore_nome: scope.attore.nome,
  }
}
