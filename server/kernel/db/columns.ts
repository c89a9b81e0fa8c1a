import { p } from '@mikro-orm/core'

/** An instant, stored in UTC with microseconds. */
export const instant = () => p.datetime().columnType('timestamptz')
/** A calendar day of Europe/Rome, `YYYY-MM-DD`. */
export const day = () => p.date().columnType('date')
/** A reference to another row by id: the foreign key, composite with ente_id, is in the migration. */
export const ref = () => p.uuid()
