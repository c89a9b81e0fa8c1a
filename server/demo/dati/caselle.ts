import { addDays, romeDay } from '../../kernel/time.ts'
import {
  buildAccettazione,
  buildConsegna,
  buildFattura,
  buildBusta,
  buildGuasto,
  buildMancataConsegna,
  buildOrdinaria,
  spedisci,
} from '../posta/index.ts'
import { istantiDellaMattina, mattinaOf } from './calendario.ts'
import { makeAllegato, makeLettera, nomeLettera } from './carte.ts'
import { createCaso } from './caso.ts'
import type { Caso } from './caso.ts'
import type { Firmatario } from './documenti/firma.ts'
import { renderRelazione } from './documenti/allegati.ts'
import { modelliEnte, pecOf } from './enti.ts'
import { modelli } from './modelli.ts'
import type { GenereAllegato } from './modelli.ts'
import { writeLettura } from './ordinari.ts'
import { deliver, openFolder, seal, toMessaggio } from './postino.ts'
import type { Postino, Scritto } from './postino.ts'
import { cercaCorrispondente, createRubrica, partitaIvaInventata } from './rubrica.ts'
import type { Corrispondente, Rubrica } from './rubrica.ts'

/** What arrives this morning in one mailbox. */
export interface Posta {
  readonly postino: Postino
  readonly caso: Caso
  readonly rubrica: Rubrica
  readonly oggi: Date
  readonly casella: string
  readonly ente: string
}

/** How many messages of each kind wait in Castelvento's mailbox; the possible duplicate is one more PEC, in the second mailbox. */
export const CODA = {
  piena: { pec: 21, email: 5, ricevute: 3, guasti: 2 },
  minima: { pec: 7, email: 2, ricevute: 1, guasti: 1 },
} as const
export const CODA_BORGOFINTO = { piena: { pec: 5, email: 1 }, minima: { pec: 2, email: 0 } } as const

const GENERI: readonly GenereAllegato[] = ['relazione', 'planimetria', 'ricevuta', 'documento', 'tabella', 'testo', 'modulo']

/** Fills the mailboxes of the morning. Nothing is dated later than `oggi`. Answers how many messages wait. */
export async function fillCaselle(o: {
  postino: Postino
  seme: string
  oggi: Date
  piena: boolean
  firmatario: Firmatario
  ventaglio: Corrispondente
}): Promise<number> {
  for (const { slug } of modelliEnte) await openFolder(o.postino.cartella, pecOf(slug))
  const size = o.piena ? 'piena' : 'minima'
  const base = (slug: string, nome: string): Posta => {
    const caso = createCaso(o.seme).figlio(slug)
    return {
      postino: o.postino,
      caso: caso.figlio('posta'),
      rubrica: createRubrica(caso, nome),
      oggi: o.oggi,
      casella: pecOf(slug),
      ente: `Comune di ${nome}`,
    }
  }
  const castelvento = base('castelvento', 'Castelvento')
  const borgofinto = base('borgofinto', 'Borgofinto')
  return (
    (await deliverCertified(castelvento, CODA[size].pec, await specials(castelvento, o))) +
    (await deliverOrdinary(castelvento, CODA[size].email)) +
    (await deliverReceipts(castelvento, CODA[size].ricevute)) +
    (await deliverBroken(castelvento, CODA[size].guasti)) +
    (await deliverCertified(borgofinto, CODA_BORGOFINTO[size].pec, [])) +
    (await deliverOrdinary(borgofinto, CODA_BORGOFINTO[size].email))
  )
}

type Busta = (istante: Date) => Promise<Buffer>

/** `quante` certified messages over the morning: the special ones first, then letters of every kind. */
async function deliverCertified(p: Posta, quante: number, speciali: readonly Busta[]): Promise<number> {
  const instants = istantiDellaMattina(p.caso.figlio('orari'), mattinaOf(p.oggi), quante)
  const [first] = instants
  // The first message of the queue is always at the very beginning of the morning.
  if (first !== undefined) instants[0] = mattinaOf(p.oggi).da
  for (const [i, istante] of instants.entries()) {
    const make = speciali[i] ?? (async (at: Date) => await seal(p.postino, ordinaryLetter(p, i, at)))
    await deliver(p.postino, p.casella, { nome: `${two(i + 1)}-pec`, istante, bytes: await make(istante) })
  }
  return instants.length
}

/** A letter as a message: its PDF, then from none to six attachments. */
function ordinaryLetter(p: Posta, i: number, istante: Date): Scritto {
  const caso = p.caso.figlio(`lettera ${i}`)
  const giorno = addDays(romeDay(istante), -caso.intero(0, 2))
  const l = writeLettura(
    caso,
    p.rubrica,
    caso.scegliPesato(modelli, (m) => m.peso),
    giorno,
  )
  const generi = i % 3 === 0 ? GENERI.slice(0, caso.intero(2, 6)) : l.modello.allegati
  const allegati = generi.map((genere) => makeAllegato(genere, { ...l, caso }))
  const lettera = { ...l, ente: p.ente, ufficio: 'Ufficio protocollo', allegati: allegati.map((a) => a.descrizione) }
  return {
    da: l.mittente,
    a: [p.casella],
    oggetto: l.oggetto,
    corpo: l.corpo,
    file: [makeLettera(nomeLettera(l.modello.tipologia, caso), lettera), ...allegati],
    istante,
  }
}

