/**
 * Acts that give a number for ever (registrations, fascicoli): one idempotency key per act, kept until the outcome is known.
 * While an attempt has no answer the same body is repeated with the same key, so the server can never give two numbers. Pure.
 */

export interface Deposito {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface AttoInCorso {
  chiave: string
  corpo: string
}

export interface RegistroAtti {
  /** What to send now for this act: the frozen attempt when its outcome is unknown, otherwise the new body under a new key. */
  prepara(atto: string, corpo: unknown): AttoInCorso & { ripetizione: boolean }
  /** Call when the server answered, whatever the answer: the key is spent. */
  concludi(atto: string): void
  /** The attempt still without an answer, if any. */
  sospeso(atto: string): AttoInCorso | null
}

const PREFIX = 'faldone.atto.'

/** Builds the register of acts over a storage that survives a reload (sessionStorage) and a generator of keys. */
export function registroAtti(deposito: Deposito, nuovaChiave: () => string): RegistroAtti {
  function sospeso(atto: string): AttoInCorso | null {
    const raw = deposito.getItem(PREFIX + atto)
    if (raw === null) return null
    try {
      const value = JSON.parse(raw) as Partial<AttoInCorso>
      return typeof value.chiave === 'string' && typeof value.corpo === 'string' ? { chiave: value.chiave, corpo: value.corpo } : null
    } catch {
      return null
    }
  }
  return {
    sospeso,
    prepara(atto, corpo) {
      const pending = sospeso(atto)
      if (pending !== null) return { ...pending, ripetizione: true }
      const fresh = { chiave: nuovaChiave(), corpo: JSON.stringify(corpo) }
      deposito.setItem(PREFIX + atto, JSON.stringify(fresh))
      return { ...fresh, ripetizione: false }
    },
    concludi(atto) {
      deposito.removeItem(PREFIX + atto)
    },
  }
}
