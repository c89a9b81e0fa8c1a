import type { Profilo } from '../../kernel/scope.ts'
import { codiceFiscaleInventato } from '../codice-fiscale.ts'
import { personeDimostrative } from '../persone.ts'
import type { IncaricoDimostrativo } from '../persone.ts'

/** An operator of the demo: those one can log in as, and their colleagues. */
export interface Addetto {
  readonly soggetto: string
  readonly nome: string
  readonly cognome: string
  readonly codiceFiscale: string
  readonly amministratoreSia: boolean
  readonly incarichi: readonly IncaricoDimostrativo[]
}

type Collega = readonly [nome: string, cognome: string, nascita: string, sesso: 'F' | 'M', ente: string, profilo: Profilo, ufficio: string]

/** Colleagues without a demo login: every office has its head. */
const colleghi: readonly Collega[] = [
  ['Aldina', 'Boscofiorito', '1967-02-11', 'F', 'castelvento', 'operatoreProtocollo', 'PROT'],
  ['Bonaria', 'Fontechiara', '1970-09-03', 'F', 'castelvento', 'responsabileUor', 'SEG'],
  ['Cosimo', 'Malagrotta', '1964-12-20', 'M', 'castelvento', 'responsabileUor', 'LEG'],
  ['Delfina', 'Roccaserrata', '1980-07-08', 'F', 'castelvento', 'responsabileUor', 'RAG'],
  ['Ermete', 'Valcupa', '1973-05-27', 'M', 'castelvento', 'responsabileUor', 'TRI'],
  ['Fulvia', 'Pontelungo', '1982-10-15', 'F', 'castelvento', 'responsabileUor', 'SUAP'],
  ['Gildo', 'Terrabruna', '1968-01-30', 'M', 'castelvento', 'responsabileUor', 'UTC'],
  ['Ilde', 'Cimalta', '1977-03-19', 'F', 'castelvento', 'responsabileUor', 'POL'],
  ['Leda', 'Spinarosa', '1985-11-06', 'F', 'castelvento', 'responsabileUor', 'SOC'],
  ['Mirco', 'Prataverde', '1979-06-22', 'M', 'castelvento', 'responsabileUor', 'SCU'],
  ['Nerina', 'Lungofiume', '1972-08-14', 'F', 'castelvento', 'responsabileUor', 'DEM'],
  ['Otello', 'Piandarco', '1975-04-02', 'M', 'castelvento', 'responsabileUor', 'CUL'],
  ['Pia', 'Ventosecco', '1990-12-09', 'F', 'castelvento', 'addettoUor', 'SCU'],
  ['Sabino', 'Orlabosco', '1978-10-28', 'M', 'borgofinto', 'responsabileGestioneDocumentale', 'PROT'],
  ['Teodora', 'Campoluce', '1983-02-17', 'F', 'borgofinto', 'responsabileUor', 'SOC'],
  ['Uliano', 'Fossanera', '1966-05-05', 'M', 'borgofinto', 'responsabileUor', 'RAG'],
  ['Vilma', 'Pietraviva', '1981-09-24', 'F', 'borgofinto', 'responsabileUor', 'DEM'],
]

function toAddetto([nome, cognome, nascita, sesso, ente, profilo, ufficio]: Collega): Addetto {
  return {
    soggetto: `collega-${cognome.toLowerCase()}`,
    nome,
    cognome,
    codiceFiscale: codiceFiscaleInventato({ nome, cognome, nascita, sesso }),
    amministratoreSia: false,
    incarichi: [{ ente, profilo, ufficio }],
  }
}

/** Every operator of the demo with the appointments. */
export const organico: readonly Addetto[] = [...personeDimostrative.filter((p) => p.per === 'operatore'), ...colleghi.map(toAddetto)]
