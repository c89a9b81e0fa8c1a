import { checkSegnatura, segnaturaTesto, writeSegnatura } from '../../metadata-schemas/segnatura/index.ts'
import type { DestinatarioSegnatura, DocumentoSegnatura, Segnatura, SoggettoSegnatura } from '../../metadata-schemas/segnatura/index.ts'
import type { DocumentoCreato } from '../documenti/index.ts'
import type { EnteRef } from '../kernel/scope.ts'
import type { VoceInPlan } from '../titolario/index.ts'
import type { RegistroRow, UfficioRow } from './repository.ts'
import type { SoggettoDto } from './schema.ts'

/** Everything the segnatura says except number, day and time: known before the lock. */
export interface SegnaturaFacts {
  readonly ente: EnteRef
  readonly registro: RegistroRow
  readonly oggetto: string
  readonly riservato: boolean
  readonly voce: VoceInPlan
  readonly mittente: SoggettoDto
  readonly ufficio: UfficioRow
  readonly documento: DocumentoCreato
}

/** Number, day and time as the counter gave them. */
export interface NumeroDato {
  readonly numero: number
  readonly giorno: string
  readonly ora: string
}

/** The unsealed Allegato 6 XML of an incoming registration: a pure function of its facts (decision 16). */
export function segnaturaXml(f: SegnaturaFacts, n: NumeroDato): string {
  return writeSegnatura(toModel(f, n))
}

/**
 * Checks the XML against our schema without `ds:Signature` before the number is taken, with a number in its place: the structure is the same, and
 * nothing slow is left for the time of the lock. Throws Error: a segnatura that does not validate is a fault of ours, and no number is consumed.
 */
export function assertSegnaturaWritable(f: SegnaturaFacts, giorno: string): void {
  const esito = checkSegnatura(segnaturaXml(f, { numero: 9_999_999, giorno, ora: '12:00:00' }))
  if (!esito.valido) throw new Error(`segnatura not valid: ${esito.errori.map((e) => e.messaggio).join('; ')}`)
}

/** Canonical text of the segnatura (REQ-PROT-042). */
export function segnaturaText(f: Pick<SegnaturaFacts, 'ente' | 'registro'>, tipo: 'E' | 'U' | 'I', n: NumeroDato): string {
  return segnaturaTesto({
    ipa: f.ente.codiceIpa,
    aoo: f.registro.aooCodice,
    registro: f.registro.codice,
    data: n.giorno,
    numero: n.numero,
    tipo,
  })
}

function toModel(f: SegnaturaFacts, n: NumeroDato): Segnatura {
  const [primario, ...rest] = f.documento.files.filter((x) => x.ruolo !== 'annesso')
  if (primario === undefined) throw new Error('a registration has a main document')
  return {
    identificatore: {
      codiceAmministrazione: f.ente.codiceIpa,
      descrizioneAmministrazione: f.ente.denominazione,
      codiceAoo: f.registro.aooCodice,
      descrizioneAoo: f.registro.aooDenominazione,
      codiceRegistro: f.registro.codice,
      numero: n.numero,
      data: n.giorno,
      ora: n.ora,
    },
    oggetto: f.oggetto,
    classifica: {
      denominazione: f.voce.denominazione,
      livelli: f.voce.percorso.map((p) => ({ codice: p.codice.split('/').at(-1) ?? p.codice, descrizione: p.denominazione })),
    },
    ...(f.riservato ? { riservato: { valore: true } } : {}),
    mittente: toSoggetto(f.mittente),
    destinatari: [ownAoo(f)],
    documentoPrimario: toDocumento(primario),
    allegati: rest.map(toDocumento),
  }
}

/** The receiving AOO and office are the addressee of what comes in. */
function ownAoo(f: SegnaturaFacts): DestinatarioSegnatura {
  return {
    tipo: 'PAI',
    denominazione: f.ente.denominazione,
    codiceIpa: f.ente.codiceIpa,
    codiceFiscale: f.ente.codiceFiscale,
    codiceAoo: f.registro.aooCodice,
    denominazioneAoo: f.registro.aooDenominazione,
    ...(f.registro.aooIndirizzo === '' ? {} : { indirizziAoo: [{ valore: f.registro.aooIndirizzo }] }),
    codiceUo: f.ufficio.codice,
    denominazioneUo: f.ufficio.denominazione,
  }
}

function toSoggetto(s: SoggettoDto): SoggettoSegnatura {
  const indirizzi = s.indirizzoDigitale === undefined || s.indirizzoDigitale === '' ? {} : { indirizzi: [{ valore: s.indirizzoDigitale }] }
  switch (s.tipo) {
    case 'PF':
      return {
        tipo: 'PF',
        nome: s.nome,
        cognome: s.cognome,
        ...(s.codiceFiscale === undefined || s.codiceFiscale === '' ? {} : { codiceFiscale: s.codiceFiscale.toUpperCase() }),
        ...indirizzi,
      }
    case 'PG':
      return {
        tipo: 'PG',
        denominazione: s.denominazione,
        ...(s.codiceFiscalePartitaIva === undefined || s.codiceFiscalePartitaIva === ''
          ? {}
          : { codiceFiscalePartitaIva: s.codiceFiscalePartitaIva }),
        ...indirizzi,
      }
    case 'PAI':
      return {
        tipo: 'PAI',
        denominazione: s.denominazione,
        codiceIpa: s.codiceIpa,
        ...(s.codiceAoo === undefined || s.codiceAoo === '' ? {} : { codiceAoo: s.codiceAoo }),
        ...(s.denominazioneAoo === undefined || s.denominazioneAoo === '' ? {} : { denominazioneAoo: s.denominazioneAoo }),
        ...indirizzi,
      }
    case 'PAE':
      return { tipo: 'PAE', denominazione: s.denominazione, ...indirizzi }
  }
}

function toDocumento(file: DocumentoCreato['files'][number]): DocumentoSegnatura {
  return {
    nomeFile: file.nome,
    mimeType: file.contenuto.mime,
    ...(file.descrizione === '' ? {} : { descrizione: file.descrizione }),
    impronta: { algoritmo: 'SHA-256', esadecimale: file.contenuto.sha256 },
    ...(file.contenuto.formato.firmato === 'nessuna' ? {} : { firmatoDigitalmente: {} }),
  }
}
