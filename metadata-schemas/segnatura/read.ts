import { child, children, childText, readXml } from '../xml/index.ts'
import type { ElementoXml } from '../xml/index.ts'
import { NS_SEGNATURA, NS_SEGNATURA_2013, NS_SEGNATURA_PEC } from './model.ts'
import type { IndirizzoTelematico, PersonaSegnatura, SoggettoSegnatura } from './model.ts'

export const FORMATI_SEGNATURA = ['allegato6', 'allegato6-pec', 'circolare-60-2013', 'circolare-28-2001'] as const
export type FormatoSegnatura = (typeof FORMATI_SEGNATURA)[number]

export interface IdentificatoreLetto {
  readonly codiceAmministrazione: string
  readonly codiceAoo: string
  readonly codiceRegistro: string
  readonly numero: string
  readonly data: string
  readonly ora?: string
}

export interface DocumentoLetto {
  readonly nomeFile: string
  readonly mimeType?: string
  readonly descrizione?: string
  /** Lower-case hexadecimal of the decoded digest; absent when the text is not base64. */
  readonly impronta?: { readonly algoritmo: string; readonly esadecimale: string }
}

/** What a received segnatura says, as far as it can be read. Nothing here is applied without a person's act (REQ-SEGN-047). */
export interface SegnaturaLetta {
  readonly formato: FormatoSegnatura
  readonly sigillata: boolean
  readonly identificatore?: IdentificatoreLetto
  readonly primaRegistrazione?: IdentificatoreLetto
  readonly oggetto?: string
  readonly classifica?: { readonly denominazione?: string; readonly codice: string }
  readonly fascicolo?: { readonly denominazione?: string; readonly codice?: string }
  readonly riservato: boolean
  /** Our own registration the correspondent answers to, when he says so (REQ-SEGN-048). */
  readonly riferimento?: IdentificatoreLetto
  readonly mittente?: SoggettoSegnatura
  readonly destinatari: readonly (SoggettoSegnatura & { readonly confermaRicezione: boolean; readonly perConoscenza: boolean })[]
  readonly documentoPrimario?: DocumentoLetto
  readonly allegati: readonly DocumentoLetto[]
}

/** A file that is not a segnatura, or cannot be parsed at all. The message is Italian. */
export class SegnaturaIlleggibile extends Error {
  override readonly name = 'SegnaturaIlleggibile'
}

type Parziale<T> = { [K in keyof T]?: T[K] | undefined }

/** Drops absent values: an absent field and an undefined one must look the same to who compares or stores. */
function compact<T extends object>(valori: Parziale<T>): T {
  return Object.fromEntries(Object.entries(valori).filter(([, valore]) => valore !== undefined && valore !== '')) as T
}

function identificatore(e: ElementoXml | undefined): IdentificatoreLetto | undefined {
  if (e === undefined) return undefined
  return compact<IdentificatoreLetto>({
    codiceAmministrazione: childText(e, 'CodiceAmministrazione'),
    codiceAoo: childText(e, 'CodiceAOO'),
    codiceRegistro: childText(e, 'CodiceRegistro'),
    numero: childText(e, 'NumeroRegistrazione'),
    data: childText(e, 'DataRegistrazione')?.slice(0, 10),
    ora: childText(e, 'OraRegistrazione'),
  })
}

function path(e: ElementoXml | undefined): string[] {
  if (e === undefined) return []
  return [childText(e, 'Livello') ?? '', ...path(child(e, 'SubLivello'))]
}

function classifica(e: ElementoXml | undefined): SegnaturaLetta['classifica'] {
  if (e === undefined) return undefined
  const codice = childText(e, 'CodiceFlat') ?? path(child(e, 'CodicePath')).join('/')
  return compact<NonNullable<SegnaturaLetta['classifica']>>({ denominazione: childText(e, 'Denominazione'), codice })
}

const TIPI_INDIRIZZO = ['smtp', 'url', 'other'] as const

function indirizzi(e: ElementoXml | undefined): IndirizzoTelematico[] | undefined {
  const voci = children(e, 'IndirizzoTelematico').map((voce) => ({
    valore: voce.testo.trim(),
    tipo: TIPI_INDIRIZZO.find((tipo) => tipo === voce.attributi['tipo']) ?? ('smtp' as const),
  }))
  return voci.length > 0 ? voci : undefined
}

function persona(e: ElementoXml): PersonaSegnatura {
  return compact<PersonaSegnatura>({
    nome: childText(e, 'Nome'),
    cognome: childText(e, 'Cognome'),
    titolo: childText(e, 'Titolo'),
    codiceFiscale: childText(e, 'CodiceFiscale'),
    indirizzi: indirizzi(child(e, 'Contatti')),
  })
}

