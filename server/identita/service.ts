import { findDelegati, findIncarichi, inEnte, listEnti, listSostituzioniOf, permessiDi } from '../enti/index.ts'
import type { Attore, Scope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import type { DestinatarioAccesso, IdentitaEsterna, PortaIdentita } from '../ports/identita.ts'
import { NESSUN_ENTE, openScope, sessioneDi, sostituzioneChiesta } from './ambito.ts'
import type { AmbitoDeps } from './ambito.ts'
import { livelloInsufficiente, operatoreSconosciuto, senzaCodiceFiscale } from './errors.ts'
import { closeSessione, findOperatore, insertSessione } from './repository.ts'
import type { SessioneAperta } from './repository.ts'
import { codiceFiscaleAsserito, newToken, sessionEnd, tokenDigest } from './rules.ts'
import type { AccessiDto, SessioneDto } from './schema.ts'

const SISTEMA: Attore = { tipo: 'sistema', id: 'accesso', nome: 'Accesso', profili: [], uffici: [], permessi: new Set() }

/**
 * Opens the session of an identity just verified and returns the token for the cookie; the row keeps its digest only (REQ-ID-021). A citizen needs a
 * codice fiscale and level 2 (REQ-ID-008); an operator must be among the people of this installation, with the same codice fiscale when both know one.
 * Throws AccessoRifiutato.
 */
export async function openSessione(deps: AmbitoDeps, per: DestinatarioAccesso, identita: IdentitaEsterna): Promise<string> {
  const persona = per === 'cittadino' ? citizen(identita) : await operator(deps, identita)
  const token = newToken()
  const instant = now()
  const sessione: SessioneAperta = {
    ...persona,
    impronta: tokenDigest(token),
    tipo: per,
    csrf: newToken(),
    soggetto: identita.soggetto,
    schema: identita.schema,
    livello: identita.livello === null ? '' : String(identita.livello),
    creataIl: instant,
    ultimaAttivita: instant,
    scadeIl: sessionEnd(instant, instant, deps.config.FALDONE_SESSIONE_MINUTI),
  }
  await insertSessione(systemScope(deps, { 'app.sessione': sessione.impronta }), sessione)
  return token
}

type Persona = Pick<SessioneAperta, 'operatoreId' | 'nome' | 'codiceFiscale' | 'amministratoreSia'>

function citizen(i: IdentitaEsterna): Persona {
  const codiceFiscale = codiceFiscaleAsserito(i.codiceFiscale)
  if (codiceFiscale === null) {
    throw senzaCodiceFiscale()
  }
  if (i.livello === null || i.livello < 2) {
    throw livelloInsufficiente()
  }
  return { operatoreId: null, nome: `${i.nome} ${i.cognome}`.trim(), codiceFiscale, amministratoreSia: false }
}

async function operator(deps: AmbitoDeps, i: IdentitaEsterna): Promise<Persona> {
  const row = await findOperatore(systemScope(deps, { 'app.soggetto': i.soggetto }), i.soggetto)
  const asserito = codiceFiscaleAsserito(i.codiceFiscale)
  if (row === null || (asserito !== null && row.codiceFiscale !== '' && asserito !== row.codiceFiscale)) {
    throw operatoreSconosciuto()
  }
  return { operatoreId: row.id, nome: row.nome, codiceFiscale: row.codiceFiscale, amministratoreSia: row.amministratoreSia }
}

function systemScope(deps: AmbitoDeps, variables: Record<string, string>): Scope {
  return openScope(deps, { role: deps.config.ruoli.app, variables, ente: NESSUN_ENTE, attore: SISTEMA, requestId: '' })
}

/** What the pages know of who is logged in: person, scheme and level, and the enti of his appointments, read one ente at a time. */
export async function readSessione(scope: Scope, porta: PortaIdentita): Promise<SessioneDto> {
  const sessione = sessioneDi(scope)
  if (sessione === null) return { autenticato: false, csrf: '', dimostrativo: porta.dimostrativo, enti: [] }
  return {
    autenticato: true,
    csrf: sessione.csrf,
    dimostrativo: porta.dimostrativo,
    attore: {
      nome: sessione.nome,
      tipo: sessione.tipo,
      ...(sessione.codiceFiscale === '' ? {} : { codiceFiscale: sessione.codiceFiscale }),
    },
    schema: sessione.schema,
    livello: sessione.livello,
    amministratoreSia: sessione.amministratoreSia,
    scadeIl: sessione.scadeIl.toISOString(),
    enti: await entiOf(scope, sessione),
  }
}

async function entiOf(scope: Scope, sessione: SessioneAperta): Promise<SessioneDto['enti']> {
  const result: SessioneDto['enti'] = []
  for (const ente of await listEnti(scope)) {
    const common = { slug: ente.slug, denominazione: ente.denominazione, tavolozza: ente.tavolozza }
    if (sessione.tipo === 'cittadino') {
      result.push({ ...common, profili: [], permessi: ['sportello.leggi'], uffici: [], sostituzioni: [], perContoDi: null })
      continue
    }
    const inside = inEnte(scope, ente)
    const sostituzioni = await listSostituzioniOf(inside, sessione.operatoreId ?? '')
    const scelta = sostituzioni.find((s) => s.id === sostituzioneChiesta(scope))
    const incarichi = scelta === undefined ? await findIncarichi(inside, sessione.operatoreId ?? '') : await findDelegati(inside, scelta)
    if (incarichi.profili.length === 0 && sostituzioni.length === 0) continue
    result.push({
      ...common,
      profili: [...incarichi.profili],
      permessi: [...permessiDi(incarichi.profili)].sort(),
      uffici: [...incarichi.uffici],
      sostituzioni: sostituzioni.map(({ id, titolare, al }) => ({ id, titolare, al })),
      perContoDi: scelta === undefined ? null : { id: scelta.id, titolare: scelta.titolare },
    })
  }
  return result
}

/** Ends the session of the scope: its token is worth nothing from now on, in every process. */
export async function closeOwnSessione(scope: Scope): Promise<void> {
  const sessione = sessioneDi(scope)
  if (sessione === null) return
  await closeSessione(scope, sessione.impronta, now())
}

/** The logins the identity port offers by name; none unless its people are invented. */
export function listAccessi(porta: PortaIdentita): AccessiDto {
  return {
    dimostrativo: porta.dimostrativo,
    accessi: porta.accessiSuggeriti().map(({ suggerimento, ...a }) => ({
      ...a,
      avvia: `/accesso/avvia?per=${a.per}&suggerimento=${encodeURIComponent(suggerimento)}`,
    })),
  }
}
