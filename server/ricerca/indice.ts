import type { ObjectStore } from '../../storage/index.ts'
import { findScartato } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import { inTransaction, query } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { MotoreRicerca } from '../ports/ricerca.ts'
import { gettoniDi } from './gettoni.ts'
import { toIndice, vocabolario } from './parole.ts'
import { loadScheda } from './scheda.ts'
import type { Scheda } from './scheda.ts'
import { estraiTesto, haTesto, MASSIMO_FILE, MASSIMO_TESTO } from './testo.ts'
import type { Estrazione, TestoEstratto } from './testo.ts'

/**
 * Puts a registration in the index with the text of its files, or puts it there anew: repeating it changes nothing. Throws when the registration is not visible
 * yet (its segnatura is being sealed): the job is tried again.
 */
export async function indexRegistrazione(scope: Scope, id: string, store: ObjectStore, motore: MotoreRicerca | null): Promise<void> {
  const found = await loadScheda(scope, id)
  if (found === null) throw new Error('no such registration yet')
  const testo = (await isScartato(scope, found.files)) ? SCARTATO : await readFiles(scope, found.files, store)
  if (motore !== null) await motore.index(scope.ente.id, [{ ...found.scheda, testo: testo.testo }])
  await write(scope, found, testo, false)
}

/** Puts in the index registrations that the job has not reached, without the text of their files: they are found at once by everything else. */
export async function indexSubito(scope: Scope, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const found = await loadScheda(scope, id)
    if (found !== null) await write(scope, found, { testo: '', estrazione: 'nessun-file' }, true)
  }
}

/** What is left of the words of the files of a destroyed document: none (D.lgs. 42/2004 art. 21). */
const SCARTATO: TestoEstratto = { testo: '', estrazione: 'nessun-file' }

async function isScartato(scope: Scope, files: readonly FileRow[]): Promise<boolean> {
  const [file] = files
  return file !== undefined && (await findScartato(scope, { documentoId: file.documentoId })) !== null
}

/** Text of the files of a document, from the main one on, until the limit. */
async function readFiles(scope: Scope, files: readonly FileRow[], store: ObjectStore): Promise<TestoEstratto> {
  const texts: string[] = []
  const outcomes = new Set<Estrazione>()
  let length = 0
  for (const file of files) {
    if (length >= MASSIMO_TESTO) break
    const read = await readFile(scope, file, store)
    outcomes.add(read.estrazione)
    if (read.testo === '') continue
    texts.push(read.testo.slice(0, MASSIMO_TESTO - length))
    length += read.testo.length
  }
  const order: readonly Estrazione[] = ['parziale', 'testo', 'illeggibile', 'senza-testo']
  const estrazione = length > MASSIMO_TESTO ? 'parziale' : (order.find((o) => outcomes.has(o)) ?? 'nessun-file')
  return { testo: texts.join(' \n '), estrazione }
}

async function readFile(scope: Scope, file: FileRow, store: ObjectStore): Promise<TestoEstratto> {
  if (!haTesto(file.mime)) return { testo: '', estrazione: 'senza-testo' }
  if (file.dimensione > MASSIMO_FILE) return { testo: '', estrazione: 'illeggibile' }
  const chunks: Buffer[] = []
  for await (const chunk of await store.open(scope.ente.id, file.sha256)) chunks.push(chunk as Buffer)
  return await estraiTesto(Buffer.concat(chunks), file.mime)
}

async function write(scope: Scope, { scheda, sfaccettature: s }: Scheda, t: TestoEstratto, soloNuova: boolean): Promise<void> {
  const testa = toIndice([...scheda.chiavi, scheda.oggetto].join(' '))
  const corrispondenti = toIndice(scheda.corrispondenti)
  const corpo = toIndice(`${scheda.altro} ${t.testo}`)
  const parole = vocabolario([scheda.oggetto, scheda.corrispondenti, scheda.altro, t.testo])
  await inTransaction(scope, async (tx) => {
    await query(tx, 'select app.indicizza_registrazione($1, $2, $3, $4, $5, $6::text[], $7::text[], $8)', [
      scheda.registrazioneId,
      scheda.istante,
      testa,
      corrispondenti,
      corpo,
      gettoniDi(s),
      parole,
      soloNuova,
    ])
    await query(
      tx,
      `insert into testo_registrazione (ente_id, registrazione_id, anno, tipo, mezzo, voce, ufficio_id, stato, estrazione, corpo, aggiornato_il)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp())
       on conflict (ente_id, registrazione_id) do ${
         soloNuova
           ? 'nothing'
           : `update set anno = excluded.anno, tipo = excluded.tipo, mezzo = excluded.mezzo, voce = excluded.voce, ufficio_id = excluded.ufficio_id,
              stato = excluded.stato, estrazione = excluded.estrazione, corpo = excluded.corpo, aggiornato_il = excluded.aggiornato_il`
       }`,
      [
        tx.ente.id,
        scheda.registrazioneId,
        s.anno,
        s.tipo,
        s.mezzo,
        s.voce,
        s.ufficioId,
        s.annullata ? 'annullata' : s.stato,
        t.estrazione,
        [scheda.altro, t.testo].filter((x) => x !== '').join(' \n '),
      ],
    )
  })
}
