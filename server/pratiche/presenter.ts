import { formatEtichetta } from '../protocollo/index.ts'
import { addDays } from '../kernel/time.ts'
import type { RegoleTermini } from '../procedimenti/index.ts'
import { fineSospensione } from '../procedimenti/index.ts'
import type { EventoRow, PraticaRow } from './repository.ts'
import { isAperto, liveEventi, passiOf, stretchOf } from './rules.ts'
import type { FattoPasso } from './rules.ts'
import type { PraticaDto, RigaPraticaDto } from './schema.ts'

/** The step whose doing is the communication of start (L. 241/1990 artt. 7 and 8). */
export const PASSO_COMUNICAZIONE = 'comunicazione-avvio'

/** A row of the board. */
export function presentRigaPratica(p: PraticaRow): RigaPraticaDto {
  return {
    id: p.id,
    fascicolo: { id: p.fascicoloId, codice: p.fascicoloCodice, slug: p.fascicoloSlug, oggetto: p.fascicoloOggetto },
    procedimento: { id: p.procedimentoId, codice: p.procedimentoCodice, denominazione: p.denominazione },
    ufficio: { id: p.ufficioId, denominazione: p.ufficio },
    responsabile: { id: p.responsabileId, nome: p.responsabile },
    avvio: p.avvio,
    termine: p.termine,
    giorni: p.giorni,
    situazione: p.situazione,
    sospesaFino: p.situazione === 'sospesa' ? p.sospesaFino : null,
    silenzioIl: p.silenzioIl,
    fase: p.fase,
    passiFatti: p.passiFatti,
    passi: p.modello.length,
    conclusaIl: p.conclusaIl,
    esito: p.esito,
  }
}

/** What surrounds a practice on its page. */
export interface Contorno {
  readonly passi: readonly FattoPasso[]
  readonly eventi: readonly EventoRow[]
  readonly fasi: PraticaDto['fasi']
  readonly regole: RegoleTermini
  readonly oggi: string
  readonly azioni: PraticaDto['azioni']
}

/** A practice whole. */
export function presentPratica(p: PraticaRow, c: Contorno): PraticaDto {
  const live = liveEventi(c.eventi)
  const passiPratica = passiOf(p.modello, c.passi)
  const communicated = passiPratica.some((x) => x.chiave === PASSO_COMUNICAZIONE && x.stato !== 'da fare')
  const expected = p.modello.some((x) => x.chiave === PASSO_COMUNICAZIONE)
  return {
    ...presentRigaPratica(p),
    versione: { numero: p.versione, inVigore: p.versione === p.ultimaVersione },
    iniziativa: p.iniziativa,
    silenzio: p.silenzio,
    registrazione:
      p.registrazioneId === null
        ? null
        : { id: p.registrazioneId, etichetta: formatEtichetta(p.registrazioneNumero ?? 0, p.registrazioneAnno ?? 0) },
    termineIniziale: p.termineIniziale,
    comunicazioneAvvioEntro:
      !expected || communicated || p.conclusaIl !== null ? null : addDays(p.avvio, c.regole.giorniComunicazioneAvvio),
    passiPratica,
    saltati: passiPratica
      .filter((x) => x.stato === 'saltato')
      .map((x) => ({ nome: x.nome, motivo: x.motivo, autore: x.autore ?? '', giorno: x.giorno ?? '' })),
    eventi: c.eventi.map((e) => {
      const stretch = stretchOf(e, live, c.regole)
      return {
        id: e.id,
        tipo: e.tipo,
        giorno: e.giorno,
        giorni: e.giorni,
        motivo: e.motivo,
        autore: e.autore,
        riferitoId: e.riferitoId,
        vale: e.tipo === 'annullato' || live.some((x) => x.id === e.id),
        fino: stretch === null ? null : fineSospensione(stretch),
        aperto: p.conclusaIl === null && live.some((x) => x.id === e.id) && isAperto(e, live, c.regole, c.oggi),
      }
    }),
    fasi: c.fasi,
    motivoEsito: p.motivoEsito,
    durata: p.giorniDurata === null ? null : { giorni: p.giorniDurata, sospesi: p.giorniSospesi ?? 0, neiTermini: p.neiTermini ?? true },
    azioni: c.azioni,
  }
}
