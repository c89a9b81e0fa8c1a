import type { ObjectStore } from '../../../storage/index.ts'
import { openVerified } from '../../../storage/index.ts'
import { findContenuti } from '../../documenti/index.ts'
import { InvalidInput } from '../../kernel/errors.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { Stampatrice, Stampa } from '../../ports/stampa.ts'
import { campiSenzaValore, fileEstraneo, testoNonAmmesso, testoVuoto } from '../errors.ts'
import { toBlocchi } from '../modello/blocchi.ts'
import { valoriDi } from '../modello/campi.ts'
import type { Fatti } from '../modello/campi.ts'
import { compila } from '../modello/compila.ts'
import { escapeHtml, parseTesto, TestoNonAmmesso } from '../modello/html.ts'
import { compilaFile, ModelloGuasto } from '../modello/ufficio.ts'
import type { BozzaRow } from '../repository.ts'
import { nomeFile } from '../rules.ts'

/** Bytes of a document made here, with the name they get. */
export interface Reso {
  readonly bytes: Buffer
  readonly nome: string
}

/** The whole of a stored content, verified. */
export async function readContenuto(scope: Scope, store: ObjectStore, sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await openVerified(store, scope.ente.id, sha256)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/**
 * The printed document of a text. `finale`: every field must have its value, or InvalidInput names each that has none; otherwise (a preview) what is
 * missing is written in brackets and BOZZA lies across the page. Throws InvalidInput for a text outside the subset.
 */
export async function printTesto(
  row: Pick<BozzaRow, 'corpo' | 'dati' | 'autoreNome' | 'ufficio'>,
  fatti: Fatti,
  stampa: Stampatrice,
  finale: boolean,
): Promise<Reso> {
  const done = compila(row.corpo, valoriDi(fatti), escapeHtml)
  if (finale && (done.mancanti.length > 0 || done.sconosciuti.length > 0)) throw campiSenzaValore(done.mancanti, done.sconosciuti)
  const bytes = await stampa.print(toStampa(done.testo, fatti, finale))
  return { bytes: Buffer.from(bytes), nome: nomeFile(fatti.oggetto, '.pdf') }
}

function toStampa(testo: string, fatti: Fatti, finale: boolean): Stampa {
  return {
    titolo: fatti.oggetto === '' ? 'Documento' : fatti.oggetto,
    senzaTitolo: true,
    intestazione: [fatti.ente.denominazione, ...(fatti.ufficio === null ? [] : [fatti.ufficio.denominazione])],
    formato: 'A4',
    blocchi: blocchiOf(testo),
    autore: fatti.autore,
    creatoIl: fatti.oggi,
    ...(finale ? {} : { filigrana: 'BOZZA' }),
  }
}

function blocchiOf(testo: string): Stampa['blocchi'] {
  try {
    return toBlocchi(parseTesto(testo))
  } catch (error) {
    if (error instanceof TestoNonAmmesso) throw testoNonAmmesso(error.message)
    throw error
  }
}

/** The template file of a draft with its fields filled, in its own format. `finale` as above. Throws InvalidInput when the file cannot be filled. */
export async function fillFile(scope: Scope, row: BozzaRow, fatti: Fatti, store: ObjectStore, finale: boolean): Promise<Reso> {
  const formato = row.modelloFormato
  if (row.modelloContenutoId === null || formato === null || formato === 'HTML') throw testoVuoto()
  const contenuto = (await findContenuti(scope, [row.modelloContenutoId])).get(row.modelloContenutoId)
  if (contenuto === undefined) throw fileEstraneo()
  const done = fill(await readContenuto(scope, store, contenuto.sha256), formato, fatti)
  if (finale && (done.mancanti.length > 0 || done.sconosciuti.length > 0)) throw campiSenzaValore(done.mancanti, done.sconosciuti)
  return { bytes: done.bytes, nome: nomeFile(fatti.oggetto, `.${formato.toLowerCase()}`) }
}

function fill(bytes: Buffer, formato: 'DOCX' | 'ODT', fatti: Fatti): ReturnType<typeof compilaFile> {
  try {
    return compilaFile(bytes, formato, valoriDi(fatti))
  } catch (error) {
    if (error instanceof ModelloGuasto)
      throw new InvalidInput('modello-guasto', error.message, [{ campo: 'modelloId', messaggio: error.message }])
    throw error
  }
}
