import { openVerified } from '../../../storage/index.ts'
import type { ObjectStore } from '../../../storage/index.ts'
import { recordFact } from '../../kernel/audit.ts'
import { FileReply } from '../../kernel/endpoint.ts'
import type { Scope } from '../../kernel/scope.ts'
import { daysBetween, now } from '../../kernel/time.ts'
import { isRgd } from '../../protocollo/index.ts'
import { nessunGiorno, periodoErrato, registroNonTrovato, soloResponsabile } from '../errors.ts'
import { layoutEsportazione, zipEsportazione } from '../esportazione.ts'
import { findRegistriGiornalieri } from '../repository/elenco.ts'
import { findRegistri } from '../repository/registri.ts'
import type { RegistroRow } from '../repository/registri.ts'

const MAX_DAYS = 366

/** The register asked for, or the general one of the default AOO. Throws NotFound. */
export async function chooseRegistro(scope: Scope, registroId: string | undefined): Promise<RegistroRow> {
  const registri = await findRegistri(scope)
  const found = registroId === undefined ? registri[0] : registri.find((r) => r.id === registroId)
  if (found === undefined) throw registroNonTrovato()
  return found
}

/**
 * The register of a period as plain files in one ZIP, to be verified anywhere with only Node (`verifica-registro.js` is inside). Full data: only the head of
 * records management or his vicar. The export is a fact of the trail. Throws Forbidden, NotFound, InvalidInput.
 */
export async function exportRegistro(
  scope: Scope,
  f: { dal: string; al: string; registroId?: string | undefined; conPdf: boolean },
  store: ObjectStore,
): Promise<FileReply> {
  if (!isRgd(scope.attore)) throw soloResponsabile()
  const length = daysBetween(f.dal, f.al)
  if (length < 0 || length > MAX_DAYS) throw periodoErrato()
  const registro = await chooseRegistro(scope, f.registroId)
  const giorni = await findRegistriGiornalieri(scope, { registroId: registro.id, dal: f.dal, al: f.al, tipo: 'giornaliero' })
  if (giorni.length === 0) throw nessunGiorno()
  const { denominazione, codiceIpa, codiceFiscale } = scope.ente
  const dati = {
    ente: { denominazione, codiceIpa, codiceFiscale },
    registro: { codice: registro.codice, denominazione: registro.denominazione },
    dal: f.dal,
    al: f.al,
    autore: scope.attore.nome,
    esportatoIl: now().toISOString(),
    conPdf: f.conPdf,
  }
  const file = layoutEsportazione(dati, giorni)
  await recordFact(scope, {
    azione: 'registro-esportato',
    oggettoTipo: 'registro',
    oggettoId: registro.id,
    dopo: { dal: f.dal, al: f.al, giorni: giorni.length, manifesto: file[0]?.sha256 },
  })
  const radice = `registro-${registro.codice}-${f.dal}-${f.al}`
  const { flusso, dimensione } = zipEsportazione(radice, file, async (sha256) => await openVerified(store, scope.ente.id, sha256))
  return new FileReply({ nome: `${radice}.zip`, tipo: 'application/zip', stream: flusso, dimensione })
}
