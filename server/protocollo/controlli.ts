import { codiceFiscaleErrore, partitaIvaErrore } from '../../metadata-schemas/codici/index.ts'
import type { CampoErrato } from '../kernel/errors.ts'
import { romeDay } from '../kernel/time.ts'
import type { AvvisoDto } from './schema/arrivo.ts'
import type { CorrispondenteDto, NuovaRegistrazione, NuovaRegistrazioneEntrata } from './schema/nuova.ts'

/** Means by which bytes arrive: what comes by them has its file. */
const TELEMATICI: ReadonlySet<string> = new Set(['PEC', 'PEO', 'PORTALE', 'COOPERAZIONE'])

/** Everything wrong in the data of a registration that the shapes alone cannot say; empty when complete (REQ-PROT-020). */
export function findErrors(input: NuovaRegistrazione, adesso: Date): CampoErrato[] {
  const campi: CampoErrato[] = []
  if (input.dataDocumento !== undefined && input.dataDocumento > romeDay(adesso))
    campi.push({ campo: 'dataDocumento', messaggio: 'La data del documento è nel futuro.' })
  if (input.tipo === 'U') input.destinatari.forEach((d, i) => campi.push(...soggettoErrors(d, `destinatari.${i}`)))
  else if (input.perConoscenza.includes(input.assegnazione.ufficioId))
    campi.push({ campo: 'perConoscenza', messaggio: 'L’ufficio è già assegnatario per competenza.' })
  if (input.tipo === 'I' && input.assegnazione.ufficioId === input.ufficioMittenteId)
    campi.push({ campo: 'assegnazione.ufficioId', messaggio: 'Un documento interno va a un altro ufficio.' })
  const files = [...(input.documento === undefined ? [] : [input.documento]), ...input.allegati].map((f) => f.contenutoId)
  if (new Set(files).size !== files.length) campi.push({ campo: 'allegati', messaggio: 'Lo stesso file compare due volte.' })
  const linked = (input.collegamenti ?? []).map((c) => `${c.registrazioneId} ${c.tipo}`)
  if (new Set(linked).size !== linked.length) campi.push({ campo: 'collegamenti', messaggio: 'Lo stesso collegamento compare due volte.' })
  if (input.tipo !== 'U' && input.tipo !== 'I') campi.push(...findErrorsOfEntrata(input, adesso))
  return campi
}

function findErrorsOfEntrata(input: NuovaRegistrazioneEntrata, adesso: Date): CampoErrato[] {
  const campi: CampoErrato[] = []
  // One minute of tolerance: the sender's and the server's clocks never agree to the second.
  if (Date.parse(input.dataArrivo) > adesso.getTime() + 60_000)
    campi.push({ campo: 'dataArrivo', messaggio: 'La data di arrivo è nel futuro.' })
  input.mittenti.forEach((m, i) => campi.push(...soggettoErrors(m, `mittenti.${i}`)))
  campi.push(...findErrorsOfScansione(input))
  if (input.differimento !== undefined) campi.push(...findErrorsOfDifferimento(input, adesso))
  return campi
}

/** A paper may be registered before its scan, when it is described; what came by wire has its file. */
function findErrorsOfScansione(input: NuovaRegistrazioneEntrata): CampoErrato[] {
  if (input.scansioneAttesa !== true)
    return input.documento === undefined ? [{ campo: 'documento', messaggio: 'Manca il documento principale.' }] : []
  const campi: CampoErrato[] = []
  if (input.documento !== undefined || input.allegati.length > 0)
    campi.push({ campo: 'scansioneAttesa', messaggio: 'Il file c’è già: la scansione non è attesa.' })
  if ((input.descrizioneCartaceo ?? '') === '')
    campi.push({ campo: 'descrizioneCartaceo', messaggio: 'Descrivi il documento cartaceo: quante pagine, quali allegati.' })
  if (TELEMATICI.has(input.mezzo))
    campi.push({ campo: 'scansioneAttesa', messaggio: 'Quello che arriva per via telematica si registra con il suo file.' })
  return campi
}

