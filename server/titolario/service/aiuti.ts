import { inTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { chiusuraPassata, datiTitolario, nonInBozza, voceAssente, voceGiaChiusa } from '../errors.ts'
import { assertManages } from '../policy.ts'
import { findVociById } from '../repository.ts'
import type { AiutiIn, ChiusuraVoceIn } from '../schema.ts'

/**
 * Changes what helps who classifies and what follows for who files: description, notes, keywords, examples, default office, types of fascicolo, mandatory
 * sottoclasse, proposed reserve (REQ-TIT-009). In any version: name and code never change here. Throws Forbidden, NotFound, InvalidInput.
 */
export async function updateAiuti(scope: Scope, voceId: string, input: AiutiIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const voce = (await findVociById(tx, [voceId])).get(voceId)
    if (voce === undefined) throw voceAssente()
    if (input.ufficioPredefinitoId !== null) {
      const office = await queryOne(tx, 'select 1 from ufficio where ente_id = $1 and id = $2 and al is null', [
        tx.ente.id,
        input.ufficioPredefinitoId,
      ])
      if (office === null) throw datiTitolario([{ campo: 'ufficioPredefinitoId', messaggio: 'L’ufficio non esiste o è chiuso.' }])
    }
    await query(
      tx,
      `update voce_titolario set parole_chiave = $3, descrizione = $4, note_uso = $5, esempi = $6::jsonb, tipi_fascicolo = $7::jsonb, sottoclasse_obbligatoria = $8,
              accesso_predefinito = $9, ufficio_predefinito_id = $10::uuid where ente_id = $1 and id = $2`,
      [
        tx.ente.id,
        voceId,
        input.paroleChiave.join('|'),
        input.descrizione,
        input.noteUso,
        JSON.stringify(input.esempi),
        JSON.stringify(input.tipiFascicolo),
        input.sottoclasseObbligatoria,
        input.accessoPredefinito,
        input.ufficioPredefinitoId,
      ],
    )
    tx.audit({
      azione: 'titolario-voce-modificata',
      oggettoTipo: 'titolario',
      oggettoId: voce.versioneId,
      prima: {
        codice: voce.codice,
        paroleChiave: voce.paroleChiave.split('|').filter((p) => p !== ''),
        descrizione: voce.descrizione,
        noteUso: voce.noteUso,
        esempi: voce.esempi,
        tipiFascicolo: voce.tipiFascicolo,
        sottoclasseObbligatoria: voce.sottoclasseObbligatoria,
        accessoPredefinito: voce.accessoPredefinito,
        ufficioPredefinitoId: voce.ufficioId,
      },
      dopo: { codice: voce.codice, ...input },
    })
  })
}

/** Closes a voice of an adopted version, with what is under it, from a day to come (REQ-TIT-005). Throws InvalidInput, Conflict when it is closed. */
export async function closeVoce(scope: Scope, voceId: string, input: ChiusuraVoceIn): Promise<void> {
  await inTransaction(scope, async (tx) => {
    assertManages(tx.attore)
    const row = await queryOne<{ codice: string; versioneId: string; stato: string; chiusa: boolean; futuro: boolean }>(
      tx,
      `select v.codice, v.versione_id as "versioneId", t.stato, v.chiusa_dal is not null as chiusa, $3::date > app.oggi() as futuro
         from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id where v.ente_id = $1 and v.id = $2 for update of v`,
      [tx.ente.id, voceId, input.dal],
    )
    if (row === null) throw voceAssente()
    if (row.stato === 'BOZZA') throw nonInBozza()
    if (row.chiusa) throw voceGiaChiusa(row.codice)
    if (!row.futuro) throw chiusuraPassata()
    await query(
      tx,
      `update voce_titolario set chiusa_dal = $4::date where ente_id = $1 and versione_id = $2 and (codice = $3 or codice like $3 || '/%') and chiusa_dal is null`,
      [tx.ente.id, row.versioneId, row.codice, input.dal],
    )
    tx.audit({
      azione: 'titolario-voce-chiusa',
      oggettoTipo: 'titolario',
      oggettoId: row.versioneId,
      dopo: { codice: row.codice, dal: input.dal },
      motivo: input.motivo,
    })
  })
}
