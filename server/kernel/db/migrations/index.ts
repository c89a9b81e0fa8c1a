import type { Constructor } from '@mikro-orm/core'
import { Migration as Base } from '@mikro-orm/migrations'
import type { Migration } from '@mikro-orm/migrations'
import type { Config } from '../../config.ts'
import { schema } from './0001-schema.ts'
import { guardie } from './0002-guardie.ts'
import { atto } from './0003-atto.ts'
import { visibilita } from './0004-visibilita.ts'
import { ricerca } from './0005-ricerca.ts'
import { registroGiornaliero } from './0006-registro.ts'
import { emergenza } from './0007-emergenza.ts'
import { repertori } from './0008-repertori.ts'
import { stampe } from './0009-stampe.ts'
import { bozze } from './0010-bozze.ts'
import { importazioni } from './0011-importazioni.ts'
import { lavoro } from './0012-lavoro.ts'
import { caselle } from './0013-caselle.ts'
import { consegne } from './0014-consegne.ts'
import { titolario } from './0015-titolario.ts'
import { fascicoli } from './0016-fascicoli.ts'
import { procedimenti } from './0017-procedimenti.ts'
import { metadati } from './0018-metadati.ts'
import { arretrato } from './0019-arretrato.ts'
import { suggerimenti } from './0020-suggerimenti.ts'
import { giornaliero } from './0021-giornaliero.ts'
import { elenchi } from './0022-elenchi.ts'
import { ricercaPerChi } from './0022-ricerca.ts'
import { ricercaInParti } from './0023-ricerca.ts'
import { prove } from './0024-prove.ts'
import { archivio } from './0025-archivio.ts'
import { scarto } from './0026-scarto.ts'
import { vita } from './0027-vita.ts'
import { sospensioniPratica } from './0028-gradi.ts'
import { ricercaPerMesi } from './0029-ricerca.ts'
import { contiScrivania } from './0030-scrivania.ts'

/** Names of the database roles, which a migration needs for grants and policies. */
export type Ruoli = Config['ruoli']
/** A migration of ours: SQL statements in order, as a function of the role names. Forward only. */
export type MigrationSql = (ruoli: Ruoli) => string[]

const ordered: readonly (readonly [string, MigrationSql])[] = [
  ['0001-schema', schema],
  ['0002-guardie', guardie],
  ['0003-atto', atto],
  ['0004-visibilita', visibilita],
  ['0005-ricerca', ricerca],
  ['0006-registro', registroGiornaliero],
  ['0007-emergenza', emergenza],
  ['0008-repertori', repertori],
  ['0009-stampe', stampe],
  ['0010-bozze', bozze],
  ['0011-importazioni', importazioni],
  ['0012-lavoro', lavoro],
  ['0013-caselle', caselle],
  ['0014-consegne', consegne],
  ['0015-titolario', titolario],
  ['0016-fascicoli', fascicoli],
  ['0017-procedimenti', procedimenti],
  ['0018-metadati', metadati],
  ['0019-arretrato', arretrato],
  ['0020-suggerimenti', suggerimenti],
  ['0021-giornaliero', giornaliero],
  ['0022-elenchi', elenchi],
  ['0022-ricerca', ricercaPerChi],
  ['0023-ricerca', ricercaInParti],
  ['0024-prove', prove],
  ['0025-archivio', archivio],
  ['0026-scarto', scarto],
  ['0027-vita', vita],
  ['0028-gradi', sospensioniPratica],
  ['0029-ricerca', ricercaPerMesi],
  ['0030-scrivania', contiScrivania],
]

/** Every migration in its order: an applied one is never edited. */
export function migrationList(ruoli: Ruoli): { name: string; class: Constructor<Migration> }[] {
  return ordered.map(([name, sql]) => ({ name, class: toClass(sql(ruoli)) }))
}

/** Every statement after the first schema: what the drift test takes as declared by hand. */
export function laterStatements(ruoli: Ruoli): string[] {
  return ordered.slice(1).flatMap(([, sql]) => sql(ruoli))
}

function toClass(statements: readonly string[]): Constructor<Migration> {
  return class extends Base {
    override up(): void {
      for (const statement of statements) this.addSql(statement)
    }
  }
}
