import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta } from '../../protocollo/index.ts'
import { recuperoAssente } from '../errors.ts'
import { normaliseCode } from '../formato.ts'
import { presentApertura, presentSerie } from '../presenter.ts'
import { findAperture, findRegistri, findRiga, findSerie, isSospeso } from '../repository.ts'
import type { CoppiaDto, QuadroDto, RiepilogoDto } from '../schema.ts'
import { loadAperture } from './aperture.ts'
import type { VerbaleRecupero } from './scrivi.ts'

/** What every person of the ente is told: registers open now, and whether ordinary registration waits for a recovery. */
export async function readStato(scope: Scope) {
  return await inReadTransaction(scope, async (s) => ({
    aperte: (await findAperture(s))
      .filter((a) => a.ripristino === null)
      .toSorted((a, b) => a.inizio.getTime() - b.inizio.getTime())
      .map((a) => ({ registro: a.codice, sede: a.sede, causa: a.causa, inizio: a.inizio.toISOString() })),
    sospeso: await isSospeso(s),
  }))
}

/** Registers, devices, openings and recoveries of the ente. */
export async function readQuadro(scope: Scope): Promise<QuadroDto> {
  return await inReadTransaction(scope, async (s) => {
    const { righe, autorizzazioni, giornate } = await loadAperture(s)
    const serie = await findSerie(s)
    const ultimi = await query<{ registroId: string; numero: string }>(
      s,
      `select distinct on (registro_emergenza_id) registro_emergenza_id as "registroId", numero from riga_emergenza where ente_id = $1
        order by registro_emergenza_id, anno desc, progressivo desc`,
      [s.ente.id],
    )
    return {
      registri: (await findRegistri(s)).map((r) => {
        const own = serie.find((x) => x.registroId === r.id && x.stato !== 'revocata') ?? serie.find((x) => x.registroId === r.id)
        return {
          id: r.id,
          codice: r.codice,
          sede: r.sede,
          ultimo: ultimi.find((u) => u.registroId === r.id)?.numero ?? null,
          serie: own === undefined ? null : presentSerie(own),
        }
      }),
      aperture: righe.map((a) => presentApertura(a, autorizzazioni, giornate)),
      recuperi: (await findRecuperi(s, null)).map(presentRecupero),
      sospeso: await isSospeso(s),
      puoGestire: s.attore.permessi.has('emergenza.gestisci'),
    }
  })
}

/** A recovery as its statement needs it. */
export interface RecuperoRow {
  id: string
  registroId: string
  codice: string
  sede: string
  aoo: string
  istante: Date
  operatoreNome: string
  righe: number
  impronta: string
  verbale: string
}

async function findRecuperi(scope: Scope, id: string | null): Promise<RecuperoRow[]> {
  return await query<RecuperoRow>(
    scope,
    `select k.id, g.id as "registroId", g.codice, g.sede, a.denominazione as aoo, k.istante, k.operatore_nome as "operatoreNome", k.righe, k.impronta, k.verbale
       from recupero_emergenza k join registro_emergenza g on g.ente_id = k.ente_id and g.id = k.registro_emergenza_id
       join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
      where k.ente_id = $1 and ($2::uuid is null or k.id = $2) order by k.istante desc`,
    [scope.ente.id, id],
  )
}

function presentRecupero(row: RecuperoRow) {
  const { id, codice, sede, righe, impronta } = row
  return {
    id,
    registro: { id: row.registroId, codice, sede },
    istante: row.istante.toISOString(),
    operatore: row.operatoreNome,
    righe,
    impronta,
  }
}

/** A recovery with its statement and, for each pair, what its registration says; riservati are pairs of numbers only (REQ-PROT-061). */
export interface RecuperoLetto {
  readonly row: RecuperoRow
  readonly verbale: VerbaleRecupero
  readonly coppie: readonly CoppiaDto[]
}

