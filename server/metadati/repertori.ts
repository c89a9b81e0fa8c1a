import { recordFact } from '../kernel/audit.ts'
import { inReadTransaction, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { now, romeDay } from '../kernel/time.ts'
import { findVisibleRiga } from '../repertori/index.ts'
import { findPersone, findResponsabileGestione } from './lookups.ts'
import { toDaiRepertorio } from './presenter/repertorio.ts'
import type { RepertorioFatti } from './presenter/repertorio.ts'
import { findDocumentiFatti } from './repository.ts'
import type { MetadatiDto } from './schema.ts'
import { emitModello } from './service.ts'

type RigaLetta = Omit<RepertorioFatti, 'operatore' | 'responsabileGestione'> & { documentoId: string; operatoreId: string }

/** Metadata of a row of a repertory this person may see, with their file name; the read is recorded. Throws NotFound. */
export async function readDaiRepertorio(scope: Scope, rigaId: string): Promise<{ metadati: MetadatiDto; nome: string }> {
  const { dai, documentoId, nome } = await inReadTransaction(scope, async (s) => {
    await findVisibleRiga(s, rigaId)
    const riga = (await findFatti(s, rigaId)) as RigaLetta
    const [documento] = await findDocumentiFatti(s, [riga.documentoId])
    const persone = await findPersone(s, [riga.operatoreId])
    const fatti = {
      ...riga,
      operatore: persone.get(riga.operatoreId) ?? null,
      responsabileGestione: await findResponsabileGestione(s, riga.giorno),
    }
    return {
      dai: documento === undefined ? null : toDaiRepertorio(documento, fatti, romeDay(now())),
      documentoId: riga.documentoId,
      nome: `dai-${riga.codice}-${riga.serie}-${riga.numero}.xml`,
    }
  })
  await recordFact(scope, { azione: 'metadati-letti', oggettoTipo: 'registrazione-repertorio', oggettoId: rigaId, documentoId })
  return { metadati: emitModello(dai), nome }
}

async function findFatti(scope: Scope, rigaId: string): Promise<RigaLetta | null> {
  return await queryOne<RigaLetta>(
    scope,
    `select p.codice, p.denominazione, r.serie, r.numero, to_char(r.giorno, 'YYYY-MM-DD') as giorno, to_char(r.istante at time zone 'Europe/Rome', 'HH24:MI:SS') as ora,
            r.formatore, r.impronta, r.riservato, p.conservazione_anni as "conservazioneAnni", r.documento_id as "documentoId", r.operatore_id as "operatoreId",
            exists (select 1 from annullamento_repertorio a where a.ente_id = r.ente_id and a.riga_id = r.id and a.esito = 'autorizzato') as annullato
       from registrazione_repertorio r join repertorio p on p.ente_id = r.ente_id and p.id = r.repertorio_id where r.ente_id = $1 and r.id = $2`,
    [scope.ente.id, rigaId],
  )
}
