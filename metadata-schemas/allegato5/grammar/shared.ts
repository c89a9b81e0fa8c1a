import { MODALITA_DI_FORMAZIONE, TIPI_AGGREGAZIONE, TIPI_MODIFICA, TIPO_RUOLO, TIPOLOGIE_DI_FLUSSO } from '../literals.ts'
import type { NomeRuolo } from '../literals.ts'
import type {
  ChiaveDescrittiva,
  Classificazione,
  CodiceIpa,
  Formato,
  IdAggregazione,
  Impronta,
  ModelloDocumento,
  RegistrazioneProtocollo,
  RegistrazioneRepertorio,
  TracciaturaModifica,
  Verifica,
} from '../models/shared.ts'
import { tabella } from './types.ts'
import type { Ramo, Struttura, Voce } from './types.ts'

export const IMPRONTA = tabella<Impronta>((riga) => [
  riga.valore('Impronta', 'valore', 'base64'),
  riga.valore('Algoritmo', 'algoritmo', 'algoritmo'),
])

export const CODICE_IPA = tabella<CodiceIpa>((riga) => [
  riga.valore('Denominazione', 'denominazione', 'riga'),
  riga.valore('CodiceIPA', 'codice', 'riga'),
])

export const CHIAVE_DESCRITTIVA = tabella<ChiaveDescrittiva>((riga) => [
  riga.valore('Oggetto', 'oggetto', 'riga'),
  riga.valore('ParoleChiave', 'paroleChiave', 'riga', '0..n'),
])

export const ID_AGG = tabella<IdAggregazione>((riga) => [
  riga.letterale('TipoAggregazione', 'tipo', TIPI_AGGREGAZIONE),
  riga.valore('IdAggregazione', 'id', 'riga'),
])

export const CLASSIFICAZIONE = tabella<Classificazione>((riga) => [
  riga.valore('IndiceDiClassificazione', 'indice', 'riga'),
  riga.valore('Descrizione', 'descrizione', 'riga'),
  riga.valore('PianoDiClassificazione', 'piano', 'riga', '0..1'),
])

const VERIFICA = tabella<Verifica>((riga) => [
  riga.valore('FirmatoDigitalmente', 'firmato', 'booleano'),
  riga.valore('SigillatoElettronicamente', 'sigillato', 'booleano'),
  riga.valore('MarcaturaTemporale', 'marcato', 'booleano'),
  riga.valore('ConformitaCopieImmagineSuSupportoInformatico', 'conformitaCopia', 'booleano'),
])

const PRODOTTO = tabella<NonNullable<Formato['prodotto']>>((riga) => [
  riga.valore('NomeProdotto', 'nome', 'riga', '0..1'),
  riga.valore('VersioneProdotto', 'versione', 'riga', '0..1'),
  riga.valore('Produttore', 'produttore', 'riga', '0..1'),
])

const FORMATO = tabella<Formato>((riga) => [
  riga.valore('Formato', 'formato', 'riga'),
  riga.struttura('ProdottoSoftware', 'prodotto', PRODOTTO, '0..1'),
])

/** Branches of the register choice that both document profiles have. */
export const RAMI_REGISTRO: Readonly<Record<'protocollo' | 'repertorio', Ramo>> = {
  protocollo: {
    el: 'ProtocolloOrdinario_ProtocolloEmergenza',
    struttura: tabella<RegistrazioneProtocollo>((riga) => [
      riga.fissa('TipoRegistro', 'ProtocolloOrdinario\\ProtocolloEmergenza'),
      riga.valore('DataProtocollazioneDocumento', 'data', 'data'),
      riga.valore('OraProtocollazioneDocumento', 'ora', 'ora', '0..1'),
      riga.valore('NumeroProtocolloDocumento', 'numero', 'riga'),
      riga.valore('CodiceRegistro', 'codiceRegistro', 'riga'),
    ]),
  },
  repertorio: {
    el: 'Repertorio_Registro',
    struttura: tabella<RegistrazioneRepertorio>((riga) => [
      riga.fissa('TipoRegistro', 'Repertorio\\Registro'),
      riga.valore('DataRegistrazioneDocumento', 'data', 'data'),
      riga.valore('OraRegistrazioneDocumento', 'ora', 'ora', '0..1'),
      riga.valore('NumeroRegistrazioneDocumento', 'numero', 'riga'),
      riga.valore('CodiceRegistro', 'codiceRegistro', 'riga'),
    ]),
  },
}

