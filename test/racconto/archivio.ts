import { readTesto } from '../support/lettore.ts'
import { assertVero, impronta } from './prove.ts'
import { API, of } from './storia.ts'
import type { Passo } from './storia.ts'

interface Estrazione {
  nuova: boolean
  estrazione: { id: string; anno: number; revisione: number; righe: number; file: { formato: string; sha256: string }[] }
}

const wordsOf = async (pdf: Buffer): Promise<string> => (await readTesto(pdf)).join(' ').replaceAll(/\s+/gu, '')

/** What the archive prints and freezes: cover of a fascicolo, repertorio of the year, list of what passed to the deposit archive. */
export const passiArchivio: readonly Passo[] = [
  {
    titolo: 'Il frontespizio del fascicolo e il repertorio dell’anno, estratto e congelato: a dati uguali niente di nuovo',
    svolgi: async (_, s) => {
      const { egidio, marta, fascicolo, registrazione } = of(s)
      const frontespizio = await egidio.file(`${API}/fascicoli/${fascicolo.id}/frontespizio.pdf`)
      const copertina = await wordsOf(frontespizio)
      assertVero(copertina.includes(fascicolo.codice), 'il frontespizio non dice il fascicolo')
      assertVero(copertina.includes(registrazione.etichetta), 'il frontespizio non ha l’indice dei documenti')
      const anno = registrazione.anno
      const { estrazione } = (await marta.scrivi('POST', `${API}/repertorio-fascicoli/estrazioni`, { anno })) as unknown as Estrazione
      const fatti: string[] = []
      for (const { formato, sha256 } of estrazione.file) {
        const file = await marta.file(
          `${API}/repertorio-fascicoli/estrazioni/${estrazione.id}/file/${formato}`,
          `repertorio-fascicoli.${formato}`,
        )
        assertVero(impronta(file) === sha256, `l’impronta del repertorio in ${formato} non è quella dichiarata`)
        const testo = formato === 'pdf' ? await wordsOf(file) : file.toString('utf8')
        assertVero(testo.includes(fascicolo.codice), `il repertorio in ${formato} non ha il fascicolo ${fascicolo.codice}`)
        fatti.push(`${formato} ${file.length} byte`)
      }
      const ancora = (await marta.scrivi('POST', `${API}/repertorio-fascicoli/estrazioni`, { anno })) as unknown as Estrazione
      assertVero(!ancora.nuova && ancora.estrazione.id === estrazione.id, 'a dati uguali è nata una nuova revisione')
      return [`Repertorio ${anno}, revisione ${estrazione.revisione}, ${estrazione.righe} righe: ${fatti.join(', ')}`]
    },
  },
  {
    titolo: 'L’elenco di ciò che è passato all’archivio di deposito, come è stato congelato',
    svolgi: async (_, s) => {
      const { marta } = of(s)
      const [elenco] = (await marta.leggi(`${API}/archivio/elenchi`)) as unknown as { id: string; numero: number; righe: number }[]
      assertVero(elenco !== undefined, 'la dimostrazione non ha nessun elenco di deposito')
      const pdf = await marta.file(`${API}/archivio/elenchi/${String(elenco?.id)}/elenco.pdf`, 'elenco-deposito.pdf')
      return [`Elenco n. ${String(elenco?.numero)}, ${String(elenco?.righe)} righe, ${pdf.length} byte`]
    },
  },
]
