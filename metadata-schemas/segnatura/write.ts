import { cleanLine, cleanText, el, isBlank, writeXml } from '../xml/index.ts'
import type { NodoXml } from '../xml/index.ts'
import { NS_SEGNATURA } from './model.ts'
import type {
  ClassificaSegnatura,
  DestinatarioSegnatura,
  DocumentoSegnatura,
  FascicoloSegnatura,
  IdentificatoreSegnatura,
  IndirizzoTelematico,
  PersonaSegnatura,
  Segnatura,
  SegnoApposto,
  SoggettoSegnatura,
  TipoRegistrazione,
} from './model.ts'

const CODICE_FISCALE = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/
const UNDICI_CIFRE = /^[0-9]{11}$/

/** Number of registration as every written form shows it: at least seven digits, zeros in front. Throws RangeError on anything but digits. */
export function padNumero(numero: number | string): string {
  const cifre = String(numero)
  if (!/^[0-9]+$/.test(cifre)) throw new RangeError(`not a registration number: ${cifre}`)
  return cifre.padStart(7, '0')
}

/**
 * The segnatura as one line of text, for the stamp on the page and for search: `ipa#aoo#registro#AAAA-MM-GG#NNNNNNN#E`.
 * Throws RangeError when a part is empty or holds the separator, which would make the line ambiguous. DPCM 3 December 2013 art. 9.
 */
