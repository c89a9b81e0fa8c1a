import type pg from 'pg'

/** States of PostgreSQL for a session that is ended, and of the network for a connection that is. */
const ENDED = /^(?:57P0\d|08\w{3}|ECONN\w+|EPIPE)$/u

/**
 * Lets the pool have back a connection whose backend died inside a transaction: undoing on a dead connection is already done by the server, and an error
 * there would leave the place in the pool taken for ever. The pool itself throws such a connection away.
 */
export function releaseDead(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    const query = (text: unknown, ...rest: unknown[]): unknown => {
      const answer = send(text, ...rest)
      if (typeof text !== 'string' || !/^\s*rollback/iu.test(text) || !(answer instanceof Promise)) return answer
      return answer.catch((error: unknown) => {
        const state = client as { _queryable?: boolean }
        // The server may say that it ends the session before the driver sees the connection closed.
        if (state._queryable !== false && !ENDED.test(String((error as { code?: unknown }).code))) throw error
        // Read by the pool when the connection is given back: it is never lent again.
        state._queryable = false
        return { command: 'ROLLBACK', rowCount: 0, rows: [], fields: [] }
      })
    }
    client.query = query as typeof client.query
  })
}
