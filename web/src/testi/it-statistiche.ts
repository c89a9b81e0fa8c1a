/** Statistics of the register: every sentence of its pages. */
import { numero, plurale } from '../ui/formati.ts'

type Unita = 'numero' | 'ore' | 'percento'

const valore = (v: number | null, unita: Unita): string =>
  v === null
    ? 'nessun dato'
    : unita === 'percento'
      ? `${numero(v)} %`
      : unita === 'ore'
        ? `${numero(Math.round(v * 10) / 10)} ore`
        : numero(v)

export const statistiche = {
  titolo: 'Statistiche',
  sottotitolo: 'Numeri del protocollo per il controllo di gestione (DPR 445/2000, art. 65). Nessuna classifica di persone.',
  filtri: 'Periodo e ufficio',
  da: 'Dal',
  a: 'Al',
  ufficio: 'Ufficio',
  tutti: 'Tutti gli uffici',
  passo: 'Leggi per',
  passi: { mese: 'Mese', giorno: 'Giorno' },
  csv: 'Scarica CSV',
  csvDi: (titolo: string): string => `Scarica CSV: ${titolo}`,
  vuoto: 'Nessun dato in questo periodo.',
  riservati: 'I documenti riservati che non puoi leggere non sono contati.',
  voce: 'Voce',
  valore,
  frase: (totale: number, unita: Unita, righe: number): string =>
    unita === 'numero' ? `${numero(totale)} in tutto.` : plurale(righe, { one: '# valore misurato.', other: '# valori misurati.' }),
  grafici: {
    registrazioni: {
      titolo: 'Registrazioni',
      definizione: 'Documenti registrati, per entrata, uscita e interni, nel giorno di registrazione.',
    },
    arretrato: {
      titolo: 'Arretrato da protocollare',
      definizione: 'Messaggi ancora da protocollare adesso, per giorni passati dall’arrivo. Non dipende dal periodo.',
    },
    'presa-in-carico': {
      titolo: 'Dal protocollo alla presa in carico',
      definizione: 'Ore mediane tra registrazione e presa in carico, per ufficio competente.',
    },
    scadenze: {
      titolo: 'Scadenze',
      definizione: 'Fascicoli con un termine, aperti nel periodo: in tempo o in ritardo, ancora aperti o chiusi.',
    },
    fascicolazione: {
      titolo: 'Documenti fascicolati',
      definizione: 'Percentuale dei documenti registrati che stanno in un fascicolo, per ufficio competente.',
    },
    canali: { titolo: 'Canali di arrivo', definizione: 'Documenti in entrata per mezzo di arrivo.' },
    conservazione: {
      titolo: 'Conservazione',
      definizione: 'Pacchetti di versamento preparati nel periodo: conservati, in attesa, rifiutati.',
    },
    ritardi: {
      titolo: 'Ritardo di registrazione',
      definizione: 'Giorni tra arrivo e registrazione dei documenti in entrata (L. 241/1990, art. 18-bis).',
    },
    annullamenti: { titolo: 'Annullamenti', definizione: 'Percentuale delle registrazioni annullate, per data di registrazione.' },
    tipologie: { titolo: 'Tipi di documento', definizione: 'Registrazioni per tipo di documento.' },
    uffici: { titolo: 'Registrazioni per ufficio', definizione: 'Registrazioni per ufficio competente.' },
  },
  serie: {
    entrata: 'Entrata',
    uscita: 'Uscita',
    interno: 'Interno',
    messaggi: 'Messaggi',
    mediana: 'Mediana',
    fascicoli: 'Fascicoli',
    fascicolati: 'Fascicolati',
    versamenti: 'Versamenti',
    annullate: 'Annullate',
    registrazioni: 'Registrazioni',
    PEC: 'PEC',
    PEO: 'E-mail',
    PORTALE: 'Portale',
    POSTA: 'Posta',
    RACCOMANDATA: 'Raccomandata',
    A_MANO: 'A mano',
    NOTIFICA: 'Notifica',
    ALTRO: 'Altro',
  } as Record<string, string>,
} as const
