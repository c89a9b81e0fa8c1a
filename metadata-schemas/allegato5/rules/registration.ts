import { cleanLine, isBlank } from '../../xml/index.ts'
import type { Opz } from '../models/shared.ts'
import { day, nonVerificata, same, violata } from './findings.ts'
import { perDai, perDocumenti } from './types.ts'
import type { ContestoDocumento, ModelloDocumentale, Regola, Riscontro } from './types.ts'

const RAMO = {
  nessuno: { percorso: 'Nessuno', data: 'DataDocumento', numero: 'NumeroDocumento', testo: 'nessun registro' },
  protocollo: {
    percorso: 'ProtocolloOrdinario_ProtocolloEmergenza',
    data: 'DataProtocollazioneDocumento',
    numero: 'NumeroProtocolloDocumento',
    testo: 'il protocollo',
  },
  repertorio: {
    percorso: 'Repertorio_Registro',
    data: 'DataRegistrazioneDocumento',
    numero: 'NumeroRegistrazioneDocumento',
    testo: 'un repertorio o altro registro',
  },
} as const

function registroPath(modello: ModelloDocumentale, foglia: 'data' | 'numero' | 'CodiceRegistro'): string {
  const ramo = (RAMO as Partial<typeof RAMO>)[modello.registro.tipo]
  if (ramo === undefined) return 'DatiDiRegistrazione/TipoRegistro'
  const base = `DatiDiRegistrazione/TipoRegistro/${ramo.percorso}`
  return `${base}/${foglia === 'CodiceRegistro' ? foglia : ramo[foglia]}`
}

