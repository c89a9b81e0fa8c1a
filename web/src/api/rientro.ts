/**
 * The expired session: whoever receives a 401 waits here, a dialog opens over the page, and after the new login everybody retries.
 * A login window in another tab tells this one through a BroadcastChannel.
 */

const CHANNEL = 'faldone.rientro'
const listeners = new Set<() => void>()
let waiting: { promise: Promise<boolean>; resolve: (value: boolean) => void } | null = null
let stepUp = false

function notify(): void {
  for (const listener of listeners) listener()
}

/** Opens the dialog (once) and waits: true after a new login, false when the person gives up. */
export function attendiRientro(livello = false): Promise<boolean> {
  if (waiting === null) {
    let resolve: (value: boolean) => void = () => undefined
    const promise = new Promise<boolean>((done) => {
      resolve = done
    })
    waiting = { promise, resolve }
    stepUp = livello
    notify()
  }
  return waiting.promise
}

/** Closes the wait with its outcome. */
export function concludiRientro(riuscito: boolean): void {
  const current = waiting
  waiting = null
  stepUp = false
  notify()
  current?.resolve(riuscito)
}

/** For useSyncExternalStore: is somebody waiting for a login? */
export const statoRientro = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  read: (): boolean => waiting !== null,
  livello: (): boolean => stepUp,
}

/** Called by the page the login window lands on. */
export function annunciaRientro(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('rientrato')
  channel.close()
}

/** Runs the callback when another window of ours announces a login; returns the way to stop listening. */
export function ascoltaRientro(callback: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', callback)
  return () => channel.close()
}
