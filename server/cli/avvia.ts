import { readConfig } from '../kernel/config.ts'
import type { Config } from '../kernel/config.ts'
import { freePort, start } from '../main.ts'

/** `faldone avvia`: starts the product, says where it is, and stops it in order on Ctrl+C or SIGTERM. Answers null: the process goes on. */
export async function runAvvia(config: Config): Promise<null> {
  const resolved = config.PORT === 0 ? readConfig({ PORT: String(await freePort()) }) : config
  const running = await start(resolved, (text) => console.log(text))
  console.log(`\nFaldone è pronto: ${running.indirizzo}`)
  if (running.dimostrativo) {
    console.log('\nAmbiente dimostrativo — dati e persone inventati. Accessi:')
    for (const a of running.accessi) console.log(`  ${a.nome.padEnd(24)} ${a.etichetta.padEnd(34)} ${running.indirizzo}/accesso/avvia?per=${a.per}&suggerimento=${a.suggerimento}`)
  }
  console.log('\nCtrl+C per fermare.')
  let stopping = false
  const stop = (): void => {
    // A second Ctrl+C while things close in order: the person is in a hurry, and the next start puts everything right.
    if (stopping) process.exit(130)
    stopping = true
    console.log('\nMi fermo…')
    void running.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return null
}
