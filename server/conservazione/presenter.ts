import type { Attore } from '../kernel/scope.ts'
import { isProduttore } from './policy.ts'
import type { VersamentoRow } from './repository.ts'
import { resumeFrom } from './rules.ts'
import type { VersamentoDto } from './schema.ts'

const MASCHERATO = 'Fascicolo con documenti riservati'

/** A transfer as its page shows it: who is not its produttore does not read the subject of a fascicolo that holds riservati. */
export function presentVersamento(v: VersamentoRow, attore: Attore): VersamentoDto {
  const anomalie = v.anomalie ?? []
  const masked = v.fascicoloRiservato && !isProduttore(attore)
  return {
    id: v.id,
    idPdv: v.idPdv,
    stato: v.stato,
    fascicolo: { id: v.fascicoloId, codice: v.fascicoloCodice, slug: v.fascicoloSlug, oggetto: masked ? MASCHERATO : v.fascicoloOggetto },
    produttore: v.produttoreNome,
    creatoIl: v.creatoIl.toISOString(),
    trasmessoIl: v.trasmessoIl?.toISOString() ?? null,
    presaInCarico: v.presaInCarico,
    improntaIndice: v.improntaIndice,
    improntaPacchetto: v.improntaPacchetto,
    dimensione: v.dimensione,
    anomalie,
    ...(v.rapportoSha256 === null || v.rapportoRicevutoIl === null
      ? {}
      : {
          rapporto: {
            id: v.rapportoId,
            esito: v.esito,
            ricevutoIl: v.rapportoRicevutoIl.toISOString(),
            impronta: v.rapportoSha256,
            anomalie,
          },
        }),
    ripetibile:
      resumeFrom({ stato: v.stato, congelato: v.congelato, conPacchetto: v.improntaPacchetto !== null }) !== null && isProduttore(attore),
  }
}