/** Deferral: never for PEC, whose arrival is certified (REQ-PROT-072), never for what arrived today, never beyond its term (REQ-PROT-070). */
function findErrorsOfDifferimento(input: NuovaRegistrazioneEntrata, adesso: Date): CampoErrato[] {
  const campi: CampoErrato[] = []
  if (input.mezzo === 'PEC')
    campi.push({
      campo: 'differimento',
      messaggio: 'La registrazione di un messaggio PEC non si differisce: la data di arrivo è certificata.',
    })
  if (romeDay(new Date(input.dataArrivo)) >= romeDay(adesso))
    campi.push({ campo: 'differimento', messaggio: 'Il documento è arrivato oggi: la registrazione non è differita.' })
  return campi
}

/** What is wrong in one correspondent. */
export function soggettoErrors(s: CorrispondenteDto, campo: string): CampoErrato[] {
  if (s.tipo === 'PF' && s.codiceFiscale !== undefined && s.codiceFiscale !== '') {
    const errore = codiceFiscaleErrore(s.codiceFiscale.toUpperCase())
    return errore === null ? [] : [{ campo: `${campo}.codiceFiscale`, messaggio: errore }]
  }
  if (s.tipo === 'PG' && s.codiceFiscalePartitaIva !== undefined && s.codiceFiscalePartitaIva !== '') {
    const errore = /^\d{11}$/u.test(s.codiceFiscalePartitaIva)
      ? partitaIvaErrore(s.codiceFiscalePartitaIva)
      : codiceFiscaleErrore(s.codiceFiscalePartitaIva.toUpperCase())
    return errore === null ? [] : [{ campo: `${campo}.codiceFiscalePartitaIva`, messaggio: errore }]
  }
  return []
}

/** Whole words only, accents included. */
const words = (list: readonly string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${list.join('|')})(?!\\p{L})`, 'iu')
const CODICE_FISCALE = /(?<![\p{L}\d])[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z](?![\p{L}\d])/iu
const SALUTE = words([
  'malatti[ae]',
  'patologi[ae]',
  'diagnosi',
  'disabil\\p{L}*',
  'handicap',
  'invalidit[àa]',
  'ricover\\p{L}*',
  'terapi[ae]',
  'tumor[ei]',
  'oncologic\\p{L}*',
  'psichiatric\\p{L}*',
  'gravidanza',
  'certificat[oi] medic[oi]',
  'referto',
  'cartella clinica',
  'tossicodipenden\\p{L}*',
  'legge 104',
  'vaccin\\p{L}*',
])
const PARTICOLARI = words([
  'iscrizione al sindacato',
  'appartenenza sindacale',
  'orientamento sessuale',
  'convinzioni religiose',
  'condann[ae] penal[ei]',
  'casellario giudiziale',
  'carichi pendenti',
])

/** Warnings on the words of the oggetto: personal data that everybody who opens the register would read (REQ-PROT-157). They block nothing. */
export function findAvvisi(input: Pick<NuovaRegistrazione, 'oggetto' | 'riservatezza'>): AvvisoDto[] {
  const avvisi: AvvisoDto[] = []
  const add = (codice: string, messaggio: string): void => void avvisi.push({ campo: 'oggetto', codice, messaggio })
  if (CODICE_FISCALE.test(input.oggetto))
    add('codice-fiscale', 'L’oggetto contiene un codice fiscale: toglilo, chi è il mittente è già scritto nel suo campo.')
  if (SALUTE.test(input.oggetto))
    add('salute', 'L’oggetto sembra parlare della salute di una persona: usa parole generiche o scegli un livello di riservatezza.')
  if (PARTICOLARI.test(input.oggetto))
    add(
      'dati-particolari',
      'L’oggetto sembra contenere dati particolari o giudiziari: usa parole generiche o scegli un livello di riservatezza.',
    )
  // With a reserve already chosen, only what identifies a person is still said.
  return input.riservatezza === 'ORDINARIO' ? avvisi : avvisi.filter((a) => a.codice === 'codice-fiscale')
}
