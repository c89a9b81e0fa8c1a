import { NESSUN_ENTE, openScope } from '../../server/identita/index.ts'
import type { AmbitoDeps } from '../../server/identita/index.ts'
import { newId } from '../../server/kernel/ids.ts'
import { inTransaction, insertRows, query } from '../../server/kernel/scope.ts'
import type { Attore, EnteRef, Profilo, Scope } from '../../server/kernel/scope.ts'
import { permessiDi } from '../../server/enti/index.ts'

/** An ente of a test with what it needs to register: AOO, two offices, the general register. */
export interface EnteProva extends EnteRef {
  readonly aooId: string
  readonly registroId: string
  readonly uffici: { readonly protocollo: string; readonly sue: string }
}

/** The system at work in a test: may write everything of the ente it is opened on. */
export const PREPARATORE: Attore = { tipo: 'sistema', id: 'prova', nome: 'Prova', profili: [], uffici: [], permessi: new Set() }

let counter = 0

/** Ids of the rows of an ente: give the same ones to two enti to see that the fence does not rest on ids being different. */
export type IdProva = Pick<EnteProva, 'aooId' | 'registroId' | 'uffici'>

/** Fresh ids for `createEnte`. */
export function newIds(): IdProva {
  return { aooId: newId(), registroId: newId(), uffici: { protocollo: newId(), sue: newId() } }
}

/** Creates an ente ready to register. Defaults are valid and never repeat; denominations of its rows carry its own denomination. */
export async function createEnte(deps: AmbitoDeps, overrides: Partial<EnteRef> = {}, ids: IdProva = newIds()): Promise<EnteProva> {
  counter += 1
  const n = String(counter).padStart(3, '0')
  const ente: EnteProva = {
    id: newId(),
    slug: `prova-${n}`,
    denominazione: `Comune di Prova ${n}`,
    codiceIpa: `c_x${n}`,
    codiceFiscale: `90000000${n}`,
    ...overrides,
    ...ids,
  }
  const scope = systemScope(deps, ente)
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      'insert into ente (id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza, creato_il) values ($1, $2, $3, $4, $5, $6, now())',
      [ente.id, ente.slug, ente.denominazione, ente.codiceIpa, ente.codiceFiscale, 'blu-istituzionale'],
    )
    const dal = '2020-01-01'
    const pec = `protocollo@pec.${ente.slug}.example`
    await insertRows(tx, 'aoo', [
      {
        id: ids.aooId,
        codice: `AX${n}`,
        denominazione: `AOO di ${ente.denominazione}`,
        domicilio_digitale: pec,
        predefinita: true,
        dal,
        al: null,
      },
    ])
    await insertRows(tx, 'ufficio', [
      {
        id: ids.uffici.protocollo,
        aoo_id: ids.aooId,
        codice: 'PROT',
        denominazione: `Protocollo di ${ente.denominazione}`,
        padre_id: null,
        indirizzo_digitale: pec,
        dal,
        al: null,
      },
      {
        id: ids.uffici.sue,
        aoo_id: ids.aooId,
        codice: 'SUE',
        denominazione: `Sportello unico di ${ente.denominazione}`,
        padre_id: null,
        indirizzo_digitale: pec,
        dal,
        al: null,
      },
    ])
    await insertRows(tx, 'registro', [
      { id: ids.registroId, aoo_id: ids.aooId, codice: 'PG', denominazione: 'Protocollo generale', generale: true, attivo: true },
    ])
    await insertRows(tx, 'contatore_registro', [{ registro_id: ids.registroId, anno: 2020, ultimo: 0, ultimo_istante: null }])
  })
  return ente
}

/** A scope of the system in an ente: for preparing rows, never for what is under test. */
export function systemScope(deps: AmbitoDeps, ente: EnteRef = NESSUN_ENTE): Scope {
  return openScope(deps, {
    role: deps.config.ruoli.app,
    variables: { 'app.amministratore_sia': 'si' },
    ente,
    attore: PREPARATORE,
    requestId: newId(),
  })
}

/** A person of the offices written for a test. */
export interface OperatoreProva {
  readonly id: string
  readonly soggetto: string
  readonly nome: string
  readonly codiceFiscale: string
  readonly amministratoreSia: boolean
}

/** Creates a person of the offices, without appointments. */
export async function createOperatore(deps: AmbitoDeps, o: Partial<OperatoreProva> & { cognome?: string } = {}): Promise<OperatoreProva> {
  const id = o.id ?? newId()
  const row = {
    soggetto: o.soggetto ?? `prova-${id}`,
    nome: o.nome ?? 'Pina',
    cognome: o.cognome ?? 'Provetta',
    codiceFiscale: o.codiceFiscale ?? '',
    amministratoreSia: o.amministratoreSia ?? false,
  }
  await query(
    systemScope(deps),
    'insert into operatore (id, soggetto, nome, cognome, codice_fiscale, email, amministratore_sia) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, row.soggetto, row.nome, row.cognome, row.codiceFiscale, `${id}@prova.example`, row.amministratoreSia],
  )
  return {
    id,
    soggetto: row.soggetto,
    nome: `${row.nome} ${row.cognome}`,
    codiceFiscale: row.codiceFiscale,
    amministratoreSia: row.amministratoreSia,
  }
}

/** Appoints a person in an ente. */
export async function createIncarico(
  deps: AmbitoDeps,
  ente: EnteRef,
  operatoreId: string,
  i: { profilo: Profilo; ufficioId?: string | null; dal?: string; al?: string | null },
): Promise<void> {
  await inTransaction(systemScope(deps, ente), async (tx) => {
    await insertRows(tx, 'incarico', [
      {
        id: newId(),
        operatore_id: operatoreId,
        profilo: i.profilo,
        ufficio_id: i.ufficioId ?? null,
        atto: 'Decreto di prova 1/2020',
        dal: i.dal ?? '2020-01-01',
        al: i.al ?? null,
      },
    ])
  })
}

/** The scope an operator's request would get: for calling services directly. */
export function operatorScope(
  deps: AmbitoDeps,
  ente: EnteRef,
  operatore: OperatoreProva,
  profili: readonly Profilo[],
  uffici: readonly string[] = [],
): Scope {
  const attore: Attore = { tipo: 'operatore', id: operatore.id, nome: operatore.nome, profili, uffici, permessi: permessiDi(profili) }
  return openScope(deps, { role: deps.config.ruoli.app, variables: { 'app.operatore_id': operatore.id }, ente, attore, requestId: newId() })
}

/** The scope a citizen's request would get. */
export function citizenScope(deps: AmbitoDeps, ente: EnteRef, codiceFiscale: string, nome = 'Ada Prova'): Scope {
  const attore: Attore = {
    tipo: 'cittadino',
    id: codiceFiscale,
    nome,
    codiceFiscale,
    profili: [],
    uffici: [],
    permessi: new Set(['sportello.leggi']),
  }
  return openScope(deps, {
    role: deps.config.ruoli.sportello,
    variables: { 'app.codice_fiscale': codiceFiscale },
    ente,
    attore,
    requestId: newId(),
  })
}
