/** The form of an emergency registration and what it becomes: the same mandatory data as the ordinary one (REQ-PROT-084). Pure. */
import type { DatiEmergenza, DotazioneDto } from '../tipi.ts'
import { emergenza } from '../../../testi/it-emergenza.ts'
import { giornoItaliano, leggiGiorno } from '../../../ui/date.ts'
import { erroreCodiceFiscale, errorePartitaIva, inSoggetto, SOGGETTO_VUOTO, type SoggettoModulo } from '../../protocollo/soggetti.ts'

const t = emergenza.pagina.modulo.obbligatori

export interface ModuloEmergenza {
  flusso: DatiEmergenza['flusso']
  soggetto: SoggettoModulo
  oggetto: string
  voceId: string
  ufficioId: string
  /** Who formed an internal document. */
  mittenteId: string
  conoscenza: readonly string[]
  mezzo: DatiEmergenza['mezzo']
  tipologia: DatiEmergenza['tipologia']
  riservatezza: DatiEmergenza['riservatezza']
  dataDocumento: string
  protocolloNumero: string
  protocolloData: string
  documento: DatiEmergenza['documento']
  cartaceo: string
  note: string
}

export const MODULO_VUOTO: ModuloEmergenza = {
  flusso: 'E',
  soggetto: SOGGETTO_VUOTO,
  oggetto: '',
  voceId: '',
  ufficioId: '',
  mittenteId: '',
  conoscenza: [],
  mezzo: 'A_MANO',
  tipologia: 'Comunicazione',
  riservatezza: 'ORDINARIO',
  dataDocumento: '',
  protocolloNumero: '',
  protocolloData: '',
  documento: null,
  cartaceo: '',
  note: '',
}

export interface Errore {
  readonly campo: string
  readonly messaggio: string
}

function soggettoErrori(s: SoggettoModulo): Errore[] {
  const found: Errore[] = []
  const need = (campo: keyof SoggettoModulo, messaggio: string): void => {
    if (s[campo].trim() === '') found.push({ campo: `soggetto-${campo}`, messaggio })
  }
  if (s.tipo === 'PF') {
    need('cognome', t.cognome)
    need('nome', t.nome)
  } else need('denominazione', t.denominazione)
  if (s.tipo === 'PAI') need('codiceIpa', t.codiceIpa)
  const wrong = s.tipo === 'PF' ? erroreCodiceFiscale(s.codiceFiscale) : s.tipo === 'PG' ? errorePartitaIva(s.codiceFiscale) : null
  if (wrong !== null) found.push({ campo: 'soggetto-codiceFiscale', messaggio: wrong })
  return found
}

const day = (text: string, oggi: string): string | null => (text.trim() === '' ? null : leggiGiorno(text, oggi))

/**
 * Everything missing or wrong, all together. `arrivo` and `istante` in milliseconds; NaN when not written. An outgoing or internal document needs its file, an
 * incoming one its file or the description of the paper; an internal one has offices at both ends.
 */
export function erroriModulo(m: ModuloEmergenza, arrivo: number, istante: number): Errore[] {
  const found = m.flusso === 'I' ? [] : soggettoErrori(m.soggetto)
  const add = (campo: string, messaggio: string): void => void found.push({ campo, messaggio })
  const oggi = giornoItaliano(new Date(istante))
  if (m.oggetto.trim() === '') add('oggetto', t.oggetto)
  if (m.voceId === '') add('voce', t.voce)
  if (m.flusso === 'I' && m.mittenteId === '') add('mittente', t.ufficio)
  if (m.ufficioId === '') add('ufficio', t.ufficio)
  if (m.flusso === 'E' && Number.isNaN(arrivo)) add('arrivo-giorno', t.arrivo)
  if (m.flusso === 'E' && arrivo > istante + 60_000) add('arrivo-giorno', t.arrivoFuturo)
  if (m.dataDocumento.trim() !== '' && day(m.dataDocumento, oggi) === null) add('dataDocumento', t.data)
  if (m.protocolloData.trim() !== '' && day(m.protocolloData, oggi) === null) add('protocolloData', t.data)
  if (m.flusso !== 'E' && m.documento === null) add('file', emergenza.pagina.modulo.fileObbligatorio)
  if (m.flusso === 'E' && m.documento === null && m.cartaceo.trim() === '') add('cartaceo', emergenza.pagina.modulo.cartaceoObbligatorio)
  return found
}

/** A complete form as the data of a row. */
export function inDati(
  m: ModuloEmergenza,
  dotazione: Pick<DotazioneDto, 'voci' | 'uffici'>,
  arrivo: number,
  istante: number,
): DatiEmergenza {
  const oggi = giornoItaliano(new Date(istante))
  const named = (list: readonly { id: string; nome: string }[], id: string) => ({ id, nome: list.find((x) => x.id === id)?.nome ?? '' })
  const entrata = m.flusso === 'E'
  return {
    flusso: m.flusso,
    oggetto: m.oggetto.trim(),
    corrispondenti: m.flusso === 'I' ? [] : ([inSoggetto(m.soggetto)] as DatiEmergenza['corrispondenti']),
    mezzo: m.mezzo,
    dataArrivo: entrata ? new Date(arrivo).toISOString() : null,
    dataDocumento: day(m.dataDocumento, oggi),
    protocolloMittente:
      entrata && m.protocolloNumero.trim() !== '' ? { numero: m.protocolloNumero.trim(), data: day(m.protocolloData, oggi) } : null,
    voce: named(dotazione.voci, m.voceId),
    ufficio: named(dotazione.uffici, m.ufficioId),
    ...(m.flusso === 'I' ? { ufficioMittente: named(dotazione.uffici, m.mittenteId) } : {}),
    perConoscenza: m.conoscenza.filter((id) => id !== m.ufficioId).map((id) => named(dotazione.uffici, id)),
    tipologia: m.tipologia,
    riservatezza: m.riservatezza,
    note: m.note.trim(),
    documento: m.documento,
    descrizioneCartaceo: m.documento === null ? m.cartaceo.trim() : '',
  }
}
