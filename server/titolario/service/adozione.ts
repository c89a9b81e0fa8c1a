import type { AiutiVoce, Titolario } from '../../../titolario/index.ts'
import { newId } from '../../kernel/ids.ts'
import { insertRows, json, query, queryOne } from '../../kernel/scope.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { refreshConservazione } from './conservazione.ts'

/** What is needed to adopt a plan for an AOO. Days `YYYY-MM-DD`. */
export interface AdozioneTitolario {
  readonly aooId: string
  readonly denominazione: string
  readonly atto: string
  /** Day of the act; when it is not said, the day the version begins to apply. */
  readonly adottataIl?: string
  readonly dal: string
  readonly uri: string | null
  readonly piano: Titolario
  /** Default office of some voices, by code. */
  readonly uffici: ReadonlyMap<string, string>
}

/**
 * Writes a version of the plan with all its voices and adopts it from its date (REQ-TIT-003); the version before it ends the same day. Answers voice ids
 * by code. The database refuses a date that is not to come, unless it is the first version of the AOO (REQ-TIT-004).
 */
export async function adoptTitolarioWithin(tx: TxScope, input: AdozioneTitolario): Promise<Map<string, string>> {
  const versioneId = await insertVersione(tx, { ...input, origine: 'modello', baseId: null, livelli: input.piano.livelli.length })
  const ids = await insertPiano(tx, versioneId, input.piano, input.uffici)
  await writeRegoleDelPiano(tx, input, ids)
  await refreshConservazione(tx, versioneId)
  await adoptWithin(tx, { ...input, versioneId, adottataIl: input.adottataIl ?? input.dal })
  return ids
}

/** The times a plan brings with it are rules approved with its act. */
async function writeRegoleDelPiano(tx: TxScope, input: AdozioneTitolario, ids: ReadonlyMap<string, string>): Promise<void> {
  const timed = input.piano.voci.filter((v) => v.conservazioneAnni !== null)
  const creata = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
  await insertRows(
    tx,
    'regola_conservazione',
    timed.map((v) => ({
      id: newId(),
      voce_id: ids.get(v.codice),
      tipologia: null,
      tipo_fascicolo: null,
      anni: v.conservazioneAnni,
      condizione: null,
      decorrenza: 'chiusura',
      sfoltimento: false,
      atto: input.atto,
      approvata_il: input.adottataIl ?? input.dal,
      creata_il: creata?.istante.toISOString(),
      autore_nome: tx.attore.nome,
      revocata_il: null,
      revocata_da: null,
    })),
  )
}

/** A draft about to be written. */
export interface BozzaTitolario {
  readonly aooId: string
  readonly denominazione: string
  readonly dal: string
  readonly livelli: number
  readonly origine: 'modello' | 'csv' | 'versione'
  readonly baseId: string | null
}

/** Writes a draft without voices, with the next number of its AOO. Answers its id. */
export async function insertVersione(tx: TxScope, b: BozzaTitolario): Promise<string> {
  const id = newId()
  const next = await queryOne<{ numero: number; istante: Date }>(
    tx,
    'select coalesce(max(numero), 0) + 1 as numero, app.istante() as istante from titolario_versione where ente_id = $1 and aoo_id = $2',
    [tx.ente.id, b.aooId],
  )
  await insertRows(tx, 'titolario_versione', [
    {
      id,
      aoo_id: b.aooId,
      numero: next?.numero ?? 1,
      denominazione: b.denominazione,
      stato: 'BOZZA',
      atto: '',
      adottata_il: null,
      uri: null,
      dal: b.dal,
      al: null,
      livelli: b.livelli,
      base_id: b.baseId,
      origine: b.origine,
      autore_id: tx.attore.id,
      autore_nome: tx.attore.nome,
      creata_il: next?.istante.toISOString(),
      note: '',
    },
  ])
  return id
}

/** Writes the voices of a plan in a draft, without times: those are rules with their act. Answers their ids by code. */
export async function insertPiano(
  tx: TxScope,
  versioneId: string,
  piano: Titolario,
  uffici: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map(piano.voci.map((v) => [v.codice, newId()]))
  await insertRows(
    tx,
    'voce_titolario',
    piano.voci.map((v, ordine) => ({
      id: ids.get(v.codice),
      versione_id: versioneId,
      codice: v.codice,
      etichetta: v.etichetta,
      livello: v.livello,
      ordine,
      denominazione: v.denominazione,
      padre_id: v.codicePadre === null ? null : ids.get(v.codicePadre),
      parole_chiave: v.paroleChiave.join('|'),
      conservazione_anni: null,
      ufficio_predefinito_id: uffici.get(v.codice) ?? null,
      chiusa_dal: null,
      ...toAiutiColumns(v.aiuti),
    })),
  )
  return ids
}

/** What a voice carries besides, as columns. */
export function toAiutiColumns(a: AiutiVoce | undefined): Record<string, unknown> {
  return {
    descrizione: a?.descrizione ?? '',
    note_uso: a?.noteUso ?? '',
    esempi: json(a?.esempi ?? []),
    tipi_fascicolo: json(a?.tipiFascicolo ?? []),
    sottoclasse_obbligatoria: a?.sottoclasseObbligatoria ?? true,
    accesso_predefinito: a?.accessoPredefinito ?? null,
  }
}

/** The adoption of a draft. */
export interface Adozione {
  readonly versioneId: string
  readonly aooId: string
  readonly denominazione: string
  readonly atto: string
  readonly adottataIl: string
  readonly dal: string
  readonly uri: string | null
}

/** Makes a draft the version that applies from its date: the one before ends that day. What the database refuses is thrown as it is. */
export async function adoptWithin(tx: TxScope, a: Adozione): Promise<void> {
  await query(
    tx,
    `update titolario_versione set stato = 'ATTIVO', atto = $3, adottata_il = $4::date, dal = $5::date, uri = $6 where ente_id = $1 and id = $2`,
    [tx.ente.id, a.versioneId, a.atto, a.adottataIl, a.dal, a.uri],
  )
  await query(
    tx,
    `update titolario_versione set al = $4::date where ente_id = $1 and aoo_id = $2 and stato = 'ATTIVO' and al is null and id <> $3`,
    [tx.ente.id, a.aooId, a.versioneId, a.dal],
  )
  tx.audit({
    azione: 'titolario-adottato',
    oggettoTipo: 'titolario',
    oggettoId: a.versioneId,
    dopo: { denominazione: a.denominazione, atto: a.atto, adottataIl: a.adottataIl, dal: a.dal },
  })
}
