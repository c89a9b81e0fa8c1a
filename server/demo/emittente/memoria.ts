import type { Adapter, AdapterPayload } from 'oidc-provider'
import { now } from '../../kernel/time.ts'

interface Entry {
  readonly payload: AdapterPayload
  readonly until: number
}

const MAX_ENTRIES = 5_000

/**
 * Where the demo issuer keeps logins in progress: the memory of this process, bounded, expired entries forgotten. A restart only means that a login
 * begun before it starts again.
 */
export function createMemoria(): (model: string) => Adapter {
  const entries = new Map<string, Entry>()
  return (model) => new MemoriaAdapter(model, entries)
}

class MemoriaAdapter implements Adapter {
  readonly #model: string
  readonly #entries: Map<string, Entry>

  constructor(model: string, entries: Map<string, Entry>) {
    this.#model = model
    this.#entries = entries
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const instant = now().getTime()
    for (const [key, entry] of this.#entries) {
      if (entry.until > instant && this.#entries.size < MAX_ENTRIES) break
      this.#entries.delete(key)
    }
    this.#entries.delete(this.#key(id))
    this.#entries.set(this.#key(id), { payload, until: expiresIn > 0 ? instant + expiresIn * 1000 : Number.POSITIVE_INFINITY })
    await Promise.resolve()
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.#entries.get(this.#key(id))
    return await Promise.resolve(entry === undefined || entry.until <= now().getTime() ? undefined : entry.payload)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return await Promise.resolve(this.#search((payload) => payload.uid === uid))
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return await Promise.resolve(this.#search((payload) => payload.userCode === userCode))
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id)
    if (payload !== undefined) payload.consumed = Math.floor(now().getTime() / 1000)
  }

  async destroy(id: string): Promise<void> {
    this.#entries.delete(this.#key(id))
    await Promise.resolve()
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, entry] of this.#entries) if (entry.payload.grantId === grantId) this.#entries.delete(key)
    await Promise.resolve()
  }

  #search(wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const instant = now().getTime()
    for (const [key, entry] of this.#entries)
      if (key.startsWith(`${this.#model}:`) && entry.until > instant && wanted(entry.payload)) return entry.payload
    return undefined
  }

  #key(id: string): string {
    return `${this.#model}:${id}`
  }
}
