import { FASI } from '../../../metadata-schemas/allegato5/index.ts'
import type {
  AsAgg,
  ContestoAggregazione,
  DocumentoAgg,
  FaseAgg,
  ModelloAgg,
  NomeFase,
  RuoloAgg,
  TipologiaFascicolo,
} from '../../../metadata-schemas/allegato5/index.ts'
import type { FascicoloFatti, SoggettoFatti } from '../facts.ts'
import { serviceContext, toAnni, toImpronta } from './dai.ts'
import { assignee, correspondent, ownPai, rup } from './soggetti.ts'
import type { Annotazioni } from './soggetti.ts'

/** Model and facts of one fascicolo, ready to be judged and written. */
export interface AggDaEmettere {
  readonly modello: ModelloAgg
  readonly contesto: ContestoAggregazione
}

const PROCEDIMENTO = 'procedimento amministrativo'
const INTERESSATO = 'interessato'

/** One entry for each assignee: the same office and person with two assignments appears once among the subjects. */
function assignees(f: FascicoloFatti): AsAgg[] {
  const byKey = new Map(f.assegnazioni.map((a) => [`${a.ufficio.id}/${a.operatore?.id ?? ''}`, assignee(f.ente, a.ufficio, a.operatore)]))
  return [...byKey.values()]
}

function concerned(s: SoggettoFatti, note: Annotazioni): RuoloAgg {
  const chi = correspondent(s, note)
  if (chi.tipo === 'PF') return { ruolo: 'SoggettoIntestatarioPersonaFisica', soggetto: chi }
  return { ruolo: 'SoggettoIntestatarioPersonaGiuridica', soggetto: chi }
}

/** A participating administration; one that lacks AOO code or address has no place among them and is only noted (E21). */
function participant(s: SoggettoFatti, note: Annotazioni): RuoloAgg[] {
  const chi = correspondent(s, note)
  return chi.tipo === 'PAI' || chi.tipo === 'PAE' ? [{ ruolo: 'AmministrazionePartecipante', soggetto: chi }] : []
}

function roles(f: FascicoloFatti, note: Annotazioni): RuoloAgg[] {
  const interessati = f.soggetti.filter((s) => s.ruolo === INTERESSATO)
  const partecipanti = f.soggetti.filter((s) => s.ruolo !== INTERESSATO)
  return [
    { ruolo: 'AmministrazioneTitolare', soggetto: ownPai(f.ente) },
    ...partecipanti.flatMap((s) => participant(s, note)),
    ...interessati.map((s) => concerned(s, note)),
    ...(f.tipo === PROCEDIMENTO ? [{ ruolo: 'RUP' as const, soggetto: rup(f.ente, f.ufficio, f.responsabile) }] : []),
    ...assignees(f).map((soggetto): RuoloAgg => ({ ruolo: 'Assegnatario', soggetto })),
  ]
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/gu, '')

/** Phase by the name it is stored with: element name or literal of the annex. */
function toFase(nome: string): NomeFase {
  const found = Object.entries(FASI).find(([element, literal]) => plain(element) === plain(nome) || plain(literal) === plain(nome))
  return (found?.[0] ?? 'Istruttoria') as NomeFase
}

/** Phases in order; a procedure without any recorded one is at least under examination since it was opened. */
function phases(f: FascicoloFatti): FaseAgg[] {
  if (f.fasi.length === 0) return [{ fase: 'Istruttoria', dataInizio: f.apertoIl, dataFine: f.chiusoIl }]
  return f.fasi.map((x) => ({ fase: toFase(x.fase), dataInizio: x.dal, dataFine: x.al }))
}

function documents(f: FascicoloFatti): DocumentoAgg[] {
  return f.documenti.map((d) => {
    const principale = d.files.find((x) => x.ruolo === 'principale')
    const impronta = toImpronta(d.registrazione?.impronta ?? d.repertorio?.impronta ?? principale?.sha256 ?? '')
    // A row of a repertory is a documento amministrativo too, without a segnatura.
    if (d.repertorio !== null && d.registrazione === null) return { tipo: 'DAI', impronta, identificativo: d.id }
    if (d.registrazione === null) return { tipo: 'DI', impronta, identificativo: d.id }
    return { tipo: 'DAI', impronta, identificativo: d.id, segnatura: d.registrazione.segnatura }
  })
}

