import pg from 'pg'

/** Runs `work` on one plain connection and closes it, whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'faldone-amministrazione' })
  // An administrator ending the server must surface as a failed query, not as an uncaught event.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
