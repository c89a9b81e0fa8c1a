import { readCodici, readTesto, renderPagina } from '../support/lettore.ts'
import { assertVero } from './prove.ts'
import { API, of } from './storia.ts'
import type { Passo } from './storia.ts'

/** Resolution of the label printers at the counters. */
const DPI = 203

async function wordsOf(pdf: Buffer): Promise<string> {
  return (await readTesto(pdf)).join(' ').replaceAll(/\s+/gu, '')
}

function assertDice(parole: string, attese: readonly string[], cosa: string): void {
  for (const attesa of attese) assertVero(parole.includes(attesa.replaceAll(/\s+/gu, '')), `${cosa} non dice «${attesa}»`)
}

/** What the counter prints, read back from the paper. */
export const passiStampe: readonly Passo[] = [
  {
    titolo: 'La ricevuta dice numero, date, oggetto e impronte, e ristamparla non cambia né numero né byte',
    svolgi: async (_, s) => {
      const { lidia, registrazione } = of(s)
      const path = `${API}/registrazioni/${registrazione.id}/ricevuta.pdf?formato=A5`
      const [prima, seconda] = [await lidia.file(path), await lidia.file(path)]
      assertVero(prima.equals(seconda), 'la ristampa ha byte diversi')
      const parole = await wordsOf(prima)
      assertDice(parole, [registrazione.etichetta, registrazione.segnatura.testo, registrazione.impronta, 'Si attesta che'], 'la ricevuta')
      const emessa = await lidia.fileQuandoPronto(`${API}/registrazioni/${registrazione.id}/ricevuta-emessa.pdf`, 30, [404])
      assertDice(await wordsOf(emessa), [registrazione.etichetta], 'la ricevuta emessa da sola')
      const [qr] = await readCodici(await renderPagina(prima, (await readTesto(prima)).length, DPI))
      assertVero(qr?.testo.endsWith('/area-personale') === true, 'il QR della ricevuta non porta all’area personale')
      const storia = (await lidia.leggi(`${API}/registrazioni/${registrazione.id}/storia`)) as unknown as { azione: string }[]
      assertVero(
        storia.some((f) => f.azione === 'ricevuta-ristampata'),
        'la ristampa non è tracciata',
      )
      return [
        `Ricevuta ${registrazione.etichetta}: ${prima.length} byte, identica alla ristampa`,
        `QR: ${String(qr?.testo)}`,
        'Emessa anche da sola, perché l’istanza è arrivata per PEC',
      ]
    },
  },
  {
    titolo: 'Lo scanner legge dall’etichetta la segnatura e il codice a barre',
    svolgi: async (_, s) => {
      const { lidia, registrazione } = of(s)
      const prove: string[] = []
      for (const formato of ['62x29', '50x25']) {
        const pdf = await lidia.file(`${API}/registrazioni/${registrazione.id}/etichetta.pdf?formato=${formato}`)
        const codici = await readCodici(await renderPagina(pdf, 1, DPI))
        const barre = codici.find((c) => c.formato === 'Code128')?.testo ?? ''
        assertVero(
          codici.some((c) => c.testo === registrazione.segnatura.testo),
          `il QR dell’etichetta ${formato} non è la segnatura`,
        )
        assertVero(barre.endsWith(`${registrazione.anno}${registrazione.numeroFormattato}`), `il Code 128 dice «${barre}»`)
        prove.push(`Etichetta ${formato} mm a ${DPI} dpi: QR ${registrazione.segnatura.testo}, Code 128 ${barre}`)
      }
      return prove
    },
  },
  {
    titolo: 'Registro del giorno ed elenco si stampano',
    svolgi: async (_, s) => {
      const { lidia, registrazione } = of(s)
      const giorno = registrazione.giorno
      const registro = await lidia.file(`${API}/stampe/registro.pdf?da=${giorno}&a=${giorno}`)
      assertDice(await wordsOf(registro), [registrazione.etichetta], 'il registro')
      const elenco = await lidia.fileDa(`${API}/stampe/elenco`, { registrazioni: [registrazione.id] }, 'elenco.pdf')
      assertDice(await wordsOf(elenco), [registrazione.etichetta], 'l’elenco')
      const etichette = await lidia.fileDa(`${API}/stampe/etichette`, { registrazioni: [registrazione.id] }, 'etichette.pdf')
      assertDice(await wordsOf(etichette), [registrazione.etichetta], 'la serie di etichette')
      return [`Registro del ${giorno}: ${registro.length} byte`, `Elenco: ${elenco.length} byte`]
    },
  },
]