function escapeRegExp(testo: string): string {
  return testo.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** True when the word stands in the text on its own, not inside a longer code. */
function holds(testo: string, parola: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${escapeRegExp(parola)}(?![A-Za-z0-9_])`, 'i').test(testo)
}

/** What a segnatura text lacks to be that of this registration: number, date (ISO or Italian), register. */
function segnaturaGaps(segnatura: string, registro: { numero: string; data: string; codiceRegistro: string }): string[] {
  const [anno, mese, giorno] = day(registro.data).split('-')
  const numero = registro.numero.replace(/^0+(?=\d)/, '')
  const hasNumber = new RegExp(`(?<![0-9])0*${escapeRegExp(numero)}(?![0-9])`).test(segnatura)
  const hasDate = [`${anno}-${mese}-${giorno}`, `${giorno}/${mese}/${anno}`, `${giorno}-${mese}-${anno}`, `${giorno}.${mese}.${anno}`].some(
    (data) => segnatura.includes(data),
  )
  const gaps: [boolean, string][] = [
    [hasNumber, `il numero ${registro.numero}`],
    [hasDate, `la data ${day(registro.data)}`],
    [holds(segnatura, registro.codiceRegistro), `il registro ${registro.codiceRegistro}`],
  ]
  return gaps.filter(([present]) => !present).map(([, cosa]) => cosa)
}

/** Texts that people write to fill an empty box. */
function isFiller(segnatura: Opz<string>): boolean {
  const testo = cleanLine(segnatura ?? '')
  return testo !== '' && (!/[0-9]/.test(testo) || /^(?:0+|n\.?\s?[da]\.?|nessun[ao]?|non presente|assente|vuot[ao])$/i.test(testo))
}

function* checkBranch(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const qui = 'DatiDiRegistrazione/TipoRegistro'
  const { registro } = modello
  if (!(registro.tipo in RAMO)) {
    yield violata(qui, 'Serve uno e un solo tipo di registro.')
    return
  }
  if (modello.profilo === 'DAI' && (registro.tipo as string) === 'nessuno') {
    yield violata(qui, 'Un documento amministrativo è sempre in un registro: se non è registrato, emettere un documento informatico.')
  }
  const vera = contesto.registrazione
  if (vera === undefined) {
    yield nonVerificata(qui, 'registrazione')
    return
  }
  const atteso = vera === null ? 'nessuno' : vera.tipo
  if (registro.tipo !== atteso) {
    yield violata(qui, `Il sistema indica ${RAMO[atteso].testo}, i metadati ${RAMO[registro.tipo].testo}: allineare i metadati.`)
  } else if (vera !== null && registro.tipo !== 'nessuno') {
    if (!same(registro.numero, vera.numero))
      yield violata(registroPath(modello, 'numero'), `Il numero registrato è ${vera.numero}: riportarlo.`)
    if (!same(registro.codiceRegistro, vera.codiceRegistro)) {
      yield violata(registroPath(modello, 'CodiceRegistro'), `Il registro è ${vera.codiceRegistro}: riportarlo.`)
    }
  }
}

function* checkDate(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const qui = registroPath(modello, 'data')
  const data = day(modello.registro.data)
  if (contesto.oggi === undefined) yield nonVerificata(qui, 'oggi')
  else if (data > contesto.oggi) yield violata(qui, `La data ${data} è nel futuro: correggerla.`)
  if (modello.registro.tipo === 'nessuno') return
  if (contesto.dataDocumento === undefined) yield nonVerificata(qui, 'dataDocumento')
  else if (data < day(contesto.dataDocumento)) {
    yield violata(qui, `La registrazione del ${data} precede il documento, che è del ${day(contesto.dataDocumento)}: verificare le date.`)
  }
  if (modello.flusso === 'I') return
  if (contesto.registrazione === undefined) yield nonVerificata(qui, 'registrazione')
  else if (contesto.registrazione !== null && data !== day(contesto.registrazione.data)) {
    yield violata(qui, `La data assegnata dal sistema è ${day(contesto.registrazione.data)} e non può cambiare: riportarla.`)
  }
}

/** Registration data: R10, R11, R20-R23. */
export const REGOLE_REGISTRAZIONE: readonly Regola[] = [
  perDai({
    id: 'R10',
    gravita: 'E',
    fonte: 'B, S',
    enunciato: 'Un documento protocollato ha la segnatura, coerente con numero, data e registro.',
    *check({ registro, idDoc }) {
      if (registro.tipo !== 'protocollo') return
      if (isBlank(idDoc.segnatura)) {
        yield violata('IdDoc/Segnatura', 'Manca la segnatura di protocollo: riportare quella del sistema.')
        return
      }
      const gaps = segnaturaGaps(cleanLine(idDoc.segnatura ?? ''), registro)
      if (gaps.length > 0)
        yield violata('IdDoc/Segnatura', `Nella segnatura non si trova ${gaps.join(', né ')}: riportare quella della registrazione.`)
    },
  }),
  perDai({
    id: 'R11',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'In un repertorio la segnatura è ammessa e non dovuta: mai un testo di riempimento.',
    *check({ registro, idDoc }) {
      if (registro.tipo !== 'repertorio' || !isFiller(idDoc.segnatura)) return
      yield violata('IdDoc/Segnatura', `«${idDoc.segnatura}» non è una segnatura: lasciarla assente.`)
    },
  }),
  perDocumenti({
    id: 'R20',
    gravita: 'E',
    fonte: 'X',
    schema: 'in parte',
    enunciato: 'C’è un solo tipo di registro, quello della registrazione del sistema; «Nessuno» solo per i documenti informatici.',
    check: checkBranch,
  }),
  perDocumenti({
    id: 'R21',
    gravita: 'E',
    fonte: 'X, S',
    schema: 'sì',
    enunciato: 'Il codice del registro c’è se e solo se c’è un registro.',
    *check(modello) {
      const codice = 'codiceRegistro' in modello.registro ? modello.registro.codiceRegistro : undefined
      const qui = registroPath(modello, 'CodiceRegistro')
      if (modello.registro.tipo === 'nessuno') {
        if (!isBlank(codice)) yield violata(qui, 'Senza registro non c’è codice di registro: toglierlo.')
      } else if (!/^[A-Za-z0-9_.-]{1,16}$/.test(codice ?? '')) {
        yield violata(qui, 'Manca il codice del registro, o non è fatto di 1-16 lettere, cifre, punti, trattini: correggerlo.')
      }
    },
  }),
  perDocumenti({
    id: 'R22',
    gravita: 'E',
    fonte: 'L',
    enunciato: 'La data di registrazione non precede il documento, non è futura ed è quella assegnata dal sistema.',
    check: checkDate,
  }),
  perDocumenti({
    id: 'R23',
    gravita: 'W',
    fonte: 'B',
    enunciato: 'Il flusso interno è lo scambio tra uffici della stessa AOO; tra due AOO è entrata o uscita.',
    *check(modello, contesto) {
      if (modello.flusso !== 'I') return
      const qui = 'DatiDiRegistrazione/TipologiaDiFlusso'
      if (contesto.scambioInternoAoo === undefined) yield nonVerificata(qui, 'scambioInternoAoo')
      else if (!contesto.scambioInternoAoo) yield violata(qui, 'Lo scambio non è tra uffici della stessa AOO: indicare E o U.')
    },
  }),
]
