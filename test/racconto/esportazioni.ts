import { checkEsportazione } from '../../metadata-schemas/esportazione/index.ts'
import { readTesto } from '../support/lettore.ts'
import { assertVero, impronta } from './prove.ts'
import { API, of } from './storia.ts'
import type { Passo, Storia } from './storia.ts'

interface Lavoro {
  id: string
  stato: string
  errore: string | null
  file: { nome: string; dimensione: number; impronta: string } | null
  esito: { righe: number; improntaRighe: string } | null
}

/** What leaves in files: the register in every format it is offered in, always the same rows. */
export const passiEsportazioni: readonly Passo[] = [
  {
    titolo: 'Il registro esportato come lavoro in sottofondo, in CSV, JSON, XML e PDF: le stesse righe, con il segno dell’annullamento',
    svolgi: async (_, s) => {
      const { annullata } = of(s)
      const filtri = { anno: annullata.anno }
      const fatti: { formato: string; lavoro: Lavoro; bytes: Buffer }[] = []
      for (const formato of ['csv', 'json', 'xml', 'pdf']) fatti.push(await esporta(of(s), formato, filtri))
      const [csv = '', json = '', xml = ''] = fatti.map((f) => f.bytes.toString('utf8'))
      const righe = csv.trimEnd().split('\r\n').slice(1)
      assertVero(
        fatti.every(
          (f) => f.lavoro.esito?.righe === righe.length && f.lavoro.esito.improntaRighe === fatti[0]?.lavoro.esito?.improntaRighe,
        ),
        `i formati non hanno le stesse righe: ${fatti.map((f) => `${f.formato} ${String(f.lavoro.esito?.righe)}`).join(', ')}`,
      )
      const lette = JSON.parse(json) as { righe: unknown[]; numeroRighe: number }
      assertVero(lette.righe.length === righe.length && lette.numeroRighe === righe.length, 'il JSON non ha le righe che dichiara')
      const valido = checkEsportazione(xml)
      assertVero(valido.valido, `l’XML non è valido: ${valido.valido ? '' : valido.errori.map((e) => e.messaggio).join('; ')}`)
      const segno = righe.find((r) => r.includes(`;${annullata.numero};`) && /ANNULLAT|;si;/u.test(r))
      assertVero(segno !== undefined, `nel CSV il numero ${annullata.numero} non porta il segno dell’annullamento`)
      const parole = (await readTesto(fatti[3]?.bytes ?? Buffer.alloc(0))).join(' ').replaceAll(/\s+/gu, '')
      assertVero(parole.includes(annullata.etichetta) && /annullat/iu.test(parole), 'nel PDF manca il segno dell’annullamento')
      return fatti.map(
        (f) => `${f.formato.toUpperCase()}: ${String(f.lavoro.esito?.righe)} righe, ${f.bytes.length} byte, impronta dichiarata vera`,
      )
    },
  },
]

/** Asks for an export, waits for it, takes the file and its statement; throws when the bytes are not those declared. */
async function esporta({ lidia }: Storia, formato: string, filtri: object): Promise<{ formato: string; lavoro: Lavoro; bytes: Buffer }> {
  const { id } = (await lidia.scrivi('POST', `${API}/esportazioni`, { origine: 'registro', formato, filtri })) as unknown as Lavoro
  for (let i = 0; ; i++) {
    const lavoro = (await lidia.leggi(`${API}/lavori/${id}`)) as unknown as Lavoro
    assertVero(lavoro.errore === null, `esportazione ${formato}: ${String(lavoro.errore)}`)
    if (lavoro.file !== null) {
      const bytes = await lidia.file(`${API}/lavori/${id}/file`, `esportazione.${formato}`)
      assertVero(impronta(bytes) === lavoro.file.impronta, `l’esportazione ${formato} non ha l’impronta dichiarata`)
      const attestazione = JSON.parse(
        (await lidia.file(`${API}/lavori/${id}/attestazione`, `attestazione-${formato}.json`)).toString('utf8'),
      ) as {
        impronta: string
      }
      assertVero(attestazione.impronta === lavoro.file.impronta, `l’attestazione ${formato} dice un’altra impronta`)
      return { formato, lavoro, bytes }
    }
    assertVero(i < 240, `dopo un minuto l’esportazione ${formato} è ancora ${lavoro.stato}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
