import { z } from 'zod'
import { findContenuti } from '../documenti/index.ts'
import { recordFact } from '../kernel/audit.ts'
import { endpoint } from '../kernel/endpoint.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { inReadTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import { findConservazioni } from '../titolario/index.ts'
import type { DocumentoFatti, FileFatti, VoceFatti } from './facts.ts'
import { enteOf, findAoo, findPersone, findVoci, found } from './lookups.ts'
import { withRepairs } from './riparazione.ts'
import { asFile } from './risposta.ts'
import { metadatiDto } from './schema.ts'
import type { MetadatiDto } from './schema.ts'
import { emitDocumento } from './service.ts'
import { findServizio } from './servizio.ts'

/** A document before its number, as the room of the drafts tells it. */
interface BozzaFormata {
  readonly id: string
  readonly aooId: string
  readonly oggetto: string
  readonly tipologia: string
  readonly modalita: 'a' | 'b'
  readonly riservatezza: string
  readonly dataDocumento: string | null
  readonly voceId: string | null
  readonly autoreId: string
  readonly creataIl: string
  readonly principale: { readonly contenutoId: string; readonly nome: string } | null
  readonly allegati: readonly { readonly contenutoId: string; readonly nome: string; readonly descrizione: string }[]
}
/** How the room of the drafts answers for one; it throws for what the person may not see. */
export type TrovaBozza = (scope: Scope, id: string) => Promise<BozzaFormata>

const SENZA_VOCE: VoceFatti = {
  codice: '',
  descrizione: '',
  piano: null,
  conservazioneAnni: null,
  chiusaDal: null,
  versioneDal: '',
  versioneAl: null,
}

/** The facts of a draft, read in the scope's transaction: what it is now, in no register and in no fascicolo yet. */
async function factsOf(s: Scope, b: BozzaFormata): Promise<DocumentoFatti> {
  const placed = [
    ...(b.principale === null ? [] : [{ ...b.principale, descrizione: '', ruolo: 'principale' as const }]),
    ...b.allegati.map((a) => ({ ...a, ruolo: 'allegato' as const })),
  ]
  const contenuti = await findContenuti(
    s,
    placed.map((f) => f.contenutoId),
  )
  const voce = b.voceId === null ? undefined : (await findVoci(s, [b.voceId])).get(b.voceId)
  const [piano] = b.voceId === null ? [] : await findConservazioni(s, [{ voceId: b.voceId, tipologia: b.tipologia }])
  const aoo = await findAoo(s, [b.aooId])
  return {
    id: b.id,
    ente: enteOf(s, found(aoo, b.aooId, 'aoo'), await findServizio(s)),
    oggetto: b.oggetto,
    tipologia: b.tipologia,
    modalita: b.modalita,
    riservatezza: b.riservatezza,
    dataDocumento: b.dataDocumento,
    // Until it has its number it is one document that changes freely: versions begin afterwards.
    versione: 1,
    voce: voce === undefined ? SENZA_VOCE : { ...voce, conservazioneAnni: piano?.anni ?? null },
    files: placed.flatMap((f, i): FileFatti[] => {
      const c = contenuti.get(f.contenutoId)
      if (c === undefined) return []
      const { sha256, dimensione, mime, formato } = c
      return [{ ...f, id: f.contenutoId, posizione: i + 1, sha256, dimensione, mime, firmato: formato.firmato !== 'nessuna' }]
    }),
    registrazione: null,
    repertorio: null,
    assegnazioni: [],
    aggregazioni: [],
    responsabileGestione: null,
    creatoIl: b.creataIl,
    inseritoDa: (await findPersone(s, [b.autoreId])).get(b.autoreId) ?? null,
    primario: null,
  }
}

async function readDi(scope: Scope, id: string, trova: TrovaBozza): Promise<{ metadati: MetadatiDto; nome: string }> {
  const fatti = await inReadTransaction(scope, async (s) => await factsOf(s, await trova(s, id)))
  await recordFact(scope, { azione: 'metadati-letti', oggettoTipo: 'bozza', oggettoId: id })
  const metadati = emitDocumento(fatti, romeDay(now()))
  return {
    metadati: withRepairs(metadati, { ente: scope.ente.slug, tipo: 'documento', pagina: `bozze/${id}` }),
    nome: `di-bozza-${id}.xml`,
  }
}

/** Allegato 5 metadata of a document that has no number yet: DI, from what the draft is at this moment. */
export const createBozzeMetadatiEndpoints = (trova: TrovaBozza): readonly Endpoint[] => {
  const byId = z.object({ ente: z.string(), id: z.uuid() })
  return [
    endpoint({
      method: 'GET',
      path: '/api/v1/:ente/bozze/:id/metadati',
      permission: 'bozze.lavora',
      summary: 'I metadati Allegato 5 del documento in bozza (DI) e ciò che manca',
      params: byId,
      response: metadatiDto,
      handler: async (scope, { params }) => (await readDi(scope, params.id, trova)).metadati,
    }),
    endpoint({
      method: 'GET',
      path: '/api/v1/:ente/bozze/:id/metadati.xml',
      permission: 'bozze.lavora',
      summary: 'Il file XML dei metadati del documento in bozza (DI)',
      params: byId,
      response: 'file',
      handler: async (scope, { params }) => asFile(await readDi(scope, params.id, trova)),
    }),
  ]
}
