import type { SerieDocumento } from '../../server/emergenza/schema.ts'
import { datiEntrata, Dispositivo, newDeviceKey } from '../support/emergenza.ts'
import { readTesto } from '../support/lettore.ts'
import { keep } from './client.ts'
import { assertVero } from './prove.ts'
import { API, of } from './storia.ts'
import type { Passo, Storia } from './storia.ts'

interface Quadro {
  registri: { id: string; codice: string; sede: string; serie: { id: string; stato: string } | null }[]
}

interface Esito {
  recuperoId: string
  nuove: number
  coppie: { numero: string; etichetta: string | null; differenze: string[] }[]
}

const SEDE = 'Sportello del racconto'

/** The register of emergency: written without the product, brought back into it, stated on paper. */
export const passiEmergenza: readonly Passo[] = [
  {
    titolo:
      'Un’interruzione di un’ora: due righe scritte dal dispositivo, recuperate nel protocollo a coppie di numeri; verbale e riepilogo',
    svolgi: async (_, s) => {
      const { marta } = of(s)
      const registro = await preparaRegistro(of(s))
      const modulo = await marta.file(`${API}/emergenza/registri/${registro.id}/modulo.pdf`, 'modulo-emergenza.pdf')
      const dispositivo = await installa(of(s), registro.id)
      const file = await scriviGiornale(of(s), dispositivo)
      keep('registro-emergenza.json', Buffer.from(file, 'utf8'))
      const contenuto = await marta.carica(`${API}/contenuti`, Buffer.from(file, 'utf8'), 'registro-emergenza.json')
      const prova = (await marta.scrivi('POST', `${API}/emergenza/prove`, { contenutoId: contenuto['id'] })) as unknown as {
        valido: boolean
        errori: { messaggio: string }[]
      }
      assertVero(prova.valido, `la prova di recupero dice: ${prova.errori.map((e) => e.messaggio).join('; ')}`)
      const esito = (await marta.scrivi('POST', `${API}/emergenza/recuperi`, { contenutoId: contenuto['id'] })) as unknown as Esito
      assertVero(esito.nuove === 2, `le righe recuperate sono ${esito.nuove}`)
      const verbale = await marta.file(`${API}/emergenza/recuperi/${esito.recuperoId}/verbale.pdf`, 'verbale-emergenza.pdf')
      const parole = (await readTesto(verbale)).join(' ').replaceAll(/\s+/gu, '')
      for (const { numero, etichetta } of esito.coppie)
        assertVero(
          parole.includes(numero) && parole.includes(String(etichetta)),
          `il verbale non dice la coppia ${numero} ${String(etichetta)}`,
        )
      const anno = new Date().getUTCFullYear()
      const riepilogo = await marta.file(`${API}/emergenza/riepilogo.pdf?anno=${anno}`, 'riepilogo-emergenza.pdf')
      return [
        `Registro ${registro.codice}: modulo in bianco ${modulo.length} byte, verbale ${verbale.length} byte, riepilogo ${riepilogo.length} byte`,
        ...esito.coppie.map((c) => `${c.numero} → ${String(c.etichetta)}`),
      ]
    },
  },
  {
    titolo: 'Le stampe di sportello nei formati che restano: ricevuta A4, etichetta di prova, indice del fascicolo',
    svolgi: async (_, s) => {
      const { lidia, egidio, marta, registrazione, fascicolo } = of(s)
      const ricevuta = await lidia.file(`${API}/registrazioni/${registrazione.id}/ricevuta.pdf?formato=A4`)
      const prova = await marta.file(`${API}/stampe/etichetta-di-prova.pdf`)
      const indice = await egidio.file(`${API}/fascicoli/${fascicolo.id}/indice.pdf`)
      const parole = (await readTesto(indice)).join(' ').replaceAll(/\s+/gu, '')
      assertVero(parole.includes(registrazione.etichetta), 'l’indice del fascicolo non dice il documento')
      return [`Ricevuta A4 ${ricevuta.length} byte, etichetta di prova ${prova.length} byte, indice ${indice.length} byte`]
    },
  },
]

/** The register of the story's site; on a demonstration already used, its series is taken from the earlier device. */
async function preparaRegistro({ marta }: Storia): Promise<{ id: string; codice: string }> {
  const find = (q: unknown) => (q as Quadro).registri.find((r) => r.sede === SEDE)
  const before = find(await marta.leggi(`${API}/emergenza`))
  if (before?.serie !== null && before?.serie !== undefined)
    await marta.scrivi('POST', `${API}/emergenza/serie/${before.serie.id}/revoca`, {
      motivo: 'Dispositivo restituito al termine del racconto.',
    })
  const registro = before ?? find(await marta.scrivi('POST', `${API}/emergenza/registri`, { sede: SEDE }))
  if (registro === undefined) throw new Error('the register was not created')
  return registro
}

async function installa({ marta, lidia }: Storia, registroId: string): Promise<Dispositivo> {
  const quadro = (await marta.scrivi('POST', `${API}/emergenza/serie`, {
    registroId,
    dispositivo: 'Portatile del racconto',
    provvedimento: 'Decreto 3/2026',
  })) as unknown as Quadro
  const serie = quadro.registri.find((r) => r.id === registroId)?.serie
  const chiave = await newDeviceKey()
  const { serie: testo, firma } = (await lidia.scrivi('POST', `${API}/emergenza/serie/${String(serie?.id)}/attivazione`, {
    chiave: chiave.pubblica,
  })) as unknown as { serie: string; firma: string }
  return new Dispositivo({ testo, firma, documento: JSON.parse(testo) as SerieDocumento }, chiave.privata)
}

/** Two rows within an hour that is over: the journal of the device, closed and signed. */
async function scriviGiornale({ lidia, registrazione }: Storia, d: Dispositivo): Promise<string> {
  const at = (minuti: number): string => new Date(Date.now() - minuti * 60_000).toISOString()
  const uffici = (await lidia.leggi(`${API}/uffici`)) as unknown as { id: string; denominazione: string }[]
  const ufficioId = uffici.find((u) => /edilizia/iu.test(u.denominazione))?.id ?? ''
  const dati = (oggetto: string) => datiEntrata({ voceId: registrazione.voce.id, ufficioId }, { oggetto, dataArrivo: at(62) })
  await d.apri(at(61), 'Guasto della linea', 'Nota del responsabile 7/2026')
  const giorno = (minuti: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      Date.parse(at(minuti)),
    )
  const totali = new Map<string, number>()
  for (const [minuti, oggetto] of [
    [50, 'Richiesta di occupazione di suolo'],
    [40, 'Consegna di elaborati grafici'],
  ] as const) {
    await d.registra(at(minuti), dati(oggetto))
    totali.set(giorno(minuti), (totali.get(giorno(minuti)) ?? 0) + 1)
  }
  for (const [quando, totale] of totali) await d.giornata(quando, totale)
  await d.chiudi(at(5))
  return await d.file()
}
