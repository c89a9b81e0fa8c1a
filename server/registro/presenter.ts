import { isRgd } from '../protocollo/index.ts'
import type { Attore } from '../kernel/scope.ts'
import { formatItalianInstant } from '../kernel/time.ts'
import { attendeFirma } from './repository/elenco.ts'
import type { RegistroGiornalieroRow } from './repository/elenco.ts'
import type { RigaSigillata } from './righe.ts'
import type { RegistroDettaglioDto, RegistroGiornalieroDto, StatoRegistro } from './schema.ts'
import { keyOf } from './stampa.ts'

/** Where a register stands: its last step, or what it was born with. Pure. */
export function statoOf(r: Pick<RegistroGiornalieroRow, 'passi' | 'sottoscrizione' | 'firma'>): StatoRegistro {
  if (attendeFirma(r)) return 'da-firmare'
  const last = r.passi.at(-1)?.passo
  if (last === 'conservato' || last === 'inviato') return last
  if (last === 'rifiutato' || last === 'errore') return 'errore'
  if (r.firma?.modo === 'firma') return 'firmato'
  return r.sottoscrizione === 'sigillo' || r.firma?.modo === 'sigillo' ? 'sigillato' : 'generato'
}

export function presentRegistro(r: RegistroGiornalieroRow): RegistroGiornalieroDto {
  const { id, tipo, giorno, versione, identificativo, primo, ultimo, registrazioni, annullamenti, modifiche, scadenza } = r
  const stato = statoOf(r)
  const adempiuto = stato === 'inviato' || stato === 'conservato'
  return { id, tipo, giorno, versione, identificativo, stato, primo, ultimo, registrazioni, annullamenti, modifiche, scadenza, adempiuto }
}

/** Acts of the day on numbers of earlier days; what concerns a riservato is named without its content unless the reader is the RGD. */
function earlier(
  giorno: string,
  righe: readonly RigaSigillata[],
  attore: Attore,
  riservati: ReadonlySet<string>,
): RegistroDettaglioDto['attiPrecedenti'] {
  return righe.flatMap((r) => {
    if (r.tipo === 'registrazione' || r.data === giorno) return []
    const closed = riservati.has(keyOf(r)) && !isRgd(attore)
    const testo =
      r.tipo === 'annullamento'
        ? `${r.oggetto} – provv. ${r.autorizzazione.provvedimento}`
        : `${r.campo}: «${r.valorePrecedente}» → «${r.valoreNuovo}»`
    return [{ etichetta: `${String(r.numero).padStart(7, '0')}/${r.anno}`, tipo: r.tipo, il: r.il, testo: closed ? null : testo }]
  })
}

/** The page of a register. */
export function presentDettaglio(
  r: RegistroGiornalieroRow,
  x: {
    righe: readonly RigaSigillata[]
    riservati: ReadonlySet<string>
    versioni: readonly RegistroGiornalieroRow[]
    attore: Attore
    dichiarazionePdf: string
  },
): RegistroDettaglioDto {
  const mine = isRgd(x.attore)
  const latest = x.versioni.at(-1)?.id === r.id
  const last = r.passi.at(-1)?.passo
  return {
    ...presentRegistro(r),
    oggetto: r.oggetto,
    progressivo: r.progressivo,
    impronta: r.impronta,
    improntaPrecedente: r.improntaPrecedente,
    responsabile: `${r.responsabileNome} ${r.responsabileCognome}`.trim(),
    produttore: r.produttore,
    motivo: r.motivo,
    prodottoIl: formatItalianInstant(r.prodottoIl),
    riservate: r.riservate,
    passi: [...r.passi],
    attiPrecedenti: earlier(r.giorno, x.righe, x.attore, x.riservati),
    versioni: x.versioni.map(({ id, versione, identificativo }) => ({ id, versione, identificativo })),
    dichiarazionePdf: x.dichiarazionePdf,
    intero: mine,
    rigenerabile: mine && latest && (last === 'rifiutato' || last === 'errore'),
    firmabile: mine && latest && attendeFirma(r),
    improntaPdf: r.parti.pdf.sha256,
    sottoscrizione:
      r.firma === null
        ? null
        : { modo: r.firma.modo, firmatario: r.firma.firmatario, emittente: r.firma.emittente, dichiarataIl: r.firma.dichiarataIl },
    reinviabile:
      mine &&
      latest &&
      !attendeFirma(r) &&
      (last === 'rifiutato' || last === 'errore' || last === undefined || last === 'firmato' || last === 'sigillato'),
  }
}
