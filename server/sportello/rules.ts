import type { FasePratica, Flusso, PassaggioDto } from './schema.ts'

/** Kind of the outgoing document that asks the citizen for what is missing. */
export const RICHIESTA_INTEGRAZIONI = 'Richiesta di integrazioni'

const titoli: Readonly<Record<FasePratica, string>> = {
  ricevuta: 'Ricevuta',
  'presa-in-carico': 'Presa in carico',
  istruttoria: 'Istruttoria',
  integrazioni: 'Integrazioni richieste',
  esito: 'Esito',
}

/** What the stages follow from: only what the citizen may see. Instants as ISO text, days as `YYYY-MM-DD`. */
export interface FattiPratica {
  readonly conclusa: boolean
  readonly apertoIl: string
  readonly creatoIl: string
  readonly chiusoIl: string | null
  readonly ricevutaIl: string | null
  readonly presaIl: string | null
  readonly istruttoriaDal: string | null
  readonly integrazioniChieste: string | null
  /** True when something arrived after the request for what was missing. */
  readonly integrazioniArrivate: boolean
}

/** The stage a request is in now. */
export function stageOf(f: FattiPratica): FasePratica {
  if (f.conclusa) return 'esito'
  if (f.integrazioniChieste !== null && !f.integrazioniArrivate) return 'integrazioni'
  if (f.istruttoriaDal !== null) return 'istruttoria'
  return f.presaIl === null ? 'ricevuta' : 'presa-in-carico'
}

/** Every stage with its state, in order; the one of the missing documents only when they were asked. */
export function stagesOf(f: FattiPratica): PassaggioDto[] {
  const now = stageOf(f)
  const order: FasePratica[] = [
    'ricevuta',
    'presa-in-carico',
    'istruttoria',
    ...(f.integrazioniChieste === null ? [] : (['integrazioni'] as const)),
    'esito',
  ]
  const quando: Readonly<Record<FasePratica, string | null>> = {
    ricevuta: f.ricevutaIl ?? f.apertoIl,
    // Who opens the fascicolo has taken the request in charge, at the latest then.
    'presa-in-carico': f.presaIl ?? f.creatoIl,
    istruttoria: f.istruttoriaDal,
    integrazioni: f.integrazioniChieste,
    esito: f.chiusoIl,
  }
  return order.map((fase) => {
    const stato = stateOf(fase, now, f, order)
    return { nome: fase, titolo: titoli[fase], stato, quando: stato === 'futura' ? null : quando[fase] }
  })
}

function stateOf(fase: FasePratica, now: FasePratica, f: FattiPratica, order: readonly FasePratica[]): PassaggioDto['stato'] {
  if (f.conclusa) return 'fatta'
  if (fase === now) return 'ora'
  // Answered: the examination goes on, what was asked is behind.
  if (fase === 'integrazioni' && f.integrazioniArrivate) return 'fatta'
  return order.indexOf(fase) < order.indexOf(now) ? 'fatta' : 'futura'
}

/** What a document is for the citizen: sent by him, sent to him, or simply in the file. */
export function flussoOf(tipo: 'E' | 'U' | 'I' | null, mio: boolean): Flusso {
  if (tipo === 'E' && mio) return 'inviato da te'
  return tipo === 'U' ? 'ricevuto' : 'agli atti'
}

const azioni: Readonly<Record<string, string>> = {
  'documento-letto': 'Ha aperto un documento',
  'registrazione-letta': 'Ha aperto la registrazione di protocollo',
  'fascicolo-letto': 'Ha aperto la pratica',
}

/** What somebody did, in words. */
export function describeAccesso(azione: string): string {
  return azioni[azione] ?? 'Ha letto i tuoi dati'
}