/** Where the paper part is: the place of the fascicolo, else those of its papers, once each. */
function physicalPlace(f: FascicoloFatti): string | null {
  const whole = (f.posizioneFisica ?? '').trim()
  if (whole !== '') return whole
  const places = [...new Set(f.cartacei.map((one) => one.posizioneFisica.trim()).filter((place) => place !== ''))]
  return places.length === 0 ? null : places.join('; ')
}

/** Handovers that must be listed: the opening, every accepted transfer, who was told; never fewer than those that are. */
function handovers(f: FascicoloFatti): number {
  const told = f.assegnazioni.filter((a) => a.tipo === 'conoscenza').length
  return Math.max(f.assegnazioni.length, told + 1 + f.trasferimenti)
}

/** The AGG of a fascicolo: model and facts. `oggi` is the day of emission in Rome. */
export function toAgg(f: FascicoloFatti, oggi: string): AggDaEmettere {
  const note: Annotazioni = { testi: [] }
  const conservazione = toAnni(f.conservazioneAnni ?? f.voce.conservazioneAnni)
  const modello: ModelloAgg = {
    profilo: 'AGG',
    idAgg: { tipo: 'Fascicolo', id: f.codice },
    tipologiaFascicolo: f.tipo as TipologiaFascicolo,
    soggetti: roles(f, note),
    assegnazioni: f.assegnazioni.map((a) => ({
      tipo: a.tipo === 'conoscenza' ? 'PerConoscenza' : 'PerCompetenza',
      assegnatario: assignee(f.ente, a.ufficio, a.operatore),
      dataInizio: a.dal,
      oraInizio: a.oraDal,
      dataFine: a.al,
      oraFine: a.oraAl,
    })),
    dataApertura: f.apertoIl,
    classificazione: { indice: f.voce.codice, descrizione: f.voce.descrizione, piano: f.voce.piano },
    progressivo: f.progressivo,
    // The annex has room for five keywords.
    chiaveDescrittiva: { oggetto: f.oggetto, paroleChiave: f.paroleChiave.slice(0, 5) },
    dataChiusura: f.chiusoIl,
    procedimento:
      f.tipo === PROCEDIMENTO ? { materia: f.materia ?? f.voce.descrizione, procedimento: f.procedimento ?? '', fasi: phases(f) } : null,
    documenti: documents(f),
    posizioneFisica: physicalPlace(f),
    idAggPrimario: f.antenati[0] === undefined ? null : { tipo: 'Fascicolo', id: f.antenati[0] },
    tempoDiConservazione: conservazione,
    note: [f.note ?? '', ...note.testi].filter((testo) => testo.trim() !== '').join('\n'),
  }
  return { modello, contesto: context(f, conservazione, oggi) }
}

function context(f: FascicoloFatti, conservazione: ReturnType<typeof toAnni>, oggi: string): ContestoAggregazione {
  const impronte = f.documenti.flatMap((d) =>
    d.files.filter((x) => x.ruolo === 'principale').map((x) => [d.id, toImpronta(x.sha256)] as const),
  )
  return {
    oggi,
    ...serviceContext(f.ente),
    pubblicaAmministrazione: true,
    improntePerIdentificativo: Object.fromEntries(impronte),
    conservazioneDelPiano: conservazione,
    progressivoUnico: f.progressivoUnico,
    chiusa: f.stato !== 'APERTO' && f.stato !== 'SOSPESO',
    parteCartacea: f.cartacei.length > 0 || (f.posizioneFisica ?? '').trim() !== '',
    sottofascicolo: f.antenati.length > 0,
    antenati: f.antenati,
    passaggi: handovers(f),
    amministrazioniDelProcedimento: f.soggetti
      .filter((s) => s.ruolo !== INTERESSATO)
      .map((s) => (s.tipo === 'PAI' ? (s.codiceIpa ?? s.denominazione ?? '') : (s.denominazione ?? ''))),
    segnatureDocumenti: Object.fromEntries(f.documenti.map((d) => [d.id, d.registrazione?.segnatura ?? null])),
  }
}
