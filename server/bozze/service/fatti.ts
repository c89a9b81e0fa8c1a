import { queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import { findById, findCondizioni, findSoggetti, formatEtichetta, nameOf } from '../../protocollo/index.ts'
import { findVociById } from '../../titolario/index.ts'
import type { Fatti } from '../modello/campi.ts'
import type { BozzaRow } from '../repository.ts'
import { nomeOf } from '../rules.ts'
import type { SoggettoBozza } from '../schema.ts'

const destinatarioOf = (s: SoggettoBozza): Fatti['destinatari'][number] => ({
  nome: nomeOf(s),
  indirizzo: s.indirizzoDigitale ?? '',
  codiceFiscale: s.codiceFiscale ?? s.codiceFiscalePartitaIva ?? '',
})

/**
 * What the fields of a draft are filled from: the ente, its office, its own data, the fascicolo and the registration it answers. Who prepares the draft saw
 * both when he named them. Addressees may be replaced, for one letter among many.
 */
export async function loadFatti(
  scope: Scope,
  row: BozzaRow,
  uno?: { readonly destinatario: SoggettoBozza; readonly riga: Readonly<Record<string, string>> },
): Promise<Fatti> {
  const { dati } = row
  const voce = dati.voceId === null ? undefined : (await findVociById(scope, [dati.voceId])).get(dati.voceId)
  const written = uno === undefined ? dati.destinatari : [uno.destinatario]
  return {
    oggi: now(),
    autore: row.autoreNome,
    ente: scope.ente,
    ufficio: row.ufficio === null ? null : { denominazione: row.ufficio, indirizzo: row.ufficioIndirizzo ?? '' },
    oggetto: dati.oggetto,
    classificazione: voce === undefined ? null : `${voce.codice} ${voce.denominazione}`,
    destinatari: row.tipo === 'I' ? await internalOf(scope, row) : written.map(destinatarioOf),
    fascicolo: row.fascicoloId === null ? null : await fascicoloOf(scope, row.fascicoloId),
    richiesta: row.rispostaA === null ? null : await richiestaOf(scope, row.rispostaA),
    ...(uno === undefined ? {} : { riga: uno.riga }),
  }
}

/** The office an internal document goes to. */
async function internalOf(scope: Scope, row: BozzaRow): Promise<Fatti['destinatari']> {
  if (row.dati.assegnazione === null) return []
  const found = await queryOne<{ nome: string; indirizzo: string }>(
    scope,
    'select denominazione as nome, indirizzo_digitale as indirizzo from ufficio where ente_id = $1 and id = $2',
    [scope.ente.id, row.dati.assegnazione.ufficioId],
  )
  return found === null ? [] : [{ ...found, codiceFiscale: '' }]
}

async function fascicoloOf(scope: Scope, id: string): Promise<Fatti['fascicolo']> {
  return await queryOne(
    scope,
    `select f.codice, f.oggetto, coalesce(o.nome || ' ' || o.cognome, '') as responsabile, f.procedimento, to_char(f.termine, 'YYYY-MM-DD') as termine
       from fascicolo f left join operatore o on o.id = f.responsabile_id where f.ente_id = $1 and f.id = $2`,
    [scope.ente.id, id],
  )
}

async function richiestaOf(scope: Scope, id: string): Promise<Fatti['richiesta']> {
  const r = await findById(scope, id)
  if (r === null) return null
  const mittente = (await findSoggetti(scope, id)).find((s) => s.ruolo === 'mittente')
  return {
    numero: formatEtichetta(r.numero, r.anno),
    giorno: r.giorno,
    arrivo: r.dataArrivo,
    // As it is in force: a corrected subject is the one to be quoted.
    oggetto: (await findCondizioni(scope, [id])).get(id)?.oggetto ?? r.oggetto,
    mittente: mittente === undefined ? '' : nameOf(mittente),
    protocolloMittente: r.protocolloMittente,
  }
}
