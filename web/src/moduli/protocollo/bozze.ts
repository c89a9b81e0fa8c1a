/** Drafts kept in this browser, one per message and person, so that a reload or a crash loses nothing. Pure over a storage. */
import type { Deposito } from '../../api/atti.ts'

const PREFIX = 'faldone.bozza.'
/** A draft older than this is forgotten: seven days. */
const LIFETIME = 7 * 24 * 3600 * 1000

export interface Bozze<T> {
  salva(id: string, stato: T): void
  leggi(id: string): T | null
  elimina(id: string): void
}

/** The drafts of one person in one ente (`area`); `adesso` gives the milliseconds. A full or refused storage is not an error. */
export function bozze<T>(deposito: Deposito, area: string, adesso: () => number): Bozze<T> {
  const key = (id: string): string => `${PREFIX}${area}.${id}`
  return {
    salva(id, stato) {
      try {
        deposito.setItem(key(id), JSON.stringify({ quando: adesso(), stato }))
      } catch {
        // The quota of the browser: the form on screen still holds everything.
      }
    },
    leggi(id) {
      const raw = deposito.getItem(key(id))
      if (raw === null) return null
      try {
        const value = JSON.parse(raw) as { quando?: number; stato?: T }
        if (typeof value.quando !== 'number' || value.stato === undefined || adesso() - value.quando > LIFETIME) {
          deposito.removeItem(key(id))
          return null
        }
        return value.stato
      } catch {
        return null
      }
    },
    elimina(id) {
      deposito.removeItem(key(id))
    },
  }
}

/** Forgets every draft: called on logout, because the next person may use the same workstation. */
export function dimenticaBozze(deposito: Deposito & { length: number; key(index: number): string | null }): void {
  const keys = Array.from({ length: deposito.length }, (_, index) => deposito.key(index))
  for (const name of keys) if (name !== null && name.startsWith(PREFIX)) deposito.removeItem(name)
}
