import type { Attore } from '../kernel/scope.ts'
import { isProduttore } from './policy.ts'
import type { VersamentoRow } from './repository.ts'
import { resumeFrom } from './rules.ts'
import type { Posizione } from './rules.ts'
import type { VersamentoDto } from './schema.ts'

const MASCHERATO = 'Fascicolo con documenti riservati'

/** Where a versamento stands, as the next step wants it. */
export function posizioneOf(v: VersamentoRow): Posizione {
  return { stato: v.stato, congelato: v.congelato, conPacchetto: v.improntaPacchetto !== null, registro: v.registroGiornalieroId !== null }
}

function presentOggetto(v: VersamentoRow, attore: Attore): Pick<VersamentoDto, 'fascicolo' | 'registro'> {
  const { fascicoloId: id, fascicoloCodice: codice, fascicoloSlug: slug, fascicoloOggetto } = v
  const masked = v.fascicoloRiservato && !isProduttore(attore)
  const { registroGiornalieroId, registroIdentificativo, registroGiorno, registroOggetto } = v
  return {
    fascicolo:
      id === null || codice === null || slug === null
        ? null
        : { id, codice, slug, oggetto: masked ? MASCHERATO : (fascicoloOggetto ?? '') },
    registro:
      registroGiornalieroId === null || registroIdentificativo === null || registroGiorno === null
        ? null
        : { id: registroGiornalieroId, identificativo: registroIdentificativo, giorno: registroGiorno, oggetto: registroOggetto ?? '' },
  }
}

/** A transfer as its page shows it: who is not its produttore does not read the subject of a fascicolo that holds riservati. */
export function presentVersamento(v: VersamentoRow, attore: Attore): VersamentoDto {
  const anomalie = v.anomalie ?? []
  return {
    id: v.id,
    idPdv: v.idPdv,
    stato: v.stato,
    ...presentOggetto(v, attore),
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
    ripetibile: resumeFrom(posizioneOf(v)) !== null && isProduttore(attore),
  }
}
