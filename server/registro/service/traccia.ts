import { createHash } from 'node:crypto'
import { inSnapshot, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { addDays } from '../../kernel/time.ts'
import { NESSUNA_IMPRONTA, sealFatti } from '../righe.ts'
import type { SigilloFatti } from '../righe.ts'

const PAGE = 5000

const SIGILLO = `select to_char(giorno, 'YYYY-MM-DD') as giorno, fatti, impronta_fatti as impronta, impronta_precedente as precedente, impronta as sigillo from sigillo_traccia`

/** The seal of the facts of a day, or null. */
async function findSigillo(scope: Scope, giorno: string): Promise<SigilloFatti | null> {
  return await queryOne<SigilloFatti>(scope, `${SIGILLO} where ente_id = $1 and giorno = $2`, [scope.ente.id, giorno])
}

async function findUltimoSigillo(scope: Scope, prima: string): Promise<SigilloFatti | null> {
  return await queryOne<SigilloFatti>(scope, `${SIGILLO} where ente_id = $1 and giorno < $2 order by giorno desc limit 1`, [
    scope.ente.id,
    prima,
  ])
}

/**
 * Digest and number of the unchained facts of a day of Rome, in order of instant and id; with `dal` null, of everything before too. A page at a time, as they
 * all were at one instant.
 */
async function digestFatti(scope: Scope, dal: string | null, al: string): Promise<{ fatti: number; impronta: string }> {
  const hash = createHash('sha256')
  let fatti = 0
  await inSnapshot(scope, async (s) => {
    for (let last: { istante: string; id: string } | null = null; ;) {
      const rows: Record<string, unknown>[] = await query<Record<string, unknown>>(
        s,
        `select id, to_char(istante at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as istante, attore_tipo, attore_id, attore_nome, azione, oggetto_tipo, oggetto_id,
                documento_id, fascicolo_id, dati, richiesta
           from evento_audit
          where ente_id = $1 and registro_id is null and ($2::date is null or istante >= ($2::date::timestamp at time zone 'Europe/Rome'))
            and istante < (($3::date + 1)::timestamp at time zone 'Europe/Rome') and ($4::timestamptz is null or (istante, id) > ($4::timestamptz, $5::uuid))
          order by evento_audit.istante, id limit ${PAGE}`,
        [s.ente.id, dal, al, last?.istante ?? null, last?.id ?? null],
      )
      for (const row of rows) hash.update(`${JSON.stringify(Object.values(row))}\n`)
      fatti += rows.length
      const end = rows.at(-1)
      if (end === undefined || rows.length < PAGE) return
      last = { istante: String(end['istante']), id: String(end['id']) }
    }
  })
  return { fatti, impronta: hash.digest('hex') }
}

/**
 * The seal of a day's unchained facts (reads, refusals: decision 19), made once: digest of the facts chained to the seal of the day before; days skipped in
 * between are sealed too, the first seal covers everything earlier. The day must be over.
 */
export async function sealTraccia(scope: Scope, giorno: string): Promise<SigilloFatti> {
  const there = await findSigillo(scope, giorno)
  if (there !== null) return there
  let last = await findUltimoSigillo(scope, giorno)
  for (let day = last === null ? giorno : addDays(last.giorno, 1); ; day = addDays(day, 1)) {
    const found = await digestFatti(scope, last === null ? null : day, day)
    const sealed = sealFatti({ giorno: day, ...found, precedente: last?.sigillo ?? NESSUNA_IMPRONTA })
    await query(
      scope,
      `insert into sigillo_traccia (ente_id, giorno, fatti, impronta_fatti, impronta_precedente, impronta, sigillato_il) values ($1, $2, $3, $4, $5, $6, app.istante())
       on conflict do nothing`,
      [scope.ente.id, day, sealed.fatti, sealed.impronta, sealed.precedente, sealed.sigillo],
    )
    last = await findSigillo(scope, day)
    if (last === null) throw new Error('a seal of facts that was just written is not there')
    if (day === giorno) return last
  }
}

/** Recomputes the seals of the facts: null when each holds, else the first day whose facts are no longer those that were sealed. */
export async function verifyTraccia(scope: Scope): Promise<{ giorno: string; motivo: string } | null> {
  const seals = await query<SigilloFatti>(scope, `${SIGILLO} where ente_id = $1 order by giorno`, [scope.ente.id])
  let previous: SigilloFatti | null = null
  for (const seal of seals) {
    const { giorno } = seal
    if (previous !== null && addDays(previous.giorno, 1) !== giorno)
      return { giorno, motivo: `manca il sigillo del giorno dopo il ${previous.giorno}` }
    if (seal.precedente !== (previous?.sigillo ?? NESSUNA_IMPRONTA))
      return { giorno, motivo: 'il sigillo non segue quello del giorno prima' }
    const found = await digestFatti(scope, previous === null ? null : giorno, giorno)
    if (found.fatti !== seal.fatti) return { giorno, motivo: `i fatti sono ${found.fatti}, ne erano stati sigillati ${seal.fatti}` }
    if (sealFatti({ giorno, ...found, precedente: seal.precedente }).sigillo !== seal.sigillo)
      return { giorno, motivo: 'un fatto è stato alterato' }
    previous = seal
  }
  return null
}
