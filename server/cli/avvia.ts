import { setTimeout as wait } from 'node:timers/promises'
import { readConfig } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import { freePort, start } from '../main.ts'
import type { Running } from '../main.ts'

/** A terminal and npm may both deliver one Ctrl+C: signals this close to the first are the same press. */
const SAME_PRESS_MS = 1500
const INTERRUPTED = 130
const BROKEN_STOP_MS = 3000

/**
 * `faldone avvia`: starts the product, says where it is, and stops it in order on Ctrl+C, SIGTERM, a closed terminal or the end of its launcher, also
 * while it is still starting. Answers 0 after a stop, 130 for a start interrupted, 1 when what it stands on ended by itself.
 */
export async function runAvvia(config: Config): Promise<number> {
  const interruption = listenForStop()
  const resolved = config.PORT === 0 ? readConfig({ PORT: String(await freePort()) }) : config
  let running: Running
  try {
    running = await start(resolved, (text) => console.log(text), interruption)
  } catch (error) {
    if (interruption.aborted) return INTERRUPTED
    throw error
  }
  if (!interruption.aborted) present(running)
  const stopped = new Promise<null>((done) => {
    if (interruption.aborted) done(null)
    interruption.addEventListener('abort', () => done(null))
  })
  const guasto = await Promise.race([running.guasto, stopped])
  if (guasto === null) {
    await running.stop()
    return 0
  }
  console.error(guasto)
  // Without its database the rest may not know how to end: what can be closed in a moment is closed.
  await Promise.race([running.stop(), wait(BROKEN_STOP_MS)])
  return 1
}

function listenForStop(): AbortSignal {
  const controller = new AbortController()
  let asked = Number.POSITIVE_INFINITY
  const stop = (): void => {
    // A second Ctrl+C while things close in order: the person is in a hurry, and the next start puts everything right.
    if (performance.now() - asked > SAME_PRESS_MS) process.exit(INTERRUPTED)
    if (controller.signal.aborted) return
    asked = performance.now()
    console.log('\nMi fermo…')
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.connected) process.on('disconnect', stop)
  return controller.signal
}

function present(running: Running): void {
  console.log(`\nFaldone è pronto: ${running.indirizzo}`)
  if (running.dimostrativo) {
    console.log('\nAmbiente dimostrativo — dati e persone inventati. Accessi:')
    for (const a of running.accessi)
      console.log(
        `  ${a.nome.padEnd(24)} ${a.etichetta.padEnd(34)} ${running.indirizzo}/accesso/avvia?per=${a.per}&suggerimento=${a.suggerimento}`,
      )
  }
  console.log('\nCtrl+C per fermare.')
}
