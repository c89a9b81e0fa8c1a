import type pg from 'pg'

/** Statements seen this often are prepared: the others are not worth a place on every connection. */
const OFTEN = 5
/** Statements composed of many optional parts could be endless: no more than these are ever prepared. */
const MOST = 200

/**
 * Lets the connections of a pool keep the plans of the statements that come again and again, each known by a name of its text: planning through row
 * security costs the server as much as executing. A plan made for one role is made anew for another by PostgreSQL itself.
 */
export function prepareRepeated(pool: pg.Pool): void {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST) return known
    const times = (seen.get(text) ?? 0) + 1
    if (times < OFTEN) {
      if (seen.size < MOST * 10) seen.set(text, times)
      return undefined
    }
    seen.delete(text)
    names.set(text, `faldone_${names.size}`)
    return names.get(text)
  }
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    const query = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
      return name === undefined ? send(text, values, ...rest) : send({ name, text, values }, ...rest)
    }
    client.query = query as typeof client.query
  })
}