function soggetto(e: ElementoXml | undefined): SoggettoSegnatura | undefined {
  const pai = child(e, 'Amministrazione')
  const pg = child(e, 'PersonaGiuridica')
  const pf = child(e, 'PersonaFisica')
  const pae = child(e, 'AmministrazioneEstera')
  const persone = children(pai ?? pg, 'PersonaFisica').map(persona)
  if (pai !== undefined)
    return compact<SoggettoSegnatura & { tipo: 'PAI' }>({
      tipo: 'PAI',
      denominazione: childText(pai, 'DenominazioneAmministrazione'),
      codiceIpa: childText(pai, 'CodiceIPAAmministrazione'),
      codiceFiscale: childText(pai, 'CFAmministrazione'),
      indirizzi: indirizzi(child(pai, 'ContattiAmministrazione')),
      codiceAoo: childText(pai, 'CodiceIPAAOO'),
      denominazioneAoo: child(pai, 'CodiceIPAAOO')?.attributi['descrizione'],
      indirizziAoo: indirizzi(child(pai, 'ContattiAOO')),
      codiceUo: childText(pai, 'CodiceIPAUO'),
      denominazioneUo: child(pai, 'CodiceIPAUO')?.attributi['descrizione'],
      persone: persone.length > 0 ? persone : undefined,
    })
  if (pg !== undefined)
    return compact<SoggettoSegnatura & { tipo: 'PG' }>({
      tipo: 'PG',
      denominazione: childText(pg, 'Denominazione'),
      codiceFiscalePartitaIva: childText(pg, 'PIVAoCF'),
      indirizzi: indirizzi(child(pg, 'ContattiPersonaGiuridica')),
      persone: persone.length > 0 ? persone : undefined,
    })
  if (pf !== undefined) return { tipo: 'PF', ...persona(pf) }
  if (pae !== undefined)
    return compact<SoggettoSegnatura & { tipo: 'PAE' }>({
      tipo: 'PAE',
      denominazione: childText(pae, 'DenominazioneAmministrazione'),
      ufficio: childText(pae, 'DenominazioneUfficio'),
      indirizzi: indirizzi(child(pae, 'ContattiAmministrazione')),
    })
  return undefined
}

function destinatari(descrizione: ElementoXml | undefined): SegnaturaLetta['destinatari'] {
  return children(descrizione, 'Destinatario').flatMap((e) => {
    const letto = soggetto(e)
    // absent means true: it is the default of the schema, and who forgets the attribute still expects the confirmation (REQ-SEGN-043)
    const confermaRicezione = !['false', '0'].includes(e.attributi['confermaRicezione'] ?? 'true')
    return letto === undefined
      ? []
      : [{ ...letto, confermaRicezione, perConoscenza: ['true', '1'].includes(e.attributi['perConoscenza'] ?? '') }]
  })
}

function documento(e: ElementoXml): DocumentoLetto {
  const base64 = childText(e, 'Impronta')?.replace(/\s+/g, '')
  const leggibile = base64 !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  return compact<DocumentoLetto>({
    nomeFile: e.attributi['nomeFile'] ?? '',
    mimeType: e.attributi['mimeType'],
    descrizione: childText(e, 'Descrizione'),
    impronta: leggibile
      ? { algoritmo: child(e, 'Impronta')?.attributi['algoritmo'] ?? 'SHA-256', esadecimale: Buffer.from(base64, 'base64').toString('hex') }
      : undefined,
  })
}

function formato(radice: ElementoXml): FormatoSegnatura | undefined {
  if (radice.nome === 'SegnaturaInformatica') {
    if (radice.namespace === NS_SEGNATURA) return 'allegato6'
    if (radice.namespace === NS_SEGNATURA_PEC) return 'allegato6-pec'
  }
  if (radice.nome === 'Segnatura') {
    if (radice.namespace === NS_SEGNATURA_2013) return 'circolare-60-2013'
    if (radice.namespace === '') return 'circolare-28-2001'
  }
  return undefined
}

/**
 * Reads a received segnatura for prefilling: both roots of the 2021 format (REQ-SEGN-052), attributes with or without prefix, missing parts left out,
 * `confermaRicezione` true when absent. The earlier formats are recognised by `formato` and otherwise not read. The seal is not judged here.
 * Throws SegnaturaIlleggibile for anything that is not a segnatura or not well-formed XML (a DTD is refused).
 */
export function readSegnatura(xml: string | Uint8Array): SegnaturaLetta {
  let radice: ElementoXml
  try {
    radice = readXml(xml)
  } catch (error) {
    throw new SegnaturaIlleggibile(`Il file non è XML leggibile: ${(error as Error).message}`, { cause: error })
  }
  const tipo = formato(radice)
  if (tipo === undefined) throw new SegnaturaIlleggibile(`Il file non è una segnatura di protocollo: la radice è ${radice.nome}.`)
  if (tipo === 'circolare-60-2013' || tipo === 'circolare-28-2001')
    return { formato: tipo, sigillata: false, riservato: false, destinatari: [], allegati: [] }
  const intestazione = child(radice, 'Intestazione')
  const descrizione = child(radice, 'Descrizione')
  const primario = child(descrizione, 'DocumentoPrimario')
  const fascicolo = child(intestazione, 'Fascicolo')
  return compact<SegnaturaLetta>({
    formato: tipo,
    sigillata: radice.figli.some((figlio) => figlio.nome === 'Signature' && figlio.namespace === 'http://www.w3.org/2000/09/xmldsig#'),
    identificatore: identificatore(child(intestazione, 'Identificatore')),
    primaRegistrazione: identificatore(child(intestazione, 'PrimaRegistrazione')),
    oggetto: childText(intestazione, 'Oggetto'),
    classifica: classifica(child(intestazione, 'Classifica')),
    fascicolo:
      fascicolo && compact({ denominazione: childText(fascicolo, 'Denominazione'), codice: childText(fascicolo, 'CodiceFascicolo') }),
    riservato: ['true', '1'].includes(childText(intestazione, 'Riservato') ?? ''),
    riferimento: identificatore(child(child(radice, 'Riferimenti'), 'Identificatore')),
    mittente: soggetto(child(descrizione, 'Mittente')),
    destinatari: destinatari(descrizione),
    documentoPrimario: primario && documento(primario),
    allegati: children(descrizione, 'Allegato').map(documento),
  })
}
