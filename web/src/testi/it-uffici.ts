/** Desk, preservation and the association's panel. */
import { numero, plurale } from '../ui/formati.ts'

export const scrivania = {
  titolo: 'Scrivania',
  saluto: (ora: number, nome: string): string => `${ora < 13 ? 'Buongiorno' : ora < 18 ? 'Buon pomeriggio' : 'Buonasera'} ${nome}`,
  daFare: 'Da fare adesso',
  contatori: {
    daProtocollare: 'Da protocollare',
    inRitardo: 'In ritardo',
    passatiAMe: 'Passati a me',
    perConoscenza: 'Per conoscenza',
    daPrendereInCarico: 'Da prendere in carico',
    quarantena: 'In quarantena',
    nonFascicolati: 'Non ancora fascicolati',
    inCarico: 'In carico',
    rifiutate: 'Rifiutati e restituiti',
    oltreSogliaUfficio: 'Da fascicolare oltre i termini',
    oltreSogliaRgd: 'Da fascicolare da troppo tempo',
  },
  tuttoFatto: 'Tutto fatto. Nessun documento in attesa.',
  scadenze: 'In scadenza',
  nessunaScadenza: 'Nessun termine nei prossimi giorni.',
  giorni: (n: number): string =>
    n < 0
      ? plurale(-n, { one: 'scaduto da # giorno', other: 'scaduto da # giorni' })
      : n === 0
        ? 'scade oggi'
        : plurale(n, { one: 'tra # giorno', other: 'tra # giorni' }),
  andamento: 'Registrazioni, ultimi giorni',
  andamentoFrase: (totale: number, media: number): string =>
    `${plurale(totale, { one: '# registrazione', other: '# registrazioni' })} in tutto${media < 1 ? '' : `, in media ${numero(media)} al giorno`}.`,
  giorno: 'Giorno',
  entrata: 'Entrata',
  uscita: 'Uscita',
  interno: 'Interno',
  ultimi: 'Ultime registrazioni',
  nessunaRegistrazione: 'Nessuna registrazione ancora.',
  conservazione: 'Conservazione',
  conservati: 'Conservati',
  inAttesa: 'In attesa',
  rifiutati: 'Rifiutati',
} as const

export const conservazione = {
  titolo: 'Conservazione',
  tabella: 'Pacchetti di versamento',
  vuoto: 'Nessun versamento. I pacchetti nascono da soli quando un fascicolo viene chiuso e quando è prodotto un registro giornaliero.',
  colonne: {
    id: 'Pacchetto',
    fascicolo: 'Fascicolo o registro',
    stato: 'Stato',
    dimensione: 'Dimensione',
    rapporto: 'Rapporto di versamento',
  },
  dettaglio: (id: string): string => `Versamento ${id}`,
  scegli: 'Scegli un versamento per vedere il dettaglio.',
  pacchetto: 'Scarica il pacchetto (ZIP)',
  indice: 'Scarica l’indice (XML)',
  rapporto: 'Scarica il rapporto (XML)',
  trasmetti: 'Trasmetti al conservatore',
  ritrasmetti: 'Trasmetti di nuovo',
  trasmesso: 'Pacchetto trasmesso.',
  improntaIndice: 'Impronta dell’indice',
  improntaPacchetto: 'Impronta del pacchetto',
  esito: 'Esito',
  ricevuto: 'Ricevuto il',
  anomalie: 'Anomalie segnalate',
  nessunRapporto: 'Il rapporto non è ancora arrivato.',
  riepilogo: 'Riepilogo dei versamenti',
} as const

export const cabina = {
  titolo: 'Cabina',
  sottotitolo: 'Stato dei comuni associati. I contenuti dei documenti non sono mai visibili da qui.',
  tabella: 'Enti associati',
  colonne: {
    ente: 'Ente',
    ipa: 'Codice IPA',
    coda: 'In coda',
    vecchio: 'Più vecchio',
    caselle: 'Caselle PEC',
    ultima: 'Ultima registrazione',
    utenti: 'Utenti attivi',
    aspetto: 'Aspetto',
  },
  nessunaCasella: 'Nessuna casella',
  casellaAttiva: 'Attiva',
  cambia: 'Cambia',
  aspettoTitolo: (ente: string): string => `Aspetto di ${ente}`,
  denominazione: 'Denominazione',
  denominazioneErrore: 'Scrivi la denominazione.',
  tavolozza: 'Tavolozza',
  salvato: 'Aspetto salvato.',
  nonAutorizzato: 'La cabina è riservata all’amministratore dell’associazione.',
  tavolozze: {
    'blu-notte': 'Blu notte',
    bordeaux: 'Bordeaux',
    viola: 'Viola',
    oliva: 'Oliva',
    terracotta: 'Terracotta',
    petrolio: 'Petrolio',
    'verde-bosco': 'Verde bosco',
    'blu-istituzionale': 'Blu istituzionale',
  } as Record<string, string>,
} as const