type Soggetti = Readonly<Record<string, Struttura>>

/** Branches of the role choice: for each role the kinds of subject it admits, out of the subject tables of the profile. */
export function ramiRuolo(
  soggetti: Soggetti,
  ammessi: Readonly<Partial<Record<NomeRuolo, readonly string[]>>>,
): Readonly<Record<string, Ramo>> {
  const rami: Record<string, Ramo> = {}
  for (const [ruolo, tipi] of Object.entries(ammessi)) {
    const scelte = Object.fromEntries(tipi.map((tipo) => [tipo, { el: tipo, struttura: soggetti[tipo] ?? [] }]))
    rami[ruolo] = {
      el: ruolo,
      struttura: tabella<{ soggetto: unknown }>((riga) => [
        riga.fissa('TipoRuolo', TIPO_RUOLO[ruolo as NomeRuolo]),
        riga.scelta(undefined, 'soggetto', 'tipo', scelte),
      ]),
    }
  }
  return rami
}

/** What differs between the two document profiles. */
export interface Differenze {
  readonly idDoc: Struttura
  readonly registri: Readonly<Record<string, Ramo>>
  readonly ruoli: Readonly<Record<string, Ramo>>
  readonly persona: Struttura
  readonly classificazione: Voce
  readonly cardAggregazioni: '0..n' | '1..n'
}

type Documento = ModelloDocumento<unknown, unknown, unknown, unknown, unknown>

/** The eighteen elements of a document profile, in order. */
export function tabellaDocumento(diverso: Differenze): Struttura {
  const allegati = tabella<Documento['allegati']>((riga) => [
    riga.valore('NumeroAllegati', 'numero', 'intero'),
    riga.struttura(
      'IndiceAllegati',
      'indice',
      tabella<Documento['allegati']['indice'][number]>((voce) => [
        voce.struttura('IdDoc', 'idDoc', diverso.idDoc),
        voce.valore('Descrizione', 'descrizione', 'riga'),
      ]),
      '0..n',
    ),
  ])
  const modifica = tabella<TracciaturaModifica<unknown, unknown>>((riga) => [
    riga.letterale('TipoModifica', 'tipo', TIPI_MODIFICA),
    riga.struttura('SoggettoAutoreDellaModifica', 'autore', diverso.persona),
    riga.valore('DataModifica', 'data', 'data'),
    riga.valore('OraModifica', 'ora', 'ora', '0..1'),
    riga.struttura('IdDocVersionePrecedente', 'versionePrecedente', diverso.idDoc),
  ])
  return tabella<Documento>((riga) => [
    riga.struttura('IdDoc', 'idDoc', diverso.idDoc),
    riga.letterale('ModalitaDiFormazione', 'modalita', MODALITA_DI_FORMAZIONE),
    riga.valore('TipologiaDocumentale', 'tipologiaDocumentale', 'riga'),
    riga.involucro('DatiDiRegistrazione', [
      riga.letterale('TipologiaDiFlusso', 'flusso', TIPOLOGIE_DI_FLUSSO),
      riga.scelta('TipoRegistro', 'registro', 'tipo', diverso.registri),
    ]),
    riga.involucro('Soggetti', [riga.scelta('Ruolo', 'soggetti', 'ruolo', diverso.ruoli, '1..n')]),
    riga.struttura('ChiaveDescrittiva', 'chiaveDescrittiva', CHIAVE_DESCRITTIVA),
    riga.struttura('Allegati', 'allegati', allegati),
    diverso.classificazione,
    riga.valore('Riservato', 'riservato', 'booleano'),
    riga.struttura('IdentificativoDelFormato', 'formato', FORMATO),
    riga.struttura('Verifica', 'verifica', VERIFICA),
    riga.involucro('Agg', [riga.struttura('TipoAgg', 'aggregazioni', ID_AGG, diverso.cardAggregazioni)]),
    riga.struttura('IdIdentificativoDocumentoPrimario', 'documentoPrimario', diverso.idDoc, '0..1'),
    riga.valore('NomeDelDocumento', 'nome', 'riga'),
    riga.valore('VersioneDelDocumento', 'versione', 'riga'),
    riga.struttura('TracciatureModificheDocumento', 'modifica', modifica, '0..1'),
    riga.valore('TempoDiConservazione', 'tempoDiConservazione', 'anni', '0..1'),
    riga.valore('Note', 'note', 'nota', '0..1'),
  ])
}
