import { createHash } from 'node:crypto'
import { layoutEsportazione } from '../../server/registro/esportazione.ts'
import { digest, NESSUNA_IMPRONTA, sealFatti } from '../../server/registro/righe.ts'
import type { Riga, SigilloFatti } from '../../server/registro/righe.ts'
import { composeRegistro } from '../../server/registro/service/compose.ts'
import type { RegistroComposto } from '../../server/registro/service/compose.ts'
import type { RegistroGiornalieroRow } from '../../server/registro/repository/elenco.ts'
import { addDays } from '../../server/kernel/time.ts'

const ENTE = { id: 'e', slug: 'castelvento', denominazione: 'Comune di Castelvento', codiceIpa: 'c_x901', codiceFiscale: '00999000001' }
const REGISTRO = {
  id: 'g',
  codice: 'PG',
  denominazione: 'Protocollo generale',
  generale: true,
  aooId: 'a',
  aooCodice: 'AX00001',
  aooDenominazione: 'Area unica',
  aooIndirizzo: 'protocollo@castelvento.example',
  sottoscrizione: 'nessuna',
  sigilloDiRipiego: true,
  giorniVuoti: true,
  annuale: true,
  classificazione: 'I/6',
} as const

export function registrazione(numero: number, data: string): Riga {
  return {
    tipo: 'registrazione',
    registro: 'PG',
    anno: Number(data.slice(0, 4)),
    numero,
    data,
    ora: '09:10:11',
    flusso: 'E',
    mittenti: [{ nome: 'Ortensia Ventaglio' }],
    destinatari: [{ nome: 'Comune di Castelvento' }, { nome: 'Teodolinda Prova', perConoscenza: true }],
    oggetto: `Istanza n. ${numero} – «d’ufficio» & <altro>\ncon due righe`,
    documentoMittente: numero % 3 === 0 ? { numero: 'A/12', data: '2026-01-02' } : null,
    arrivo: `${data}T08:00:00.000+01:00`,
    dataDocumento: numero % 2 === 0 ? '2026-01-02' : null,
    mezzo: 'PEC',
    classificazione: 'VI/3',
    assegnazione: 'Sportello unico edilizia',
    impronte: [{ file: 'istanza.pdf', algoritmo: 'SHA-256', impronta: digest(`file ${numero}`) }],
    cartaceo: null,
    riservato: numero % 7 === 0,
    emergenza: numero === 5 ? { numero: '3', istante: '2025-12-31T10:00:00.000+01:00' } : null,
    differita: numero === 6 ? { autorizzazione: 'Disposizione 4', motivo: 'Sciopero' } : null,
    operatore: 'Lidia Prova',
    ufficio: 'Protocollo',
    annullata: null,
  }
}

function atti(giorno: string, numero: number): Riga[] {
  const rif = { registro: 'PG', anno: 2026, numero, data: '2026-01-01', riservato: false, il: `${giorno}T11:00:00.000+01:00` } as const
  return [
    {
      tipo: 'annullamento',
      ...rif,
      oggetto: 'Istanza annullata',
      richiesta: { operatore: 'Lidia Prova', il: rif.il, motivo: 'Doppia' },
      autorizzazione: { operatore: 'Marta Prova', il: rif.il, provvedimento: '17 del 02/01/2026' },
    },
    {
      tipo: 'modifica',
      ...rif,
      campo: 'oggetto',
      valorePrecedente: 'prima',
      valoreNuovo: 'dopo',
      operatore: 'Marta Prova',
      motivo: 'Refuso',
      provvedimento: '18 del 02/01/2026',
    },
  ]
}

/** A day as the chain holds it. */
export interface GiornoEsempio extends RegistroComposto {
  readonly giorno: string
}