/** The messages the opening scene is known for: Ventaglio's, a signed envelope, an invoice. */
async function specials(p: Posta, o: { firmatario: Firmatario; ventaglio: Corrispondente }): Promise<Busta[]> {
  return await Promise.resolve([
    async (istante) => await seal(p.postino, ventaglioRequest(p, o.ventaglio, istante)),
    async (istante) => await seal(p.postino, signedReport(p, o.firmatario, istante)),
    async (istante) => {
      const fornitore = p.rubrica.imprese[4]?.nome ?? ''
      const m = buildFattura({
        identificativoSdi: '9990000417',
        progressivo: '00A12',
        destinatario: p.casella,
        fornitore,
        partitaIva: partitaIvaInventata(104),
        numero: '118/FE',
        oggettoFornitura: 'Collegamento delle sedi comunali',
        importo: '1464.00',
        istante,
      })
      return await buildBusta(p.postino.gestore, spedisci(p.postino.gestore, m))
    },
  ])
}

function ventaglioRequest(p: Posta, da: Corrispondente, istante: Date): Scritto {
  const oggetto = 'Richiesta di accesso agli atti della pratica edilizia n. 112/2003, via dei Tigli 7'
  const corpo = [
    'La sottoscritta, proprietaria dell’immobile di via dei Tigli 7, chiede copia della pratica edilizia n. 112/2003 e della relativa agibilità.',
    'I documenti servono per completare il progetto dell’ascensore interno.',
  ]
  const giorno = romeDay(istante)
  const documento = makeAllegato('documento', { caso: p.caso.figlio('ventaglio'), mittente: da, oggetto, giorno })
  const lettera = {
    mittente: da,
    ente: p.ente,
    ufficio: 'Sportello unico edilizia',
    giorno,
    oggetto,
    corpo,
    allegati: [documento.descrizione],
  }
  return { da, a: [p.casella], oggetto, corpo, file: [makeLettera('istanza.pdf', lettera), documento], istante }
}

function signedReport(p: Posta, firmatario: Firmatario, istante: Date): Scritto {
  const da = p.rubrica.professionisti[0]
  if (da === undefined) throw new Error('nobody signs')
  const oggetto = 'Relazione di fine lavori firmata digitalmente, via della Fornace 4'
  const giorno = romeDay(istante)
  const spedizione = { caso: p.caso.figlio('p7m'), mittente: da, oggetto, giorno }
  return {
    da,
    a: [p.casella],
    oggetto,
    corpo: ['Si trasmette la relazione di fine lavori in busta firmata, con la planimetria.'],
    file: [
      {
        nome: 'relazione-fine-lavori.pdf.p7m',
        descrizione: '',
        crea: async () => await firmatario.firmaBusta(await renderRelazione(spedizione.caso, oggetto, da.nome, giorno), istante),
      },
      makeAllegato('planimetria', spedizione),
    ],
    istante,
  }
}

async function deliverOrdinary(p: Posta, quante: number): Promise<number> {
  const caso = p.caso.figlio('ordinaria')
  for (const [i, istante] of istantiDellaMattina(caso, mattinaOf(p.oggi), quante).entries()) {
    const s = ordinaryLetter(p, 100 + i, istante)
    const bytes = buildOrdinaria(p.postino.gestore.seme, await toMessaggio({ ...s, file: s.file.slice(0, 2) }, s.da.email))
    await deliver(p.postino, p.casella, { nome: `${two(i + 1)}-posta`, istante, bytes })
  }
  return quante
}

/** Receipts of a message the ente sent: taken, delivered, not delivered to one. */
async function deliverReceipts(p: Posta, quante: number): Promise<number> {
  const { gestore } = p.postino
  const [a, b] = [
    cercaCorrispondente(p.rubrica, 'Provincia di Pietralta').pec,
    cercaCorrispondente(p.rubrica, 'Unione montana dell’Alta Valserena').pec,
  ]
  const [sent = p.oggi, second = p.oggi, third = p.oggi] = istantiDellaMattina(p.caso.figlio('ricevute'), mattinaOf(p.oggi), 3)
  const s = spedisci(gestore, {
    mittente: { nome: p.ente, indirizzo: p.casella },
    destinatari: [{ indirizzo: a }, { indirizzo: b }],
    oggetto: 'Trasmissione della relazione sul piano di protezione civile',
    testo: 'Si trasmette la relazione.',
    istante: sent,
  })
  const receipts = [
    { nome: '01-accettazione', istante: sent, make: async () => await buildAccettazione(gestore, s) },
    {
      nome: '02-consegna',
      istante: second,
      make: async () => await buildConsegna(gestore, s, { destinatario: a, variante: 'completa', istante: second }),
    },
    {
      nome: '03-mancata-consegna',
      istante: third,
      make: async () => await buildMancataConsegna(gestore, s, { destinatario: b, motivo: 'indirizzo', istante: third }),
    },
  ]
  for (const { nome, istante, make } of receipts.slice(0, quante))
    await deliver(p.postino, p.casella, { nome, istante, bytes: await make() })
  return quante
}

/** Messages that fail a check: they go to quarantine with the reason, the others go on. */
async function deliverBroken(p: Posta, quante: number): Promise<number> {
  const faults = (['alterato', 'daticert-malformato'] as const).slice(0, quante)
  const instants = istantiDellaMattina(p.caso.figlio('guasti'), mattinaOf(p.oggi), faults.length)
  for (const [i, fault] of faults.entries()) {
    const istante = instants[i] ?? p.oggi
    const s = ordinaryLetter(p, 200 + i, istante)
    const bytes = await buildGuasto(p.postino.gestore, spedisci(p.postino.gestore, await toMessaggio(s)), fault)
    await deliver(p.postino, p.casella, { nome: `${two(i + 1)}-guasto`, istante, bytes })
  }
  return faults.length
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
