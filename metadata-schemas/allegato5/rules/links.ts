import { cleanLine } from '../../xml/index.ts'
import { ANNI_PERMANENTE } from '../write.ts'
import type { Modello } from '../write.ts'
import { day, nonVerificata, same, samePerson, violata, years } from './findings.ts'
import { perDocumenti, perTutti } from './types.ts'
import type { Contesto, ContestoDocumento, ModelloDocumentale, Regola, Riscontro } from './types.ts'

const TRACCIA = 'TracciatureModificheDocumento'
const CONSERVAZIONE = 'TempoDiConservazione'

function* checkAggregations(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const { aggregazioni } = modello
  if (modello.profilo === 'DAI' && aggregazioni.length === 0)
    yield violata('Agg', 'Il documento non è in alcuna aggregazione: fascicolarlo.')
  for (const [indice, una] of aggregazioni.entries()) {
    const qui = `Agg/TipoAgg[${indice + 1}]`
    const uguale = (altra: { tipo: string; id: string }): boolean => altra.tipo === una.tipo && same(altra.id, una.id)
    if (aggregazioni.slice(0, indice).some(uguale)) yield violata(qui, `L’aggregazione ${una.id} è ripetuta: toglierla.`)
    if (contesto.aggregazioni === undefined) {
      yield nonVerificata(qui, 'aggregazioni')
      continue
    }
    const nota = contesto.aggregazioni.find(uguale)
    if (nota === undefined) yield violata(qui, `L’aggregazione ${una.id} non esiste nel sistema: correggere l’identificativo.`)
    else if (!nota.elencaDocumento)
      yield violata(qui, `L’indice dell’aggregazione ${una.id} non elenca questo documento: inserirlo o togliere il riferimento.`)
  }
}

/** Whole number of the version, or undefined for a label. */
function versionNumber(versione: string): number | undefined {
  return /^[1-9][0-9]*$/.test(cleanLine(versione)) ? Number(cleanLine(versione)) : undefined
}

function* checkTrace(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const numero = versionNumber(modello.versione)
  const traccia = modello.modifica ?? undefined
  const successiva =
    numero === undefined ? (contesto.versionePrecedente === undefined ? undefined : contesto.versionePrecedente !== null) : numero > 1
  if (successiva === undefined) {
    yield nonVerificata('VersioneDelDocumento', 'versionePrecedente')
    return
  }
  if (traccia === undefined) {
    if (successiva) yield violata(TRACCIA, `La versione ${modello.versione} non dice quale modifica l’ha prodotta: indicarla.`)
    if (contesto.annullato === true) yield violata(TRACCIA, 'La registrazione è annullata: indicare la modifica di tipo Annullamento.')
    if (contesto.annullato === undefined) yield nonVerificata(TRACCIA, 'annullato')
    return
  }
  if (!successiva && traccia.tipo !== 'Annullamento') {
    yield violata(TRACCIA, 'È la prima versione e non è annullata: togliere la traccia di modifica, o aumentare la versione.')
  }
  if (traccia.tipo === 'Annullamento' && contesto.annullato === false) {
    yield violata(`${TRACCIA}/TipoModifica`, 'Il sistema non ha annullato la registrazione: correggere il tipo di modifica.')
  }
}

function* checkPrimary(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const qui = 'IdIdentificativoDocumentoPrimario'
  const primario = modello.documentoPrimario ?? undefined
  if (primario && same(primario.identificativo, modello.idDoc.identificativo)) {
    yield violata(`${qui}/Identificativo`, 'Il documento primario è il documento stesso: indicare quello che completa.')
  }
  if (contesto.completaAltroDocumento === undefined) yield nonVerificata(qui, 'completaAltroDocumento')
  else if (contesto.completaAltroDocumento && primario === undefined)
    yield violata(qui, 'Manca il documento che questo completa: indicarlo.')
  else if (!contesto.completaAltroDocumento && primario !== undefined)
    yield violata(qui, 'Il documento non ne completa un altro: togliere il riferimento.')
}

/** Largest number of years the service's schemas can carry. */
function upperBound(contesto: Contesto): number {
  return contesto.servizio?.schemi === '4999' ? 4999 : ANNI_PERMANENTE
}

function* checkYears(modello: Modello, contesto: Contesto): Generator<Riscontro> {
  const anni = modello.tempoDiConservazione ?? undefined
  if (anni === undefined) return
  const limite = upperBound(contesto)
  if (anni === 'permanente') {
    const scritto = contesto.servizio?.permanente === undefined ? ANNI_PERMANENTE : contesto.servizio.permanente
    if (scritto !== null && scritto > limite) {
      yield violata(
        CONSERVAZIONE,
        `Gli schemi del servizio arrivano a ${limite}: configurare con quale numero il servizio vuole «permanente».`,
      )
    }
  } else if (typeof anni !== 'number' || !Number.isInteger(anni) || anni < 1 || anni > limite) {
    yield violata(CONSERVAZIONE, `«${String(anni)}» non è un numero intero di anni da 1 a ${limite}: correggerlo, o indicare «permanente».`)
    return
  }
  const piano = contesto.conservazioneDelPiano
  if (piano === undefined) yield nonVerificata(CONSERVAZIONE, 'conservazioneDelPiano')
  else if (piano !== null && normal(piano) !== normal(anni)) {
    yield violata(
      CONSERVAZIONE,
      `Il piano di conservazione prevede ${piano === 'permanente' ? 'la conservazione permanente' : `${piano} anni`}: riportarlo.`,
    )
  }
}

