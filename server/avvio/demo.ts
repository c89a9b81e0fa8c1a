import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { ObjectStore } from '../../storage/index.ts'
import type { Config } from '../kernel/config.ts'
import type { Logger } from '../kernel/log.ts'
import { now } from '../kernel/time.ts'

const RUNNING = 'dimostrazione.in-corso'
const DONE = 'dimostrazione.caricata'

/** True when an earlier start was cut while it loaded the invented data: what it left is thrown away, because nothing of it was acknowledged to anybody. */
export function wasDemoCutShort(config: Config): boolean {
  return existsSync(join(config.cartellaDati, RUNNING))
}

/** Forgets the files of a demo that was cut short; the database is dropped by the caller. */
export async function clearCutDemo(config: Config): Promise<void> {
  for (const part of ['documenti', 'caselle', 'conservatore']) await rm(join(config.cartellaDati, part), { recursive: true, force: true })
  await rm(join(config.cartellaDati, RUNNING), { force: true })
}

/** Loads the invented data the first time a demonstration starts on an empty folder. Answers what it made, or null when there was nothing to do. */
export async function ensureDemo(o: {
  config: Config
  orm: MikroORM
  ownerUrl: string | null
  store: ObjectStore
  log: Logger
  cartellaCaselle: string
}): Promise<{ registrazioni: number } | null> {
  const { config } = o
  if (
    config.ambiente !== 'dimostrazione' ||
    config.FALDONE_DEMO === 'no' ||
    o.ownerUrl === null ||
    existsSync(join(config.cartellaDati, DONE))
  )
    return null
  await mkdir(config.cartellaDati, { recursive: true })
  await writeFile(join(config.cartellaDati, RUNNING), '')
  // Loaded only here: production never reads the generator of invented data.
  const { loadDemo } = await import('../demo/dati/index.ts')
  const made = await loadDemo({
    orm: o.orm,
    ownerUrl: o.ownerUrl,
    ruoli: config.ruoli,
    store: o.store,
    log: o.log,
    cartellaCaselle: o.cartellaCaselle,
    seme: config.FALDONE_DEMO_SEME,
    dimensione: config.FALDONE_DEMO === 'minima' ? 'minima' : 'piena',
    oggi: now(),
  })
  await rename(join(config.cartellaDati, RUNNING), join(config.cartellaDati, DONE))
  await syncFolder(config.cartellaDati)
  return made
}

/** The new name must outlive a power failure before anybody registers anything: the old one would throw his work away with the demo. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}
