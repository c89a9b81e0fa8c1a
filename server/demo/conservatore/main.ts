// SIMULATORE di conservatore, a process of its own: node server/demo/conservatore/main.ts --porta 0 --cartella dati/conservatore [--ritardo 1500] [--rifiuta IDENTIFICATIVO]…
import { parseArgs } from 'node:util'
import { startSimulatore } from './server.ts'

const { values } = parseArgs({
  options: {
    porta: { type: 'string' },
    cartella: { type: 'string' },
    ritardo: { type: 'string', default: '0' },
    rifiuta: { type: 'string', multiple: true, default: [] },
    segui: { type: 'boolean', default: false },
  },
})
const porta = Number(values.porta)
const ritardoMs = Number(values.ritardo)
if (values.cartella === undefined || !Number.isInteger(porta) || porta < 0 || porta > 65_535 || !(ritardoMs >= 0)) {
  process.stderr.write('Uso: main.ts --porta NUMERO --cartella CARTELLA [--ritardo MILLISECONDI] [--rifiuta IDENTIFICATIVO]…\n')
  process.exit(2)
}
const simulatore = await startSimulatore({ porta, cartella: values.cartella, ritardoMs, rifiutare: values.rifiuta })
for (const segnale of ['SIGTERM', 'SIGINT'] as const)
  process.once(segnale, () => {
    void simulatore.close().then(() => process.exit(0))
  })
// Started by the product, it ends with it, however that ends: the pipe closes even when the other process is killed.
if (values.segui) process.stdin.resume().once('close', () => process.exit(0))
process.stdout.write(`${JSON.stringify({ pronto: true, porta: simulatore.porta })}\n`)
