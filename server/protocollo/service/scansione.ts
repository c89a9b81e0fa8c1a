import { addPrincipaleWithin } from '../../documenti/index.ts'
import type { FileCreato } from '../../documenti/index.ts'
import { inTransaction, insertRows, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { now, romeDay, romeTime } from '../../kernel/time.ts'
import { findVociConPiano } from '../../titolario/index.ts'
import { chiaveGiaUsata, scansioneNonAttesa } from '../errors.ts'
import { claimKey, findById, findSoggetti, lockRegistro } from '../repository.ts'
import type { RegistrazioneRow, UfficioRow } from '../repository.ts'
import { digestRequest } from '../rules.ts'
import type { ScansioneIn } from '../schema/arrivo.ts'
import type { MittenteIn } from '../schema/nuova.ts'
import { assertSegnaturaWritable, segnaturaXml } from '../segnatura.ts'
import type { SegnaturaFacts } from '../segnatura.ts'
import { toCorrispondente } from '../soggetti.ts'
import { findVisibleById } from './read.ts'

const OPERAZIONE = 'scansione'

/**
 * Gives its file to a registration made without it: the number, the day and every datum stay, the file and its digest are added once and for ever (class
 * D), and the segnatura that describes them is written. Same key and same request give the first result. Throws NotFound when the registration is not to
 * be seen or the file is not this person's, Conflict when no scan is awaited.
 */
export async function attachScansione(scope: Scope, registrazioneId: string, input: ScansioneIn, chiave: string): Promise<void> {
  const visible = await findVisibleById(scope, registrazioneId)
  await inTransaction(scope, async (tx) => {
    const richiesta = digestRequest({ registrazioneId, input })
    const earlier = await claimKey(tx, OPERAZIONE, chiave, richiesta, registrazioneId)
    if (earlier !== null) {
      if (earlier.richiesta !== richiesta) throw chiaveGiaUsata()
      return
    }
    await lockRegistro(tx, visible.registroId)
    const row = await findById(tx, registrazioneId)
    if (row?.scansioneAttesa !== true) throw scansioneNonAttesa()
    await writeScansione(tx, row, await addPrincipaleWithin(tx, row.documentoId, input))
  })
}

async function writeScansione(tx: TxScope, row: RegistrazioneRow, file: FileCreato): Promise<void> {
  const facts = await loadFacts(tx, row, file)
  assertSegnaturaWritable(facts, row.giorno)
  await insertRows(tx, 'scansione', [
    {
      registrazione_id: row.id,
      documento_file_id: file.id,
      impronta: file.sha256,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      creato_il: now().toISOString(),
    },
  ])
  const numero = { numero: row.numero, giorno: romeDay(row.istante), ora: romeTime(row.istante) }
  await query(tx, 'insert into segnatura (ente_id, registrazione_id, xml) values ($1, $2, $3)', [
    tx.ente.id,
    row.id,
    segnaturaXml(facts, numero),
  ])
  tx.audit({
    azione: 'scansione-allegata',
    oggettoTipo: 'registrazione',
    oggettoId: row.id,
    documentoId: row.documentoId,
    registroId: row.registroId,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  tx.emit({ tipo: 'scansioneAllegata', id: row.id })
}

/** What the segnatura would have said with the file: the office is the one the document was first given to. */
async function loadFacts(tx: TxScope, row: RegistrazioneRow, file: FileCreato): Promise<SegnaturaFacts> {
  const voce = (await findVociConPiano(tx, [row.voceId])).get(row.voceId)
  const ufficio = await queryOne<UfficioRow>(
    tx,
    `select u.id, u.codice, u.denominazione, u.indirizzo_digitale as "indirizzoDigitale" from assegnazione a join ufficio u on u.ente_id = a.ente_id and u.id = a.ufficio_id
      where a.ente_id = $1 and a.registrazione_id = $2 and a.tipo = 'competenza' order by a.dal, a.id limit 1`,
    [tx.ente.id, row.id],
  )
  const mittente = (await findSoggetti(tx, row.id)).find((s) => s.ruolo === 'mittente')
  if (voce?.voce == null || ufficio === null || mittente === undefined) throw new Error('a registration without voice, office or sender')
  return {
    ente: tx.ente,
    registro: {
      codice: row.registroCodice,
      aooCodice: row.aooCodice,
      aooDenominazione: row.aooDenominazione,
      aooIndirizzo: row.aooIndirizzo,
    },
    oggetto: row.oggetto,
    riservato: row.riservato,
    voce: { denominazione: voce.voce.denominazione, percorso: voce.percorso ?? [] },
    // An incoming document has no office of ours among its senders.
    mittente: toCorrispondente(mittente) as MittenteIn,
    destinatari: [ufficio],
    files: [file],
  }
}
