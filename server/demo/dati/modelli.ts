import type { NuovaRegistrazioneEntrata } from '../../protocollo/index.ts'
import { altreLettere } from './modelli-uffici.ts'

/** What kind of correspondent writes. */
export type Chi = 'persona' | 'professionista' | 'impresa' | 'associazione' | 'amministrazione'
/** Kinds of attachment a letter may carry. */
export type GenereAllegato = 'relazione' | 'planimetria' | 'ricevuta' | 'documento' | 'tabella' | 'testo' | 'modulo'

/** A kind of letter the offices receive every week. Words in braces are filled in from the seed (`riempimento.ts`). */
export interface Modello {
  readonly peso: number
  readonly chi: Chi
  readonly tipologia: NuovaRegistrazioneEntrata['tipologia']
  /** Classe of the plan: what the protocol office gives. */
  readonly voce: string
  readonly ufficio: string
  readonly oggetto: string
  readonly corpo: readonly string[]
  readonly allegati: readonly GenereAllegato[]
  readonly conoscenza?: readonly string[]
  /** How the office goes on when it opens a fascicolo for it. */
  readonly fascicolo?: { readonly voce: string; readonly materia: string; readonly procedimento: string; readonly giorni: number }
}

const SALUTO = 'Si resta a disposizione per ogni chiarimento e si porgono distinti saluti.'

// No fascicolo for the ordinary accessi: the first of VI/3/4 in both enti is Ortensia Ventaglio's, with the same code on purpose.
const edilizia: readonly Modello[] = [
  {
    peso: 9,
    chi: 'professionista',
    tipologia: 'Istanza',
    voce: 'VI/3',
    ufficio: 'SUE',
    oggetto: 'CILA per manutenzione straordinaria, {via} {civico}',
    corpo: [
      'Si comunica l’inizio dei lavori di manutenzione straordinaria nell’immobile di {via} {civico}, foglio {foglio}, particella {particella}.',
      'I lavori, affidati a impresa qualificata, non toccano le parti strutturali.',
      SALUTO,
    ],
    allegati: ['relazione', 'planimetria', 'ricevuta'],
    fascicolo: {
      voce: 'VI/3/2',
      materia: 'Edilizia privata',
      procedimento: 'Controllo della comunicazione di inizio lavori asseverata',
      giorni: 30,
    },
  },
  {
    peso: 6,
    chi: 'persona',
    tipologia: 'Istanza',
    voce: 'VI/3',
    ufficio: 'SUE',
    oggetto: 'Richiesta di permesso di costruire per {opera}, {via} {civico}',
    corpo: [
      'Si chiede il permesso di costruire per {opera} nell’immobile di {via} {civico}, foglio {foglio}, particella {particella}.',
      'Il progetto è firmato dal tecnico incaricato, che seguirà la pratica.',
      SALUTO,
    ],
    allegati: ['relazione', 'planimetria', 'ricevuta', 'documento'],
    fascicolo: { voce: 'VI/3/1', materia: 'Edilizia privata', procedimento: 'Rilascio del permesso di costruire', giorni: 90 },
  },
  {
    peso: 5,
    chi: 'persona',
    tipologia: 'Istanza',
    voce: 'VI/3',
    ufficio: 'SUE',
    oggetto: 'Richiesta di accesso agli atti edilizi, {via} {civico}',
    corpo: [
      'Si chiede di vedere e avere copia dei titoli edilizi dell’immobile di {via} {civico}, di cui si è proprietari.',
      'I documenti servono per la compravendita fissata per il mese prossimo.',
      SALUTO,
    ],
    allegati: ['documento'],
  },
  {
    peso: 4,
    chi: 'professionista',
    tipologia: 'Comunicazione',
    voce: 'VI/3',
    ufficio: 'SUE',
    oggetto: 'Comunicazione di fine lavori, {via} {civico}',
    corpo: [
      'Si comunica che i lavori nell’immobile di {via} {civico} sono terminati il {giornoScorso}.',
      'Si allegano il certificato di collaudo e le dichiarazioni degli impianti.',
      SALUTO,
    ],
    allegati: ['relazione'],
  },
  {
    peso: 3,
    chi: 'persona',
    tipologia: 'Segnalazione',
    voce: 'VI/3',
    ufficio: 'SUE',
    oggetto: 'Segnalazione di opere in corso senza cartello, {via} {civico}',
    corpo: [
      'Si segnala che in {via} {civico} sono in corso opere edili e che non è esposto alcun cartello di cantiere.',
      'Si chiede di verificare se i lavori sono autorizzati.',
    ],
    allegati: [],
    conoscenza: ['POL'],
  },
  {
    peso: 2,
    chi: 'amministrazione',
    tipologia: 'Comunicazione',
    voce: 'VI/1',
    ufficio: 'SUE',
    oggetto: 'Convocazione della conferenza dei servizi sulla variante n. {numero} al piano regolatore',
    corpo: [
      'È convocata la conferenza dei servizi sulla variante n. {numero}. La riunione si tiene in modalità telematica.',
      'Le osservazioni possono essere inviate entro quindici giorni.',
    ],
    allegati: ['relazione', 'tabella'],
  },
]

