import type { Constructor } from '@mikro-orm/core'
import { Migration as Base } from '@mikro-orm/migrations'
import type { Migration } from '@mikro-orm/migrations'
import type { Config } from '../../config.ts'
import { schema } from './0001-schema.ts'
import { guardie } from './0002-guardie.ts'

/** Names of the database roles, which a migration needs for grants and policies. */
export type Ruoli = Config['ruoli']
/** A migration of ours: SQL statements in order, as a function of the role names. Forward only. */
export type MigrationSql = (ruoli: Ruoli) => string[]

const ordered: readonly (readonly [string, MigrationSql])[] = [
  ['0001-schema', schema],
  ['0002-guardie', guardie],
]

/** Every migration in its order: an applied one is never edited. */
export function migrationList(ruoli: Ruoli): { name: string; class: Constructor<Migration> }[] {
  return ordered.map(([name, sql]) => ({ name, class: toClass(sql(ruoli)) }))
}

function toClass(statements: readonly string[]): Constructor<Migration> {
  return class extends Base {
    override up(): void {
      for (const statement of statements) this.addSql(statement)
    }
  }
}
