import type { ObjectStore } from '../../../storage/index.ts'
import { findContenuti } from '../../documenti/index.ts'
import { InvalidInput } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { sqlState } from '../../kernel/problem.ts'
import { formatItalianInstant, now } from '../../kernel/time.ts'
import { bozzaCambiata, fileEstraneo, modelliNonConsentiti, modelloAssente, nomeModelloUsato } from '../errors.ts'
import { campi } from '../modello/campi.ts'
import { nomiUsati } from '../modello/compila.ts'
import { compilaFile, ModelloGuasto } from '../modello/ufficio.ts'
import { canEditModelli } from '../policy.ts'
import { presentModello } from '../presenter.ts'
import { findModello, listModelli } from '../repository.ts'
import type { ModelloDto, NuovoModello } from '../schema.ts'
import { assertTesto } from './draft.ts'
import { readContenuto } from './documento.ts'

/** The templates of the ente; the retired ones only for who keeps them. */
export async function readModelli(scope: Scope, anche: boolean): Promise<ModelloDto[]> {
  return await inReadTransaction(scope, async (s) => (await listModelli(s, anche && canEditModelli(scope.attore))).map(presentModello))
}

/** A template. Throws NotFound. */
export async function readModello(scope: Scope, id: string): Promise<ModelloDto> {
  const row = await findModello(scope, id)
  if (row === null) throw modelloAssente()
  return presentModello(row)
}

/**
 * Writes a new template, or the next version of one (`id` with the version seen). Its fields are checked now: one that does not exist is refused here by
 * name, not in front of who writes a letter. Throws Forbidden, InvalidInput, Conflict, NotFound.
 */
export async function saveModello(
  scope: Scope,
  input: NuovoModello & { readonly id?: string; readonly versione?: number },
  store: ObjectStore,
): Promise<ModelloDto> {
  if (!canEditModelli(scope.attore)) throw modelliNonConsentiti()
  await assertCampi(scope, input, store)
  const id = input.id ?? newId()
  try {
    await inTransaction(scope, async (tx) => {
      const columns = toColumns(input, tx.attore.nome)
      if (input.id === undefined) {
        await insertRows(tx, 'modello_documento', [{ id, versione: 1, ...columns }])
      } else {
        await query(tx, 'select 1 from modello_documento where ente_id = $1 and id = $2 for update', [tx.ente.id, id])
        const row = await findModello(tx, id)
        if (row === null) throw modelloAssente()
        if (row.versione !== input.versione) throw bozzaCambiata(row.aggiornatoDa, formatItalianInstant(row.aggiornatoIl))
        // The kind of a template does not change: drafts already made from it hold its text.
        const { formato: _kept, ...changed } = columns
        const params: unknown[] = [tx.ente.id, id]
        const sets = Object.entries(changed).map(([column, value]) => `${column} = $${params.push(value)}`)
        await query(tx, `update modello_documento set ${sets.join(', ')}, versione = versione + 1 where ente_id = $1 and id = $2`, params)
      }
      tx.audit({ azione: 'modello-salvato', oggettoTipo: 'modello', oggettoId: id, dopo: { nome: input.nome, attivo: input.attivo } })
    })
  } catch (error) {
    if (sqlState(error) === '23505') throw nomeModelloUsato()
    throw error
  }
  return await readModello(scope, id)
}

function toColumns(input: NuovoModello, chi: string): Record<string, unknown> {
  return {
    nome: input.nome,
    descrizione: input.descrizione,
    formato: input.formato,
    corpo: input.formato === 'HTML' ? input.corpo : '',
    contenuto_id: input.formato === 'HTML' ? null : (input.contenutoId ?? null),
    oggetto: input.oggetto,
    tipologia: input.tipologia,
    richiede_firma: input.richiedeFirma,
    attivo: input.attivo,
    aggiornato_da: chi,
    aggiornato_il: now().toISOString(),
  }
}

const known = new Set(campi.flatMap((campo) => [campo.nome, ...(campo.righe ?? [])]))
/** Fields that exist here; those of the rows of a letter to many exist where the rows do. */
const isKnown = (nome: string): boolean => known.has(nome) || nome.startsWith('riga.')

async function assertCampi(scope: Scope, input: NuovoModello & { readonly id?: string }, store: ObjectStore): Promise<void> {
  const unknown = [...nomiUsati(input.oggetto), ...nomiUsati(input.corpo)].filter((nome) => !isKnown(nome))
  if (unknown.length > 0) throw unknownCampi(unknown)
  if (input.formato === 'HTML') {
    assertTesto(input.corpo)
    return
  }
  const contenuto = (await findContenuti(scope, [input.contenutoId ?? ''])).get(input.contenutoId ?? '')
  const before = input.id === undefined ? null : await findModello(scope, input.id)
  if (contenuto === undefined || (contenuto.caricatoDa !== scope.attore.id && before?.contenutoId !== contenuto.id)) throw fileEstraneo()
  try {
    const done = compilaFile(await readContenuto(scope, store, contenuto.sha256), input.formato, {})
    const strange = done.sconosciuti.filter((nome) => !isKnown(nome.replace(/^[#/]/u, '')))
    if (strange.length > 0) throw unknownCampi(strange)
  } catch (error) {
    if (!(error instanceof ModelloGuasto)) throw error
    throw new InvalidInput('modello-guasto', error.message, [{ campo: 'contenutoId', messaggio: error.message }])
  }
}

function unknownCampi(nomi: readonly string[]): InvalidInput {
  return new InvalidInput(
    'campi-sconosciuti',
    'Il modello usa campi che non esistono.',
    nomi.map((nome) => ({ campo: 'corpo', messaggio: `Il campo ${nome} non esiste.` })),
  )
}
