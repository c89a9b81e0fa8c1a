import { FONTI, TABELLA_REGOLE } from '../../metadata-schemas/allegato5/index.ts'
import { inTransaction, json, query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now } from '../kernel/time.ts'
import { servizioErrato } from './errors.ts'
import { PESI } from './punteggio.ts'
import type { ServizioDto, ServizioIn, TabellaRegoleDto } from './schema.ts'

const PREDEFINITO: ServizioDto = {
  denominazione: '',
  schemi: '9999',
  permanente: 9999,
  soloFascicoli: false,
  letterali: {},
  gravita: {},
  aggiornatoIl: null,
  autore: null,
}

/** What the body chose for its preservation service; the published forms while it chose nothing. */
export async function readServizio(scope: Scope): Promise<ServizioDto> {
  const row = await queryOne<ServizioDto & { aggiornatoIl: Date }>(
    scope,
    `select denominazione, schemi, permanente, solo_fascicoli as "soloFascicoli", letterali, gravita, aggiornato_il as "aggiornatoIl", autore_nome as autore
       from metadati_servizio where ente_id = $1`,
    [scope.ente.id],
  )
  return row === null ? PREDEFINITO : { ...row, aggiornatoIl: row.aggiornatoIl.toISOString() }
}

/** Every choice that cannot hold: a bound too narrow for its permanent retention, a gravity that is not to be chosen, an unknown literal. */
function faultsOf(input: ServizioIn): { campo: string; messaggio: string }[] {
  const faults: { campo: string; messaggio: string }[] = []
  if (input.permanente !== null && input.permanente > Number(input.schemi))
    faults.push({
      campo: 'permanente',
      messaggio: `Gli schemi del servizio arrivano a ${input.schemi}: scegli un numero che ci stia, o lascia vuoto.`,
    })
  for (const id of Object.keys(input.gravita)) {
    const regola = TABELLA_REGOLE.filter((riga) => riga.id === id)
    if (regola.length === 0) faults.push({ campo: `gravita.${id}`, messaggio: `La regola ${id} non esiste.` })
    else if (regola.some((riga) => !riga.configurabile))
      faults.push({ campo: `gravita.${id}`, messaggio: `La regola ${id} è dell’Allegato 5: la sua gravità non si sceglie.` })
  }
  return faults
}

/** Writes the choices for the preservation service; from then on every emission follows them. Throws InvalidInput with every wrong field. */
export async function writeServizio(scope: Scope, input: ServizioIn): Promise<ServizioDto> {
  const faults = faultsOf(input)
  if (faults.length > 0) throw servizioErrato(faults)
  const prima = await readServizio(scope)
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into metadati_servizio (ente_id, denominazione, schemi, permanente, solo_fascicoli, letterali, gravita, aggiornato_il, autore_nome)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (ente_id) do update set denominazione = excluded.denominazione, schemi = excluded.schemi, permanente = excluded.permanente,
         solo_fascicoli = excluded.solo_fascicoli, letterali = excluded.letterali, gravita = excluded.gravita, aggiornato_il = excluded.aggiornato_il,
         autore_nome = excluded.autore_nome`,
      [
        tx.ente.id,
        input.denominazione,
        input.schemi,
        input.permanente,
        input.soloFascicoli,
        json(input.letterali),
        json(input.gravita),
        now().toISOString(),
        tx.attore.nome,
      ],
    )
    // Every judgement was made with the choices of before: the past is judged again.
    await query(tx, 'update metadati_cursore set passato_valutato = false where ente_id = $1', [tx.ente.id])
    tx.audit({ azione: 'servizio-conservazione-scelto', oggettoTipo: 'metadati-servizio', oggettoId: tx.ente.id, prima, dopo: input })
  })
  return await readServizio(scope)
}

/** The rule table, the letters of its sources and the weights of the score. */
export async function readTabella(scope: Scope): Promise<TabellaRegoleDto> {
  const { denominazione, gravita } = await readServizio(scope)
  return {
    servizio: denominazione,
    scelte: gravita,
    regole: TABELLA_REGOLE.map((riga) => ({ ...riga, profili: [...riga.profili] })),
    fonti: { ...FONTI },
    pesi: PESI.map(({ parte, peso }) => ({ parte, peso })),
  }
}
