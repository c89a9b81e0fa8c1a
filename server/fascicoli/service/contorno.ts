import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta } from '../../protocollo/index.ts'
import { canSeeRiservata, sightOf, visibilitaFascicoliOf } from '../policy.ts'
import { MASCHERA } from '../presenter.ts'
import {
  findAmmessi,
  findCartacei,
  findCollegamenti,
  findEntrati,
  findLivelli,
  findMovimenti,
  findParti,
  findRiaperture,
  findUsciti,
  findVisibili,
} from '../repository-contorno.ts'
import type { MovimentoRow, TracciaRow } from '../repository-contorno.ts'
import type { FascicoloRow } from '../repository.ts'
import type { ContornoDto, MovimentoDto } from '../schema-contorno.ts'

/** What stands around a fascicolo for this person; of other fascicoli only those he sees, of reserved documents nothing (REQ-FASC-013). */
export async function composeContorno(s: Scope, row: FascicoloRow, mascherato: boolean): Promise<ContornoDto> {
  const v = visibilitaFascicoliOf(s.attore)
  const riservata = canSeeRiservata(v, row)
  const livelli = await findLivelli(s)
  const parti = await findParti(s, row.id)
  const frame = { livello: row.livello, divisibile: row.livello < livelli, posizioneFisica: row.posizioneFisica, statoDal: row.statoDal }
  const collegamenti = mascherato ? [] : await findCollegamenti(s, row.id)
  const usciti = mascherato ? [] : await findUsciti(s, row.id, riservata)
  const entrati = mascherato ? [] : await findEntrati(s, row.id, riservata)
  const others = [row.padreId, ...parti, ...collegamenti.map((c) => c.altroId), ...[...usciti, ...entrati].map((t) => t.altroId)]
  const seen = await findVisibili(
    s,
    others.filter((id) => id !== null),
  )
  const other = (id: string | null): FascicoloRow | undefined => (id === null ? undefined : seen.get(id))
  const words = (f: FascicoloRow): string => (sightOf(v, f) === 'intero' ? f.oggetto : MASCHERA)
  const brief = (f: FascicoloRow) => ({ id: f.id, codice: f.codice, slug: f.slug, oggetto: words(f) })
  const padre = other(row.padreId)
  const place = (t: TracciaRow) => {
    const f = other(t.altroId)
    return f === undefined ? null : { codice: f.codice, slug: f.slug }
  }
  return {
    ...frame,
    padre: padre === undefined ? null : brief(padre),
    parti: parti.flatMap((id) => {
      const f = seen.get(id)
      if (f === undefined) return []
      const documenti = f.documenti + (canSeeRiservata(v, f) ? f.documentiRiservati : 0)
      return [{ ...brief(f), stato: f.stato, livello: f.livello, documenti, responsabile: f.responsabile }]
    }),
    note: mascherato ? null : row.note,
    paroleChiave: mascherato ? [] : row.paroleChiave,
    statoMotivo: mascherato ? null : row.statoMotivo,
    collegamenti: collegamenti.flatMap((c) => {
      const f = seen.get(c.altroId)
      return f === undefined ? [] : [{ id: c.id, tipo: c.tipo, motivo: c.motivo, fascicolo: brief(f) }]
    }),
    cartacei: mascherato ? [] : await presentCartacei(s, row.id, riservata),
    usciti: usciti.map((t) => ({
      ...presentTraccia(t),
      toltoIl: t.quando.toISOString(),
      toltoDa: t.chi,
      motivo: t.riservato ? '' : t.motivo,
      destinazione: place(t),
    })),
    entrati: entrati.map((t) => ({
      ...presentTraccia(t),
      inseritoIl: t.quando.toISOString(),
      inseritoDa: t.chi,
      provenienza: place(t),
    })),
    movimenti: mascherato ? [] : (await findMovimenti(s, row.id)).map(presentMovimento),
    riaperture: (await findRiaperture(s, row.id)).map((r) => ({
      ...r,
      motivo: mascherato ? '' : r.motivo,
      riapertoIl: r.riapertoIl.toISOString(),
    })),
    ammessi:
      mascherato || !riservata
        ? []
        : (await findAmmessi(s, row.id)).map((a) => ({ ...a, dal: a.dal.toISOString(), al: a.al?.toISOString() ?? null })),
  }
}

async function presentCartacei(s: Scope, fascicoloId: string, riservata: boolean): Promise<ContornoDto['cartacei']> {
  return (await findCartacei(s, fascicoloId, riservata)).map((c) => ({ ...c, inseritoIl: c.inseritoIl.toISOString() }))
}

function presentTraccia(t: TracciaRow): { oggetto: string; etichetta: string | null } {
  return {
    oggetto: t.riservato ? MASCHERA : t.oggetto,
    etichetta: t.numero === null || t.anno === null ? null : formatEtichetta(t.numero, t.anno),
  }
}

const registrazione = (anno: number | null, numero: number | null): MovimentoDto['registrazioneUscita'] =>
  anno === null || numero === null ? null : { anno, numero, etichetta: formatEtichetta(numero, anno) }

/** A movement as screens show it. */
export function presentMovimento(m: MovimentoRow): MovimentoDto {
  const ufficio = (id: string | null, denominazione: string | null) => (id === null ? null : { id, denominazione: denominazione ?? '' })
  return {
    id: m.id,
    tipo: m.tipo,
    stato: m.stato,
    daUfficio: ufficio(m.daUfficioId, m.daUfficio),
    aUfficio: ufficio(m.aUfficioId, m.aUfficio),
    responsabile: m.responsabile,
    destinatario: m.destinatario,
    destinatarioCodiceIpa: m.destinatarioCodiceIpa,
    motivo: m.motivo,
    richiestoDa: m.richiestoDa,
    richiestoIl: m.richiestoIl.toISOString(),
    decisoDa: m.decisoDa,
    decisoIl: m.decisoIl?.toISOString() ?? null,
    nota: m.nota,
    impronta: m.impronta,
    documenti: m.documenti,
    esclusi: m.esclusi,
    conRiservati: m.conRiservati,
    lavoroId: m.lavoroId,
    registrazioneUscita: registrazione(m.uscitaAnno, m.uscitaNumero),
    esitoFascicolo: m.esitoFascicolo,
    registrazioneEntrata: registrazione(m.entrataAnno, m.entrataNumero),
    riscontro: m.riscontroIl === null ? null : { da: m.riscontroDa ?? '', il: m.riscontroIl.toISOString(), nota: m.riscontroNota },
  }
}
