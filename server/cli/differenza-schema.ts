import { openDatabase } from '../avvio/database.ts'
import { entities } from '../entities.ts'
import type { Config } from '../kernel/config.ts'
import { createOrm } from '../kernel/db/orm.ts'

/**
 * `faldone differenza-schema`: prints the SQL that the entities want beyond the applied migrations, as the first draft of the next one: role names are
 * written as in the code of a migration. On the database of the configuration, with the product stopped; 0 when there is nothing to add.
 */
export async function runDifferenzaSchema(config: Config): Promise<number> {
  const database = await openDatabase(config)
  const orm = await createOrm(entities, { url: database.ownerUrl ?? database.url, connections: 1, role: config.ruoli.owner })
  try {
    const sql = (await orm.schema.getUpdateSchemaSQL({ wrap: false }))
      .split('\n')
      .map((line) => line.trim().replace(/;$/u, ''))
      // What only migrations know (references, guards) is not in the entities: its removal is never wanted.
      .filter((line) => line !== '' && !/^(drop|alter table \S+ drop)/iu.test(line))
    const named = Object.entries(config.ruoli).reduce(
      (text, [nome, ruolo]) => text.replaceAll(`"${ruolo}"`, `\${ruoli.${nome}}`),
      sql.join('\n'),
    )
    console.log(named)
    return 0
  } finally {
    await orm.close(true)
    await database.embedded?.stop()
  }
}
