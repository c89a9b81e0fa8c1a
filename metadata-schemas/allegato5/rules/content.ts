import { cleanLine, isBlank } from '../../xml/index.ts'
import { nonVerificata, repeated, same, violata } from './findings.ts'
import { perDi, perDocumenti } from './types.ts'
import type { ContestoDocumento, ModelloDocumentale, Regola, Riscontro } from './types.ts'

/** Formats whose name alone says too little to open the file in twenty years. */
const PROPRIETARI =
  /^(?:application\/(?:msword|rtf|x-msaccess|vnd\.ms-|vnd\.openxmlformats-|acad|x-autocad|x-dwg|postscript)|image\/(?:vnd\.dwg|vnd\.dxf|x-dwg|vnd\.adobe)|application\/vnd\.(?:visio|adobe|corel))/i

const FLAG = {
  firmato: 'FirmatoDigitalmente',
  sigillato: 'SigillatoElettronicamente',
  marcato: 'MarcaturaTemporale',
} as const

function* checkFlags(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const controllo = modello.modalita === 'a' || modello.modalita === 'b'
  if (controllo && contesto.controlloFirme === undefined) {
    yield nonVerificata('Verifica', 'controlloFirme')
    return
  }
  for (const campo of ['firmato', 'sigillato', 'marcato'] as const) {
    const atteso = controllo && contesto.controlloFirme?.[campo] === true
    if (modello.verifica[campo] === atteso) continue
    const perche = controllo ? 'è l’esito del controllo' : `per la modalità ${modello.modalita} il controllo non è dovuto`
    yield violata(`Verifica/${FLAG[campo]}`, `Scrivere ${atteso}: ${perche}.`)
  }
}

const CONFORMITA = 'Verifica/ConformitaCopieImmagineSuSupportoInformatico'

function* checkAttestation(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  if (!modello.verifica.conformitaCopia) return
  if (modello.modalita !== 'b')
    yield violata(CONFORMITA, `Scrivere false: la conformità riguarda solo le copie (modalità b), qui la modalità è ${modello.modalita}.`)
  else if (contesto.attestazione === undefined) yield nonVerificata(CONFORMITA, 'attestazione')
  else if (!contesto.attestazione.presente)
    yield violata(CONFORMITA, 'Manca l’attestazione di conformità della copia: produrla, o scrivere false.')
}

/** Where the attestation can be found: an attachment, the primary document, the note. */
function isTraceable(modello: ModelloDocumentale, identificativo: string | undefined): boolean {
  const { allegati, documentoPrimario, note } = modello
  if (identificativo !== undefined) {
    const ids = [...allegati.indice.map((allegato) => allegato.idDoc.identificativo), documentoPrimario?.identificativo ?? '']
    return ids.some((id) => same(id, identificativo)) || (note ?? '').includes(identificativo)
  }
  const parla = /attestazion|conformit|certificazion/i
  return Boolean(documentoPrimario) || allegati.indice.some((allegato) => parla.test(allegato.descrizione)) || parla.test(note ?? '')
}

/** Attachments, classification, format, checks: R30-R45. */
export const REGOLE_CONTENUTO: readonly Regola[] = [
  perDocumenti({
    id: 'R30',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'Il numero degli allegati è quello delle voci dell’indice.',
    *check({ allegati }) {
      const numero = allegati.numero ?? allegati.indice.length
      if (numero === allegati.indice.length) return
      yield violata(
        'Allegati/NumeroAllegati',
        `Gli allegati dichiarati sono ${numero}, quelli elencati ${allegati.indice.length}: allineare i due dati.`,
      )
    },
  }),
  perDocumenti({
    id: 'R31',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Due allegati non hanno lo stesso identificativo.',
    *check({ allegati }) {
      for (const posto of repeated(allegati.indice.map((allegato) => allegato.idDoc.identificativo))) {
        yield violata(
          `Allegati/IndiceAllegati[${posto}]/IdDoc/Identificativo`,
          'L’allegato è già nell’elenco: toglierlo o dargli un identificativo proprio.',
        )
      }
    },
  }),
  perDocumenti({
    id: 'R35',
    gravita: 'E',
    fonte: 'B, S, X',
    schema: 'in parte',
    enunciato: 'Firma, sigillo e marca sono l’esito di un controllo (modalità a e b); per le modalità c e d sono false.',
    check: checkFlags,
  }),
  perDocumenti({
    id: 'R36',
    gravita: 'E',
    fonte: 'B, P',
    enunciato: 'La conformità della copia è vera solo per la modalità b e con l’attestazione.',
    check: checkAttestation,
  }),
  perDocumenti({
    id: 'R37',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'L’attestazione di conformità si ritrova: allegato, documento primario o nota.',
    *check(modello, contesto) {
      if (!modello.verifica.conformitaCopia || modello.modalita !== 'b') return
      if (isTraceable(modello, contesto.attestazione?.identificativo)) return
      yield violata(CONFORMITA, 'L’attestazione di conformità non si ritrova: allegarla, o indicarla come documento primario o nella nota.')
    },
  }),
  perDocumenti({
    id: 'R38',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Un documento detto firmato contiene una firma o ne ha una separata.',
    *check(modello, contesto) {
      if (!modello.verifica.firmato) return
      if (contesto.firmaNelFile === undefined) yield nonVerificata('Verifica/FirmatoDigitalmente', 'firmaNelFile')
      else if (!contesto.firmaNelFile)
        yield violata('Verifica/FirmatoDigitalmente', 'Nel file non c’è alcuna firma: controllare il file o scrivere false.')
    },
  }),
  perDi({
    id: 'R40',
    gravita: 'E',
    fonte: 'G, S',
    enunciato: 'Il documento di una pubblica amministrazione è classificato, con indice e descrizione.',
    *check({ classificazione }, contesto) {
      const completa = !isBlank(classificazione?.indice) && !isBlank(classificazione?.descrizione)
      if (completa || contesto.pubblicaAmministrazione === false) return
      if (contesto.pubblicaAmministrazione === undefined) yield nonVerificata('Classificazione', 'pubblicaAmministrazione')
      else yield violata('Classificazione', 'Manca la classificazione: scegliere la voce di titolario.')
    },
  }),
  perDocumenti({
    id: 'R41',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'La voce di classificazione è attiva nel titolario alla data di registrazione.',
    *check({ classificazione }, contesto) {
      if (isBlank(classificazione?.indice)) return
      const qui = 'Classificazione/IndiceDiClassificazione'
      if (contesto.voceClassificazione === undefined) yield nonVerificata(qui, 'voceClassificazione')
      else if (contesto.voceClassificazione !== 'attiva') {
        const come = contesto.voceClassificazione === 'assente' ? 'non esiste' : 'non è più attiva'
        yield violata(qui, `La voce ${classificazione?.indice} ${come} nel titolario alla data di registrazione: sceglierne una attiva.`)
      }
    },
  }),
  perDocumenti({
    id: 'R45',
    gravita: 'W',
    fonte: 'B, S',
    enunciato: 'Il programma che ha prodotto il file è indicato quando il formato da solo non basta o è proprietario.',
    *check({ formato }, contesto) {
      const serve = contesto.formatoProprietario ?? PROPRIETARI.test(cleanLine(formato.formato))
      if (!serve || !isBlank(formato.prodotto?.nome)) return
      yield violata(
        'IdentificativoDelFormato/ProdottoSoftware',
        `Il formato ${formato.formato} è proprietario o ambiguo: indicare programma e versione.`,
      )
    },
  }),
]
