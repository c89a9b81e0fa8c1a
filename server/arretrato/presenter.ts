import type { RigaRegistroDto } from '../protocollo/index.ts'
import { deduceCausa } from './rules.ts'
import type { ArretratoRow, ContoRow } from './repository.ts'
import { cause, fasceEta, mancanze } from './schema.ts'
import type { Indicatori, Mancanza, PerMancanza, RiepilogoDto, RigaArretratoDto, SintesiArretratoDto, SoglieArretrato } from './schema.ts'

/** A document in arrears as the board lists it; none when its registration is not there to be shown. */
export function presentRiga(row: ArretratoRow, registrazione: RigaRegistroDto | undefined): RigaArretratoDto[] {
  if (registrazione === undefined) return []
  const lacks: Record<Mancanza, boolean> = {
    'senza-fascicolo': row.senzaFascicolo,
    'senza-terzo-livello': row.terzoLivello,
    'non-prese-in-carico': row.nonPresa,
    'oltre-termine': row.oltreTermine,
  }
  return [
    {
      assegnazioneId: row.assegnazioneId,
      documentoId: row.documentoId,
      registrazione,
      ufficio: { id: row.ufficioId, denominazione: row.ufficio },
      stato: row.stato,
      mancanze: mancanze.filter((m) => lacks[m]),
      causa: row.causa,
      motivo: deduceCausa(row).motivo,
      corretta:
        row.causaDal === null
          ? null
          : { dedotta: row.dedotta, nota: row.notaCausa ?? '', autore: row.autoreCausa ?? '', il: row.causaDal.toISOString() },
      giorni: row.giorni,
      livello: row.livello,
    },
  ]
}

const total = (conti: readonly ContoRow[]): number => conti.reduce((sum, c) => sum + c.totale, 0)
const beyond = (conti: readonly ContoRow[], ...livelli: readonly string[]): number =>
  total(conti.filter((c) => livelli.includes(c.livello)))

function perMancanza(conti: readonly ContoRow[]): PerMancanza {
  const sum = (m: Mancanza): number => conti.reduce((n, c) => n + c.mancanze[m], 0)
  return Object.fromEntries(mancanze.map((m) => [m, sum(m)])) as PerMancanza
}

function perCausa(conti: readonly ContoRow[]): { causa: ContoRow['causa']; totale: number }[] {
  return cause.map((causa) => ({ causa, totale: total(conti.filter((c) => c.causa === causa)) }))
}

/** The board from its counts: offices with most arrears first. */
export function presentSintesi(soglie: SoglieArretrato, indicatori: Indicatori, conti: readonly ContoRow[]): SintesiArretratoDto {
  const uffici = [...Map.groupBy(conti, (c) => c.ufficioId)].map(([id, own]) => ({
    id,
    denominazione: own[0]?.ufficio ?? '',
    totale: total(own),
    mancanze: perMancanza(own),
    oltreResponsabile: beyond(own, 'responsabile', 'rgd'),
    oltreRgd: beyond(own, 'rgd'),
  }))
  return {
    soglie,
    indicatori,
    totale: total(conti),
    mancanze: perMancanza(conti),
    uffici: uffici.toSorted((a, b) => b.totale - a.totale || a.denominazione.localeCompare(b.denominazione, 'it')),
    cause: perCausa(conti),
    fasce: fasceEta.map((fascia) => ({ fascia, totale: total(conti.filter((c) => c.fascia === fascia)) })),
  }
}

/** What a weekly picture keeps. */
export function riepilogoOf(conti: readonly ContoRow[]): Omit<RiepilogoDto, 'settimana' | 'ufficio'> {
  return {
    totale: total(conti),
    mancanze: perMancanza(conti),
    cause: perCausa(conti),
    oltreResponsabile: beyond(conti, 'responsabile', 'rgd'),
    oltreRgd: beyond(conti, 'rgd'),
  }
}
