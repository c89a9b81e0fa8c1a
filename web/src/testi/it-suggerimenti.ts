/** Proposals of classe and office, and the rules behind them: every sentence of its pages. */
import { numero } from '../ui/formati.ts'

const quota = (n: number, su: number): string => (su === 0 ? 'nessun dato' : `${numero(Math.round((n / su) * 1000) / 10)} %`)

export const suggerimenti = {
  proposte: 'Proposte',
  titolo: 'Regole di smistamento',
  testo:
    'Una regola propone classe e ufficio quando l’oggetto contiene tutte le sue parole o il mittente è il suo. Le proposte si possono sempre cambiare: chi registra decide.',
  elenco: 'Regole in vigore',
  nessuna: 'Nessuna regola: le proposte vengono dalle registrazioni passate e dal titolario.',
  parole: 'Parole dell’oggetto',
  parolePerche: 'Tutte devono esserci; accenti e plurali non contano.',
  mittente: 'Mittente',
  mittentePerche: 'Codice fiscale, partita IVA o indirizzo digitale.',
  voce: 'Classe proposta',
  ufficio: 'Ufficio proposto',
  dal: 'In vigore dal',
  autore: 'Aggiunta da',
  azioni: 'Azioni',
  aggiungi: 'Aggiungi la regola',
  nuova: 'Nuova regola',
  aggiunta: 'Regola aggiunta.',
  togli: 'Togli',
  togliRegola: (nome: string): string => `Togli la regola «${nome}»`,
  tolta: 'Regola tolta.',
  prova: 'Prova sugli ultimi documenti',
  provaEsito: (vale: number, guardati: number, concordi: number): string =>
    vale === 0
      ? `Non vale per nessuno degli ultimi ${numero(guardati)} documenti.`
      : `Vale per ${numero(vale)} degli ultimi ${numero(guardati)} documenti; per ${numero(concordi)} propone quello che è stato scelto.`,
  numeroDocumento: 'Numero',
  oggetto: 'Oggetto',
  scelta: 'Scelta fatta',
  concorde: 'Uguale',
  diversa: 'Diversa',
  misura: 'Quanto sono giuste le proposte',
  misuraTesto: 'Per ogni registrazione si guarda in quale posto era proposto ciò che è stato scelto.',
  cosa: 'Che cosa',
  classi: 'Classe',
  uffici: 'Ufficio',
  misurate: 'Registrazioni misurate',
  prima: 'Giusta la prima',
  tre: 'Tra le prime tre',
  mai: 'Non proposta',
  quota,
} as const