const territorio: readonly Modello[] = [
  {
    peso: 9,
    chi: 'persona',
    tipologia: 'Segnalazione',
    voce: 'VI/5',
    ufficio: 'UTC',
    oggetto: 'Segnalazione di {guasto} in {via}',
    corpo: [
      'Da alcuni giorni in {via}, all’altezza del civico {civico}, c’è {guasto}.',
      'Si chiede un intervento prima possibile, perché la zona è frequentata da bambini e anziani.',
    ],
    allegati: [],
  },
  {
    peso: 4,
    chi: 'impresa',
    tipologia: 'Comunicazione',
    voce: 'VI/8',
    ufficio: 'UTC',
    oggetto: 'Avviso di interruzione del servizio in {via} per lavori',
    corpo: ['Per lavori sulla rete il servizio sarà interrotto in {via} dalle 8:30 alle 16:00 del {giornoProssimo}.', SALUTO],
    allegati: ['tabella'],
    conoscenza: ['POL'],
  },
  {
    peso: 4,
    chi: 'impresa',
    tipologia: 'Relazione',
    voce: 'VI/5',
    ufficio: 'UTC',
    oggetto: 'Stato di avanzamento n. {numero} dei lavori di {cantiere}',
    corpo: [
      'Si trasmette lo stato di avanzamento n. {numero} dei lavori di {cantiere}, con il libretto delle misure.',
      'Si chiede l’emissione del certificato di pagamento.',
      SALUTO,
    ],
    allegati: ['tabella', 'relazione'],
    conoscenza: ['RAG'],
  },
  {
    peso: 3,
    chi: 'amministrazione',
    tipologia: 'Comunicazione',
    voce: 'VI/9',
    ufficio: 'UTC',
    oggetto: 'Esito del monitoraggio delle acque, campagna di {mese}',
    corpo: [
      'Si trasmettono gli esiti del monitoraggio delle acque superficiali della campagna di {mese}.',
      'Tutti i parametri sono nei limiti.',
    ],
    allegati: ['tabella'],
  },
  {
    peso: 5,
    chi: 'persona',
    tipologia: 'Istanza',
    voce: 'VI/7',
    ufficio: 'POL',
    oggetto: 'Richiesta di occupazione di suolo pubblico per {occupazione}, {via} {civico}',
    corpo: [
      'Si chiede di occupare il suolo pubblico in {via}, davanti al civico {civico}, per {occupazione}, il {giornoProssimo}.',
      'L’area occupata è di circa {metri} metri quadrati.',
      SALUTO,
    ],
    allegati: ['planimetria', 'ricevuta'],
    conoscenza: ['SUAP'],
    fascicolo: {
      voce: 'VI/7/1',
      materia: 'Suolo pubblico',
      procedimento: 'Concessione di occupazione temporanea di suolo pubblico',
      giorni: 30,
    },
  },
  {
    peso: 4,
    chi: 'persona',
    tipologia: 'Istanza',
    voce: 'IX/2',
    ufficio: 'POL',
    oggetto: 'Istanza di annullamento in autotutela del verbale n. {verbale}',
    corpo: [
      'Si chiede l’annullamento del verbale n. {verbale}: il veicolo targato {targa} quel giorno era in officina.',
      'Si allega la dichiarazione dell’officina.',
    ],
    allegati: ['documento'],
  },
  {
    peso: 2,
    chi: 'amministrazione',
    tipologia: 'Comunicazione',
    voce: 'VI/10',
    ufficio: 'UTC',
    oggetto: 'Avviso di criticità idrogeologica: livello giallo',
    corpo: [
      'Si comunica il livello giallo di criticità per la zona dell’Alta Valserena.',
      'Gli enti attivano le misure previste dai rispettivi piani.',
    ],
    allegati: [],
    conoscenza: ['POL'],
  },
]

/** Every kind of letter of the ordinary days. */
export const modelli: readonly Modello[] = [...edilizia, ...territorio, ...altreLettere]
