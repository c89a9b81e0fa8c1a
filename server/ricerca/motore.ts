import { inReadTransaction, query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { inTransaction } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import type { DomandaRicerca, MotoreRicerca } from '../ports/ricerca.ts'
import type { Domanda, Elemento } from './domanda.ts'
import { parolePiene, splitParole, toIndice, vocabolario } from './parole.ts'
import { findEspansioni, TETTO } from './repository.ts'
import { paroleDaEspandere, paroleOf, toParti } from './tsquery.ts'

/**
 * The PostgreSQL engine seen as the port sees any engine: words only, no permissions. The product itself asks the same functions inside the query that decides what may
 * be read (`service/cerca.ts`). `open` gives the scope of the jobs in an ente.
 */
export function createMotorePostgres(open: (ente: string) => Promise<Scope>): MotoreRicerca {
  return {
    nome: 'PostgreSQL',
    index: async (ente, schede) => {
      await inTransaction(await open(ente), async (tx) => {
        for (const s of schede) {
          const corrispondenti = splitParole(s.corrispondenti)
          await query(tx, 'select app.indicizza_registrazione($1, $2, $3, $4, $5, $6::text[], $7::text[], false)', [
            s.registrazioneId,
            s.istante,
            toIndice([...s.chiavi, s.oggetto].join(' ')),
            toIndice(s.corrispondenti),
            toIndice(`${s.altro} ${s.testo}`),
            [...new Set(corrispondenti.flatMap((word) => [`zza${word}`, `zzd${word}`]))],
            vocabolario([s.oggetto, s.corrispondenti, s.altro, s.testo]),
          ])
        }
      })
    },
    remove: async (ente, ids) => {
      await inTransaction(await open(ente), async (tx) => void (await query(tx, 'select app.togli_dall_indice($1::uuid[])', [ids])))
    },
    candidates: async (ente, domanda, limite) => {
      const scope = await open(ente)
      const strict = await candidates(scope, domanda, limite, false)
      return strict.length > 0 ? strict : await candidates(scope, domanda, limite, true)
    },
    suggest: async (ente, domanda) => {
      const parole = paroleOf(toDomanda(domanda))
      const espansioni = await findEspansioni(await open(ente), parole, true)
      const words = parole.map((word) => espansioni.get(word)?.simili[0] ?? word)
      return words.join(' ') === parole.join(' ') ? null : words.join(' ')
    },
  }
}

async function candidates(scope: Scope, asked: DomandaRicerca, limite: number, perdona: boolean): Promise<string[]> {
  return await inReadTransaction(scope, async (s) => {
    const domanda = toDomanda(asked)
    const espansioni = await findEspansioni(s, paroleDaEspandere(domanda), perdona)
    const parti = toParti(domanda, { oggi: romeDay(now()), espansioni, perdona, uffici: () => [] })
    const rows = await query<{ id: string }>(
      s,
      `select registrazione as id from app.cerca_registrazioni($1::text[]::tsquery[], null, ${TETTO}, true, null) order by rango desc, istante desc limit $2`,
      [parti, limite],
    )
    return rows.map((r) => r.id)
  })
}

/** A question of the port as the parser would have made it. */
function toDomanda(d: DomandaRicerca): Domanda {
  const element = (parole: readonly string[], esatta: boolean, nega: boolean): Elemento[] =>
    parole.length === 0 ? [] : [{ termine: { tipo: 'parole', campo: 'tutto', parole, esatta }, nega, inizio: 0, fine: 0 }]
  const groups = [
    ...d.parole.flatMap((p) => element(parolePiene(p), false, false)),
    ...d.frasi.flatMap((p) => element(splitParole(p), true, false)),
    ...d.escluse.flatMap((p) => element(parolePiene(p), false, true)),
  ].map((e) => [e])
  const either = (parole: readonly string[]): Elemento[] =>
    (['mittente', 'destinatario'] as const).map((campo) => ({
      termine: { tipo: 'parole', campo, parole, esatta: false },
      nega: false,
      inizio: 0,
      fine: 0,
    }))
  return { testo: '', gruppi: [...groups, ...d.corrispondente.map((p) => either(parolePiene(p)))] }
}
