import type { Profilo } from '../kernel/scope.ts'
import type { DestinatarioAccesso } from '../ports/identita.ts'
import { codiceFiscaleInventato } from './codice-fiscale.ts'

/** An appointment of an invented operator: ente by slug, office by its code in that ente (null: the whole ente). */
export interface IncaricoDimostrativo {
  readonly ente: string
  readonly profilo: Profilo
  readonly ufficio: string | null
}

/** An invented person one can log in as. */
export interface PersonaDimostrativa {
  /** Login hint, lower case. */
  readonly suggerimento: string
  readonly etichetta: string
  readonly nome: string
  readonly cognome: string
  readonly codiceFiscale: string
  readonly per: DestinatarioAccesso
  /** `sub` given by the issuer; for operators also `operatore.soggetto`. */
  readonly soggetto: string
  readonly descrizione: string
  readonly amministratoreSia: boolean
  readonly incarichi: readonly IncaricoDimostrativo[]
}

type Nascita = readonly [string, 'F' | 'M']

function persona(
  per: DestinatarioAccesso,
  suggerimento: string,
  [nome, cognome]: readonly [string, string],
  [nascita, sesso]: Nascita,
  etichetta: string,
  descrizione: string,
  incarichi: readonly IncaricoDimostrativo[] = [],
  amministratoreSia = false,
): PersonaDimostrativa {
  const codiceFiscale = codiceFiscaleInventato({ nome, cognome, nascita, sesso })
  return {
    suggerimento,
    etichetta,
    nome,
    cognome,
    codiceFiscale,
    per,
    soggetto: `dimostrazione-${suggerimento}`,
    descrizione,
    amministratoreSia,
    incarichi,
  }
}

function incarico(ente: string, profilo: Profilo, ufficio: string | null): IncaricoDimostrativo {
  return { ente, profilo, ufficio }
}

const CASTELVENTO = 'castelvento'
const BORGOFINTO = 'borgofinto'

/** The people of the demonstration: the issuer offers them, the generator makes the operators' rows and appointments from the same list. */
export const personeDimostrative: readonly PersonaDimostrativa[] = [
  persona(
    'operatore',
    'lidia',
    ['Lidia', 'Torrebruna'],
    ['1984-05-14', 'F'],
    'Operatrice di protocollo',
    'Registra la posta in arrivo di Castelvento',
    [incarico(CASTELVENTO, 'operatoreProtocollo', 'PROT')],
  ),
  persona(
    'operatore',
    'egidio',
    ['Egidio', 'Pietrafitta'],
    ['1971-11-02', 'M'],
    'Capo settore',
    'Dirige lo Sportello unico edilizia di Castelvento',
    [incarico(CASTELVENTO, 'responsabileUor', 'SUE')],
  ),
  persona(
    'operatore',
    'noemi',
    ['Noemi', 'Camporosso'],
    ['1992-08-21', 'F'],
    'Addetta di ufficio',
    'Lavora le pratiche dello Sportello unico edilizia',
    [incarico(CASTELVENTO, 'addettoUor', 'SUE')],
  ),
  persona(
    'operatore',
    'marta',
    ['Marta', 'Valdorso'],
    ['1969-03-30', 'F'],
    'Responsabile della gestione documentale',
    'Vede tutto il registro e la conservazione di Castelvento',
    [incarico(CASTELVENTO, 'responsabileGestioneDocumentale', null), incarico(CASTELVENTO, 'responsabileConservazione', null)],
  ),
  persona(
    'operatore',
    'ivo',
    ['Ivo', 'Sassolungo'],
    ['1988-01-09', 'M'],
    'Amministratore dell’associazione',
    'Configura gli enti dalla cabina, non legge nessun documento',
    [],
    true,
  ),
  persona(
    'operatore',
    'gualtiero',
    ['Gualtiero', 'Montefiore'],
    ['1979-12-18', 'M'],
    'Operatore di due enti',
    'Protocollo di Borgofinto e consultazione a Castelvento',
    [incarico(BORGOFINTO, 'operatoreProtocollo', 'PROT'), incarico(CASTELVENTO, 'consultazione', null)],
  ),
  persona(
    'operatore',
    'rosa',
    ['Rosa', 'Acquaviva'],
    ['1975-06-25', 'F'],
    'Capo settore a Borgofinto',
    'Dirige l’ufficio tecnico di Borgofinto',
    [incarico(BORGOFINTO, 'responsabileUor', 'UTC')],
  ),
  persona(
    'cittadino',
    'ortensia',
    ['Ortensia', 'Ventaglio'],
    ['1958-04-17', 'F'],
    'Cittadina',
    'Ha chiesto l’accesso agli atti di una pratica edilizia',
  ),
  persona('cittadino', 'tullio', ['Tullio', 'Brezzaferma'], ['1990-10-05', 'M'], 'Cittadino', 'Ha presentato una SCIA in via dei Mulini'),
  persona('cittadino', 'fiorenza', ['Fiorenza', 'Ombralunga'], ['1966-07-29', 'F'], 'Cittadina', 'Ha chiesto il contributo per l’affitto'),
]

/** The person with this login hint; throws when there is none. */
export function personaDimostrativa(suggerimento: string): PersonaDimostrativa {
  const found = personeDimostrative.find((p) => p.suggerimento === suggerimento)
  if (found === undefined) throw new Error(`no demo person called ${suggerimento}`)
  return found
}