/** `quanti` days from `dal`, with three, four, zero… registrations each and the acts of the second day: what production would have made. */
export function componiGiorni(dal: string, quanti: number): GiornoEsempio[] {
  const days: GiornoEsempio[] = []
  let traccia: SigilloFatti | null = null
  let [numero, progressivo] = [0, 0]
  for (let i = 0; i < quanti; i++) {
    const giorno = addDays(dal, i)
    const before = days.at(-1)
    if (before?.giorno.slice(0, 4) !== giorno.slice(0, 4)) [numero, progressivo] = [0, 0]
    const ultimoPrecedente = numero
    const righe = Array.from({ length: [3, 4, 0, 1, 2][i % 5] ?? 0 }, () => registrazione(++numero, giorno))
    traccia = sealFatti({ giorno, fatti: i, impronta: digest(`fatti ${giorno}`), precedente: traccia?.sigillo ?? NESSUNA_IMPRONTA })
    progressivo++
    const composto = composeRegistro({
      ente: ENTE,
      registro: REGISTRO,
      tipo: 'giornaliero',
      giorno,
      progressivo,
      versione: 1,
      motivo: '',
      ultimoPrecedente,
      precedente:
        before === undefined
          ? null
          : {
              id: 'x',
              giorno: before.giorno,
              anno: Number(before.giorno.slice(0, 4)),
              progressivo: progressivo - 1,
              versione: 1,
              identificativo: before.intestazione.identificativo,
              impronta: before.impronta,
            },
      traccia,
      righe: [...righe, ...(i === 1 ? atti(giorno, 1) : [])],
      responsabile: { nome: 'Marta', cognome: 'Prova', codiceFiscale: 'PRVMRT80A41X901K' },
      produttore: 'Faldone, produzione automatica',
      prodottoIl: `${addDays(giorno, 1)}T00:10:00.000+01:00`,
      scadenza: addDays(giorno, 1),
    })
    days.push({ ...composto, giorno })
  }
  return days
}

/** The files of an export of these days, by path. */
export function esporta(giorni: readonly GiornoEsempio[]): Map<string, Buffer> {
  const byDigest = new Map<string, Buffer>()
  const part = (testo: string) => {
    const byte = Buffer.from(testo, 'utf8')
    const sha256 = createHash('sha256').update(byte).digest('hex')
    byDigest.set(sha256, byte)
    return { sha256, dimensione: byte.length, mime: 'text/plain', nome: 'x' }
  }
  const rows = giorni.map((g) => ({
    giorno: g.giorno,
    versione: 1,
    identificativo: g.intestazione.identificativo,
    impronta: g.impronta,
    registrazioni: g.intestazione.registrazioni,
    annullamenti: g.intestazione.annullamenti,
    modifiche: g.intestazione.modifiche,
    parti: { giorno: part(g.testoGiorno), righe: part(g.testoRighe), xml: part(g.xml), pdf: part('%PDF') },
  })) as unknown as RegistroGiornalieroRow[]
  const { id: _, slug: __, ...ente } = ENTE
  const files = layoutEsportazione(
    {
      ente,
      registro: { codice: 'PG', denominazione: 'Protocollo generale' },
      dal: giorni[0]?.giorno ?? '',
      al: giorni.at(-1)?.giorno ?? '',
      autore: 'Marta Prova',
      esportatoIl: '2026-02-01T08:00:00.000Z',
      conPdf: false,
    },
    rows,
  )
  return new Map(files.map((f) => [f.percorso, f.byte ?? byDigest.get(f.sha256) ?? Buffer.alloc(0)]))
}

/** Rewrites the manifest so that it lists the files as they are now: what a forger would do next. */
export function rifaiManifesto(file: Map<string, Buffer>): Map<string, Buffer> {
  const hash = (b: Buffer): string => createHash('sha256').update(b).digest('hex')
  const m = JSON.parse(String(file.get('manifesto.json'))) as { giorni: { cartella: string; impronta: string }[]; file: unknown }
  m.file = [...file]
    .filter(([nome]) => !nome.startsWith('manifesto'))
    .map(([percorso, byte]) => ({ percorso, dimensione: byte.length, sha256: hash(byte) }))
  for (const g of m.giorni) g.impronta = hash(file.get(`${g.cartella}/giorno.json`) ?? Buffer.alloc(0))
  const testo = Buffer.from(`${JSON.stringify(m, null, 2)}\n`)
  return new Map([...file, ['manifesto.json', testo], ['manifesto.sha256', Buffer.from(`${hash(testo)}  manifesto.json\n`)]])
}
