import { Readable } from 'node:stream'
import type { ObjectStore } from '../../../storage/index.ts'
import { replyWith } from '../../documenti/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { now } from '../../kernel/time.ts'
import type { Stampatrice } from '../../ports/stampa.ts'
import { storicaAssente } from '../errors.ts'
import { presentRegistroStorico, presentRigaStorica, presentStorica } from '../presenter.ts'
import { findFileStorici, findStorica, listRegistriStorici, listStoriche } from '../repository.ts'
import type { FiltriStorico, RegistrazioneStoricaDto, RegistroStoricoDto, RigaStoricaDto } from '../schema.ts'
import { toStampa } from '../storico/stampa.ts'
import { findRapporto } from './storico.ts'

/** The past registers of the ente, the last year first. */
export async function readRegistriStorici(scope: Scope): Promise<RegistroStoricoDto[]> {
  return (await listRegistriStorici(scope)).map(presentRegistroStorico)
}

/** One page of the registrations of the past this person may see, masked where he may not read. Words never find what they would not show. */
export async function readStoriche(scope: Scope, filtri: FiltriStorico): Promise<{ elementi: RigaStoricaDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { rows, totale } = await listStoriche(s, filtri)
    return { elementi: rows.map(presentRigaStorica), totale }
  })
}

/** A registration of the past; the read is recorded. Throws NotFound when it is not there or not this person's to see. */
export async function readStorica(scope: Scope, id: string): Promise<RegistrazioneStoricaDto> {
  const dto = await inReadTransaction(scope, async (s) => {
    const row = await findStorica(s, id)
    if (row === null) throw storicaAssente()
    return presentStorica(row, await findFileStorici(s, id))
  })
  if (dto.leggibile) await recordFact(scope, { azione: 'registrazione-storica-letta', oggettoTipo: 'registrazione-storica', oggettoId: id })
  return dto
}

/** A file of a registration of the past, with verified bytes; the read is recorded before the first leaves. Throws NotFound. */
export async function openFileStorico(scope: Scope, id: string, fileId: string, store: ObjectStore): Promise<FileReply> {
  const file = await inReadTransaction(scope, async (s) => {
    const row = await findStorica(s, id)
    if (row?.leggibile !== true) throw storicaAssente()
    return (await findFileStorici(s, id)).find((one) => one.id === fileId)
  })
  if (file === undefined) throw storicaAssente()
  await recordFact(scope, {
    azione: 'documento-storico-letto',
    oggettoTipo: 'registrazione-storica',
    oggettoId: id,
    dopo: { file: file.nome, impronta: file.sha256 },
  })
  return await replyWith(scope, file, store)
}

/** The reconciliation report as a printed document. Throws NotFound, Conflict while there is none. */
export async function printRapporto(scope: Scope, id: string, stampa: Stampatrice): Promise<FileReply> {
  const row = await findRapporto(scope, id)
  const bytes = Buffer.from(
    await stampa.print(
      toStampa(
        {
          ente: scope.ente.denominazione,
          codice: row.codice,
          anno: row.anno,
          denominazione: row.denominazione,
          provenienza: row.provenienza,
          tabella: row.tabella,
          improntaTabella: row.righeSha256,
          archivio: row.archivio,
          improntaArchivio: row.archivioSha256,
          stato: row.stato.toLowerCase().replaceAll('_', ' '),
          accettazione: row.accettazione,
          autore: row.attore.nome,
          creatoIl: now(),
        },
        row.rapporto,
      ),
    ),
  )
  return new FileReply({
    nome: `riconciliazione-${row.codice}-${row.anno}.pdf`,
    tipo: 'application/pdf',
    dimensione: bytes.length,
    stream: Readable.from([bytes]),
  })
}
