// Metadata of the tests: a document in no register inside a fascicolo, and metadata files as another system writes them.
import { buildDai, amministrazione, improntaOf, organizzazione, writeModello } from '../../metadata-schemas/allegato5/index.ts'
import { createDocumentoWithin } from '../../server/documenti/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, queryOne } from '../../server/kernel/scope.ts'
import type { Scope } from '../../server/kernel/scope.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { buildPdf, stage } from './factories.ts'

/** Puts a document that nobody registered into a fascicolo. Its id. */
export async function fileNonRegistrato(scope: Scope, store: ObjectStore, fascicoloId: string, oggetto: string): Promise<string> {
  const contenutoId = await stage(scope, store, await buildPdf(`Nota ${newId()}`), 'nota.pdf')
  return await inTransaction(scope, async (tx) => {
    const f = await queryOne<{ aooId: string; voceId: string }>(
      tx,
      'select aoo_id as "aooId", voce_id as "voceId" from fascicolo where ente_id = $1 and id = $2',
      [tx.ente.id, fascicoloId],
    )
    if (f === null) throw new Error('no such fascicolo')
    const { id } = await createDocumentoWithin(tx, {
      aooId: f.aooId,
      voceId: f.voceId,
      oggetto,
      tipologia: 'Nota interna',
      formazione: 'redatto',
      riservatezza: 'ORDINARIO',
      dataDocumento: null,
      principale: { contenutoId, nome: 'nota.pdf', descrizione: '' },
      allegati: [],
      annessi: [],
    })
    await insertRows(tx, 'fascicolo_documento', [
      {
        id: newId(),
        fascicolo_id: fascicoloId,
        documento_id: id,
        area: 'comune',
        principale: true,
        inserito_il: new Date().toISOString(),
        inserito_da: tx.attore.id,
        tolto_il: null,
      },
    ])
    return id
  })
}

/** A DAI as another system wrote it; `impronta` is that of its file, any bytes by default. */
export function daiEstraneo(changes: { identificativo?: string; oggetto?: string; bytes?: Buffer; numero?: string } = {}): string {
  const ente = amministrazione(
    { denominazione: 'Comune di Roccapallida', codice: 'c_x903' },
    { denominazione: 'Area unica', codice: 'AX90301' },
    ['protocollo@pec.roccapallida.example'],
  )
  const numero = changes.numero ?? '0000033'
  return writeModello(
    buildDai({
      idDoc: {
        impronta: improntaOf(changes.bytes ?? Buffer.from('altro sistema')),
        identificativo: changes.identificativo ?? newId(),
        segnatura: `c_x903|AX90301|PG|2019-05-06|${numero}|E`,
      },
      modalita: 'b',
      tipologiaDocumentale: 'Istanza',
      flusso: 'E',
      registro: { tipo: 'protocollo', data: '2019-05-06', numero, codiceRegistro: 'PG' },
      soggetti: [
        { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: ente },
        { ruolo: 'Mittente', soggetto: organizzazione('Segheria Ombrosa', '01234567897') },
      ],
      chiaveDescrittiva: { oggetto: changes.oggetto ?? 'Occupazione di suolo' },
      classificazione: { indice: 'IV/1', descrizione: 'Demanio e patrimonio' },
      formato: { formato: 'application/pdf' },
      aggregazioni: [{ tipo: 'Fascicolo', id: '2019-IV/1.7' }],
      nome: 'istanza.pdf',
    }),
  )
}