/** Throws NotFound. */
export async function readRecupero(scope: Scope, id: string): Promise<RecuperoLetto> {
  return await inReadTransaction(scope, async (s) => {
    const row = (await findRecuperi(s, id))[0]
    if (row === undefined) throw recuperoAssente()
    const verbale = JSON.parse(row.verbale) as VerbaleRecupero
    const known = await query<{ id: string; oggetto: string; corrispondente: string }>(
      s,
      `select r.id, r.oggetto, coalesce((select coalesce(g.denominazione, concat_ws(' ', g.cognome, g.nome)) from soggetto g
                where g.ente_id = r.ente_id and g.registrazione_id = r.id order by g.ruolo desc, g.posizione limit 1), '') as corrispondente
         from registrazione r where r.ente_id = $1 and r.id = any($2::uuid[]) and not app.riservata(r.ente_id, r.id)`,
      [s.ente.id, verbale.coppie.flatMap((c) => c.registrazioneId ?? [])],
    )
    const facts = new Map(known.map((k) => [k.id, k]))
    const coppie = verbale.coppie.map((c): CoppiaDto => {
      const fact = facts.get(c.registrazioneId ?? '')
      return {
        ...c,
        oggetto: fact?.oggetto ?? 'RISERVATO',
        corrispondente: fact?.corrispondente ?? '',
        nuova: false,
        file: null,
        differenze: [...c.differenze],
      }
    })
    return { row, verbale, coppie }
  })
}

/** Recovery and pairs for the page. Throws NotFound. */
export async function showRecupero(scope: Scope, id: string) {
  const { row, coppie } = await readRecupero(scope, id)
  return { ...presentRecupero(row), coppie: [...coppie] }
}

/** Whether a code printed on a receipt is the one of that emergency number, and which ordinary number it became. */
export async function checkCodice(scope: Scope, numero: string, codice: string) {
  return await inReadTransaction(scope, async (s) => {
    const typed = numero.trim().toUpperCase()
    const row = await findRiga(s, typed)
    const valido = row !== null && row.codice === normaliseCode(codice)
    return {
      valido,
      numero: typed,
      istante: valido ? row.istante.toISOString() : null,
      registrazioneId: valido ? row.registrazioneId : null,
      etichetta: valido ? formatEtichetta(row.protocollo, row.anno) : null,
    }
  })
}

/** Use and non-use of the emergency registers in a Rome year, register by register (REQ-PROT-090). */
export async function readRiepilogo(scope: Scope, anno: number): Promise<RiepilogoDto> {
  const rows = await query<RiepilogoDto['registri'][number]>(
    scope,
    `with uso as (
       select p.registro_emergenza_id as registro, p.id, p.causa, p.inizio,
              greatest(p.inizio, make_timestamptz($2, 1, 1, 0, 0, 0, 'Europe/Rome')) as da,
              least(coalesce(p.ripristino, app.istante()), make_timestamptz($2 + 1, 1, 1, 0, 0, 0, 'Europe/Rome')) as a
         from apertura_emergenza p where p.ente_id = $1)
     select g.codice, g.sede, count(u.id)::int as aperture, coalesce(round(sum(extract(epoch from u.a - u.da)) / 3600)::int, 0) as ore,
            coalesce(array_agg(u.causa order by u.inizio) filter (where u.id is not null), '{}') as cause,
            (select count(distinct r.giorno)::int from riga_emergenza r where r.ente_id = g.ente_id and r.registro_emergenza_id = g.id and r.anno = $2) as giornate,
            (select count(*)::int from riga_emergenza r where r.ente_id = g.ente_id and r.registro_emergenza_id = g.id and r.anno = $2) as recuperate,
            coalesce((select sum(p.righe_dichiarate)::int from apertura_emergenza p where p.ente_id = g.ente_id and p.registro_emergenza_id = g.id
                        and extract(year from p.inizio at time zone 'Europe/Rome') = $2), 0) as righe
       from registro_emergenza g left join uso u on u.registro = g.id and u.da < u.a
      where g.ente_id = $1 group by g.ente_id, g.id, g.codice, g.sede order by g.codice`,
    [scope.ente.id, anno],
  )
  return { anno, usato: rows.some((r) => r.aperture > 0), registri: rows }
}

/** Data a blank form is headed with: name and code of the AOO in which it will be used. Throws NotFound for an unknown register. */
export async function readIntestazione(scope: Scope, registroId: string): Promise<{ codice: string; sede: string; aoo: string } | null> {
  return await queryOne(
    scope,
    `select g.codice, g.sede, a.denominazione as aoo from registro_emergenza g join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
      where g.ente_id = $1 and g.id = $2`,
    [scope.ente.id, registroId],
  )
}
