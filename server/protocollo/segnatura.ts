import { checkSegnatura, segnaturaTesto, writeSegnatura } from '../../metadata-schemas/segnatura/index.ts'
import type { DocumentoSegnatura, Segnatura, SoggettoSegnatura } from '../../metadata-schemas/segnatura/index.ts'
import type { FileRow } from '../documenti/index.ts'
import type { EnteRef } from '../kernel/scope.ts'
import type { VoceInPlan } from '../titolario/index.ts'
import type { RegistroRow, UfficioRow } from './repository.ts'
import type { DestinatarioIn, MittenteIn } from './schema/nuova.ts'

/** Everything the segnatura says except number, day and time: known before the lock. */
export interface SegnaturaFacts {
  readonly ente: EnteRef
  readonly registro: Pick<RegistroRow, 'codice' | 'aooCodice' | 'aooDenominazione' | 'aooIndirizzo'>
  readonly oggetto: string
  readonly riservato: boolean
  readonly voce: Pick<VoceInPlan, 'denominazione' | 'percorso'>
  /** A correspondent, or an office of this AOO for what goes out or stays in. */
  readonly mittente: MittenteIn | UfficioRow
  /** Offices of this AOO, or addressees outside. */
  readonly destinatari: readonly (UfficioRow | DestinatarioIn)[]
  /** Main file first. */
  readonly files: readonly FileSegnatura[]
}

/** What the segnatura says of a file. */
export type FileSegnatura = Pick<FileRow, 'nome' | 'mime' | 'descrizione' | 'sha256' | 'formato' | 'ruolo'>

/** Number, day and time as the counter gave them. */
export interface NumeroDato {
  readonly numero: number
  readonly giorno: string
  readonly ora: string
}

/** The unsealed Allegato 6 XML of a registration: a pure function of its facts (decision 16). */
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
  const [primario, ...rest] = f.files.filter((x) => x.ruolo !== 'annesso')
  if (primario === undefined) throw new Error('a segnatura needs the main document')
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
    mittente: 'tipo' in f.mittente ? toSoggetto(f.mittente) : ownOffice(f, f.mittente),
    destinatari: f.destinatari.map((d) =>
      'tipo' in d ? { ...toSoggetto(d), ...(d.perConoscenza === true ? { perConoscenza: true } : {}) } : ownOffice(f, d),
    ),
    documentoPrimario: toDocumento(primario),
    allegati: rest.map(toDocumento),
  }
}

/** An office of this AOO: addressee of what comes in, sender of what goes out. */
function ownOffice(f: SegnaturaFacts, ufficio: UfficioRow): SoggettoSegnatura {
  return {
    tipo: 'PAI',
    denominazione: f.ente.denominazione,
    codiceIpa: f.ente.codiceIpa,
    codiceFiscale: f.ente.codiceFiscale,
    codiceAoo: f.registro.aooCodice,
    denominazioneAoo: f.registro.aooDenominazione,
    ...(f.registro.aooIndirizzo === '' ? {} : { indirizziAoo: [{ valore: f.registro.aooIndirizzo }] }),
    codiceUo: ufficio.codice,
    denominazioneUo: ufficio.denominazione,
  }
}

function toSoggetto(s: MittenteIn): SoggettoSegnatura {
  // The schema knows no unknown sender: the word stands in the place of his name.
  if (s.tipo === 'NN') return { tipo: 'PG', denominazione: s.denominazione }
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

function toDocumento(file: FileSegnatura): DocumentoSegnatura {
  return {
    nomeFile: file.nome,
    mimeType: file.mime,
    ...(file.descrizione === '' ? {} : { descrizione: file.descrizione }),
    impronta: { algoritmo: 'SHA-256', esadecimale: file.sha256 },
    ...(file.formato.firmato === 'nessuna' ? {} : { firmatoDigitalmente: {} }),
  }
}
