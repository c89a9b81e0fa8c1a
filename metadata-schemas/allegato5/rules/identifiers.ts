import { codiceFiscaleErrore, normalizeCodiceFiscale, partitaIvaErrore } from '../../codici/index.ts'
import { cleanLine, isBlank } from '../../xml/index.ts'
import { walk } from '../walk.ts'
import type { Modello } from '../write.ts'
import { same, violata } from './findings.ts'
import { perDocumenti, perTutti } from './types.ts'
import type { Regola, Riscontro } from './types.ts'

/** Non-blank values of the leaves whose path ends so, one violation for each that does not pass. */
function* eachLeaf(modello: Modello, ends: RegExp, fault: (valore: string) => string | null): Generator<Riscontro> {
  for (const { percorso, voce, valore } of walk(modello)) {
    if (voce.forma !== 'valore' || !ends.test(percorso) || typeof valore !== 'string' || isBlank(valore)) continue
    const errore = fault(cleanLine(valore))
    if (errore !== null) yield violata(percorso, errore)
  }
}

function uriFault(valore: string): string | null {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(valore) && URL.canParse(valore)
    ? null
    : `«${valore}» non è un indirizzo completo: indicare l’URI pubblicato.`
}

/** Form of identifiers (section 10 of the specification): what the schemas leave free. All are warnings. */
export const REGOLE_IDENTIFICATIVI: readonly Regola[] = [
  perTutti({
    id: 'I01',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Il codice fiscale di una persona è formalmente giusto.',
    check: (modello) => eachLeaf(modello, /(?:^|\/)CodiceFiscale$/, (valore) => codiceFiscaleErrore(normalizeCodiceFiscale(valore))),
  }),
  perTutti({
    id: 'I02',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'La partita IVA (o codice fiscale di 11 cifre) è formalmente giusta.',
    check: (modello) => eachLeaf(modello, /CodiceFiscale_PartitaIva$/, partitaIvaErrore),
  }),
  perTutti({
    id: 'I03',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Il codice IPA dell’amministrazione ha la forma dei codici IPA.',
    check: (modello) =>
      eachLeaf(modello, /IPAAmm\/CodiceIPA$/, (valore) =>
        /^[A-Za-z0-9_-]+$/.test(valore) ? null : `«${valore}» non è un codice IPA: cercarlo in IPA.`,
      ),
  }),
  perTutti({
    id: 'I04',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Il codice univoco dell’AOO è di sette caratteri maiuscoli e comincia per A.',
    check: (modello) =>
      eachLeaf(modello, /IPAAOO\/CodiceIPA$/, (valore) =>
        /^A[A-Z0-9]{6}$/.test(valore) ? null : `«${valore}» non è un codice univoco di AOO: cercarlo in IPA.`,
      ),
  }),
  perTutti({
    id: 'I05',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Il codice univoco dell’ufficio è di sei caratteri maiuscoli.',
    check: (modello) =>
      eachLeaf(modello, /IPAUOR\/CodiceIPA$/, (valore) =>
        /^[A-Z0-9]{6}$/.test(valore) ? null : `«${valore}» non è un codice univoco di ufficio: cercarlo in IPA.`,
      ),
  }),
  perTutti({
    id: 'I06',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Ogni indirizzo digitale è uno solo, senza separatori.',
    check: (modello) =>
      eachLeaf(modello, /IndirizziDigitaliDiRiferimento\[\d+\]$/, (valore) =>
        /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/.test(valore) ? null : `«${valore}» non è un indirizzo solo: scriverne uno per riga.`,
      ),
  }),
  perTutti({
    id: 'I07',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Piano di classificazione e catalogo dei procedimenti sono indirizzi completi.',
    check: (modello) => eachLeaf(modello, /(?:PianoDiClassificazione|CatalogoProcedimenti)$/, uriFault),
  }),
  perDocumenti({
    id: 'I08',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'Il formato è un tipo MIME.',
    check: (modello) =>
      eachLeaf(modello, /IdentificativoDelFormato\/Formato$/, (valore) =>
        /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(valore)
          ? null
          : `«${valore}» non è un tipo MIME: usare ad esempio application/pdf.`,
      ),
  }),
  perDocumenti({
    id: 'I09',
    gravita: 'W',
    fonte: 'P',
    enunciato: 'L’identificativo del documento non è il nome del file.',
    *check(modello) {
      if (!same(modello.idDoc.identificativo, modello.nome)) return
      yield violata('IdDoc/Identificativo', 'L’identificativo è il nome del file: usarne uno assegnato dal sistema.')
    },
  }),
]
