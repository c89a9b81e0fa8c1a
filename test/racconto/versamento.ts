import { assertVero } from './prove.ts'
import { API } from './storia.ts'
import type { Storia } from './storia.ts'

/** Waits, two minutes at most, until the conservatore has kept the package of the story's fascicolo. */
export async function aspettaConservato(storia: Storia): Promise<Storia['versamento']> {
  let ultimo = 'nessun versamento'
  for (let i = 0; i < 240; i++) {
    const { elementi } = (await storia.marta.leggi(`${API}/versamenti?perPagina=200`)) as unknown as {
      elementi: (Storia['versamento'] & { stato: string; fascicolo: { id: string } | null })[]
    }
    const mio = elementi.find((v) => v.fascicolo?.id === storia.fascicolo.id)
    ultimo = mio?.stato ?? ultimo
    if (mio?.stato === 'CONSERVATO') return (await storia.marta.leggi(`${API}/versamenti/${mio.id}`)) as unknown as Storia['versamento']
    assertVero(mio?.stato !== 'RIFIUTATO' && mio?.stato !== 'ERRORE', `il versamento è ${String(mio?.stato)}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  assertVero(false, `dopo due minuti il versamento è ancora: ${ultimo}`)
  throw new Error('unreachable')
}