export function segnaturaTesto(parti: {
  ipa: string
  aoo: string
  registro: string
  data: string
  numero: number | string
  tipo: TipoRegistrazione
}): string {
  const campi = [parti.ipa, parti.aoo, parti.registro, parti.data, padNumero(parti.numero), parti.tipo]
  for (const campo of campi) if (campo === '' || /[#\s]/.test(campo)) throw new RangeError(`not a part of a segnatura: "${campo}"`)
  return campi.join('#')
}

/** An element whose every attribute bears the prefix, as the schema demands. */
function p(nome: string, contenuto: string | Parameters<typeof el>[1] = '', attributi: Record<string, string | undefined> = {}): NodoXml {
  return el(`p:${nome}`, contenuto, Object.fromEntries(Object.entries(attributi).map(([chiave, valore]) => [`p:${chiave}`, valore])))
}

function testo(nome: string, valore: string | undefined, attributi: Record<string, string | undefined> = {}): NodoXml | undefined {
  return isBlank(valore) ? undefined : p(nome, cleanText(valore as string), attributi)
}

/** A mandatory text: written even when blank, so that the check refuses the document instead of an element silently missing. */
function richiesto(nome: string, valore: string, attributi: Record<string, string | undefined> = {}): NodoXml {
  return p(nome, cleanText(valore), attributi)
}

function codice(nome: string, valore: string, descrizione?: string): NodoXml {
  return p(nome, cleanLine(valore), { descrizione: isBlank(descrizione) ? undefined : cleanLine(descrizione as string) })
}

export function identificatore(nome: string, i: IdentificatoreSegnatura): NodoXml {
  return p(nome, [
    codice('CodiceAmministrazione', i.codiceAmministrazione, i.descrizioneAmministrazione),
    codice('CodiceAOO', i.codiceAoo, i.descrizioneAoo),
    p('CodiceRegistro', i.codiceRegistro),
    p('NumeroRegistrazione', padNumero(i.numero)),
    p('DataRegistrazione', i.data),
    testo('OraRegistrazione', i.ora),
  ])
}

function ramo(nome: string, livelli: readonly { codice: string; descrizione?: string }[]): NodoXml {
  const [primo, ...altri] = livelli
  if (primo === undefined) throw new RangeError('a classification path needs at least one level')
  return p(nome, [codice('Livello', primo.codice, primo.descrizione), altri.length > 0 && ramo('SubLivello', altri)])
}

function classifica(c: ClassificaSegnatura): NodoXml {
  return p('Classifica', [
    richiesto('Denominazione', c.denominazione),
    'codice' in c ? richiesto('CodiceFlat', c.codice) : ramo('CodicePath', c.livelli),
  ])
}

function fascicolo(f: FascicoloSegnatura | undefined): NodoXml | undefined {
  return f && p('Fascicolo', [richiesto('Denominazione', f.denominazione), richiesto('CodiceFascicolo', f.codice)])
}

function recapiti(nome: string, indirizzi: readonly IndirizzoTelematico[] | undefined): NodoXml | undefined {
  const voci = indirizzi?.filter((indirizzo) => !isBlank(indirizzo.valore)) ?? []
  if (voci.length === 0) return undefined
  return p(
    nome,
    voci.map((indirizzo) => p('IndirizzoTelematico', cleanLine(indirizzo.valore), { tipo: indirizzo.tipo ?? 'smtp' })),
  )
}

function persona(x: PersonaSegnatura): NodoXml {
  return p('PersonaFisica', [
    richiesto('Nome', x.nome),
    richiesto('Cognome', x.cognome),
    testo('Titolo', x.titolo),
    CODICE_FISCALE.test(x.codiceFiscale ?? '') && p('CodiceFiscale', x.codiceFiscale),
    recapiti('Contatti', x.indirizzi),
  ])
}

function soggetto(s: SoggettoSegnatura): NodoXml {
  if (s.tipo === 'PF') return persona(s)
  if (s.tipo === 'PAE')
    return p('AmministrazioneEstera', [
      richiesto('DenominazioneAmministrazione', s.denominazione),
      testo('DenominazioneUfficio', s.ufficio),
      recapiti('ContattiAmministrazione', s.indirizzi),
    ])
  if (s.tipo === 'PG')
    return p('PersonaGiuridica', [
      richiesto('Denominazione', s.denominazione),
      UNDICI_CIFRE.test(s.codiceFiscalePartitaIva ?? '') && p('PIVAoCF', s.codiceFiscalePartitaIva),
      recapiti('ContattiPersonaGiuridica', s.indirizzi),
      s.persone?.map(persona),
    ])
  return p('Amministrazione', [
    richiesto('DenominazioneAmministrazione', s.denominazione),
    UNDICI_CIFRE.test(s.codiceFiscale ?? '') && p('CFAmministrazione', s.codiceFiscale),
    codice('CodiceIPAAmministrazione', s.codiceIpa),
    recapiti('ContattiAmministrazione', s.indirizzi),
    s.codiceAoo !== undefined && codice('CodiceIPAAOO', s.codiceAoo, s.denominazioneAoo),
    recapiti('ContattiAOO', s.indirizziAoo),
    s.codiceUo !== undefined && codice('CodiceIPAUO', s.codiceUo, s.denominazioneUo),
    s.persone?.map(persona),
  ])
}

function destinatario(d: DestinatarioSegnatura): NodoXml {
  return p('Destinatario', [soggetto(d)], {
    confermaRicezione: d.confermaRicezione?.toString(),
    perConoscenza: d.perConoscenza?.toString(),
  })
}

function segno(nome: string, s: SegnoApposto | undefined): NodoXml | undefined {
  if (s === undefined) return undefined
  if (s.separati === undefined || s.separati.length === 0) return p(nome, [p('UnDetached', 'true')])
  return p(
    nome,
    s.separati.map((file, i) => p('Detached', 'true', { nomeFile: file.nomeFile, mimeType: file.mimeType, order: String(i + 1) })),
  )
}

function documento(nome: string, d: DocumentoSegnatura): NodoXml {
  const c = d.collocazione
  return p(
    nome,
    [
      testo('Descrizione', d.descrizione),
      p('Impronta', Buffer.from(d.impronta.esadecimale, 'hex').toString('base64'), { algoritmo: d.impronta.algoritmo }),
      c &&
        p('CollocazioneTelematica', [p('HostValue', c.host), p('PathValue', c.percorso)], {
          timeToLive: c.millisecondi?.toString(),
          userId: c.utente,
          password: c.password,
        }),
      segno('firmatoDigitalmente', d.firmatoDigitalmente),
      segno('sigillatoElettronicamente', d.sigillatoElettronicamente),
      segno('marcaturaTemporale', d.marcaturaTemporale),
    ],
    { nomeFile: d.nomeFile, mimeType: d.mimeType },
  )
}

/**
 * The segnatura of one registration, without the seal: the same model always gives the same bytes (decision: the unsealed XML is a pure function of
 * the registration). Attributes are all prefixed, numbers padded to seven digits, fiscal codes that do not match the official patterns left out
 * (REQ-SEGN-026), postal addresses never written (REQ-SEGN-025). Faulty content is not judged here: call `checkSegnatura` on the result.
 * Throws RangeError for a number that is not one or a classification without levels.
 */
export function writeSegnatura(s: Segnatura): string {
  const r = s.riferimenti
  return writeXml(
    el(
      'p:SegnaturaInformatica',
      [
        p('Intestazione', [
          identificatore('Identificatore', s.identificatore),
          s.primaRegistrazione && identificatore('PrimaRegistrazione', s.primaRegistrazione),
          richiesto('Oggetto', s.oggetto),
          classifica(s.classifica),
          fascicolo(s.fascicolo),
          s.riservato && p('Riservato', String(s.riservato.valore), { note: s.riservato.note }),
        ]),
        r &&
          p('Riferimenti', [
            identificatore('Identificatore', r.identificatore),
            r.primaRegistrazione && identificatore('PrimaRegistrazione', r.primaRegistrazione),
            richiesto('Oggetto', r.oggetto),
            classifica(r.classifica),
            fascicolo(r.fascicolo),
          ]),
        p('Descrizione', [
          p('Mittente', [soggetto(s.mittente)]),
          s.destinatari.map(destinatario),
          documento('DocumentoPrimario', s.documentoPrimario),
          s.allegati.map((allegato) => documento('Allegato', allegato)),
        ]),
      ],
      { 'xmlns:p': NS_SEGNATURA, 'p:versione': '3.0.0', 'p:lang': 'it' },
    ),
  )
}