function normal(anni: number | 'permanente'): number {
  return anni === ANNI_PERMANENTE ? Number.POSITIVE_INFINITY : years(anni)
}

function* checkYearsPresent(modello: Modello, contesto: Contesto): Generator<Riscontro> {
  if (modello.profilo === 'DI' || (modello.tempoDiConservazione ?? undefined) !== undefined) return
  if (modello.profilo === 'AGG' && !modello.dataChiusura && contesto.chiusa !== true) return
  if (contesto.conservazioneDelPiano === undefined) yield nonVerificata(CONSERVAZIONE, 'conservazioneDelPiano')
  else if (contesto.conservazioneDelPiano !== null)
    yield violata(CONSERVAZIONE, 'Il piano di conservazione prevede un tempo per questa voce: riportarlo.')
}

function* checkYearsOfAggregations(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const anni = modello.tempoDiConservazione ?? undefined
  if (anni === undefined || modello.aggregazioni.length === 0) return
  if (contesto.aggregazioni === undefined) {
    yield nonVerificata(CONSERVAZIONE, 'aggregazioni')
    return
  }
  const massimo = Math.max(0, ...contesto.aggregazioni.map((una) => (una.conservazione ? normal(una.conservazione) : 0)))
  if (normal(anni) >= massimo) return
  yield violata(
    CONSERVAZIONE,
    `Un’aggregazione che contiene il documento si conserva ${massimo === Number.POSITIVE_INFINITY ? 'per sempre' : `${massimo} anni`}: allungare il tempo.`,
  )
}

/** Aggregation link, versions, retention: R50-R62. */
export const REGOLE_LEGAMI: readonly Regola[] = [
  perDocumenti({
    id: 'R50',
    gravita: 'E',
    fonte: 'X, G',
    schema: 'in parte',
    enunciato: 'Le aggregazioni sono note, diverse tra loro ed elencano il documento; un documento amministrativo ne ha almeno una.',
    check: checkAggregations,
  }),
  perDocumenti({
    id: 'R55',
    gravita: 'E',
    fonte: 'B, S',
    enunciato: 'Il documento primario è indicato se e solo se questo documento ne completa un altro, mai sé stesso.',
    check: checkPrimary,
  }),
  perDocumenti({
    id: 'R56',
    gravita: 'E',
    fonte: 'B, S',
    enunciato: 'La traccia di modifica c’è se e solo se la versione è successiva alla prima o la registrazione è annullata.',
    check: checkTrace,
  }),
  perDocumenti({
    id: 'R57',
    gravita: 'E',
    fonte: 'S',
    enunciato: 'Chi ha fatto la modifica è anche tra gli operatori.',
    *check(modello) {
      const autore = modello.modifica?.autore
      if (!autore) return
      const operatori = modello.soggetti.flatMap((voce) => (voce.ruolo === 'Operatore' ? [voce.soggetto] : []))
      if (operatori.some((operatore) => samePerson(operatore, autore))) return
      yield violata(
        `${TRACCIA}/SoggettoAutoreDellaModifica`,
        `${autore.nome} ${autore.cognome} non è tra gli operatori: aggiungere il ruolo Operatore.`,
      )
    },
  }),
  perDocumenti({
    id: 'R58',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'La versione precedente è un altro documento e la modifica non la precede.',
    *check(modello, contesto) {
      if (!modello.modifica) return
      if (same(modello.modifica.versionePrecedente.identificativo, modello.idDoc.identificativo)) {
        yield violata(`${TRACCIA}/IdDocVersionePrecedente`, 'La versione precedente è questa stessa: indicare quella da cui deriva.')
      }
      if (!contesto.versionePrecedente) yield nonVerificata(`${TRACCIA}/DataModifica`, 'versionePrecedente')
      else if (day(modello.modifica.data) < day(contesto.versionePrecedente.data)) {
        yield violata(
          `${TRACCIA}/DataModifica`,
          `La modifica precede la versione modificata, del ${day(contesto.versionePrecedente.data)}: correggere la data.`,
        )
      }
    },
  }),
  perTutti({
    id: 'R60',
    gravita: 'E',
    fonte: 'B, S',
    schema: 'in parte',
    enunciato: 'Il tempo di conservazione è il numero di anni del piano di conservazione, o permanente.',
    check: checkYears,
  }),
  perTutti({
    id: 'R61',
    gravita: 'W',
    fonte: 'B, G',
    enunciato: 'Documenti amministrativi e aggregazioni chiuse hanno il tempo di conservazione, quando il piano lo prevede.',
    check: checkYearsPresent,
  }),
  perDocumenti({
    id: 'R62',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Il documento non si conserva meno delle aggregazioni che lo contengono.',
    check: checkYearsOfAggregations,
  }),
]
