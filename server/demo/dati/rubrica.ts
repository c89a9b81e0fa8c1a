import { partitaIvaControllo } from '../../../metadata-schemas/codici/index.ts'
import type { SoggettoDto } from '../../protocollo/index.ts'
import { codiceFiscaleInventato } from '../codice-fiscale.ts'
import type { PersonaDimostrativa } from '../persone.ts'
import type { Caso } from './caso.ts'
import { amministrazioni, associazioni, cognomi, imprese, nomiFemminili, nomiMaschili, vie } from './nomi.ts'

/** Who writes to an ente: what the register keeps and what the letterhead shows. */
export interface Corrispondente {
  readonly soggetto: SoggettoDto
  readonly nome: string
  /** Digital address, also the sender of its messages. */
  readonly pec: string
  readonly email: string
  /** Lines under the name in the letterhead. */
  readonly recapiti: readonly string[]
  /** Two letters of the emblem; null for people. */
  readonly sigla: string | null
}

/** Everybody who writes to an ente of the demo. */
export interface Rubrica {
  readonly persone: readonly Corrispondente[]
  readonly professionisti: readonly Corrispondente[]
  readonly imprese: readonly Corrispondente[]
  readonly associazioni: readonly Corrispondente[]
  readonly amministrazioni: readonly Corrispondente[]
}

const ascii = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]+/gu, '.')
    .replaceAll(/^\.|\.$/gu, '')

/** An eleven-digit number with its right control digit and an office code (000) that nobody issues. */
export function partitaIvaInventata(serie: number): string {
  const head = `99${String(serie).padStart(5, '0')}000`
  return head + partitaIvaControllo(head)
}

/** A person of the demo as a correspondent. */
export function corrispondenteDi(
  p: Pick<PersonaDimostrativa, 'nome' | 'cognome' | 'codiceFiscale'>,
  indirizzo: string,
  comune: string,
): Corrispondente {
  const name = `${p.nome} ${p.cognome}`
  const pec = `${ascii(name)}@pec.cittadini.example`
  return {
    soggetto: { tipo: 'PF', nome: p.nome, cognome: p.cognome, codiceFiscale: p.codiceFiscale, indirizzoDigitale: pec },
    nome: name,
    pec,
    email: `${ascii(name)}@posta.example`,
    recapiti: [indirizzo, comune, `Codice fiscale ${p.codiceFiscale}`],
    sigla: null,
  }
}

function personaInventata(caso: Caso, i: number, comune: string): Corrispondente {
  const female = caso.vero(0.5)
  const nome = caso.scegli(female ? nomiFemminili : nomiMaschili)
  // Every surname comes once before any comes twice.
  const cognome = cognomi[i % cognomi.length] ?? ''
  const nascita = `${caso.intero(1948, 1999)}-${String(caso.intero(1, 12)).padStart(2, '0')}-${String(caso.intero(1, 28)).padStart(2, '0')}`
  const codiceFiscale = codiceFiscaleInventato({ nome, cognome, nascita, sesso: female ? 'F' : 'M' })
  return corrispondenteDi({ nome, cognome, codiceFiscale }, `${caso.scegli(vie)} ${caso.intero(1, 90)}`, comune)
}

function organizzazione(
  o: { denominazione: string; sigla: string; attivita: string },
  serie: number,
  comune: string,
  telefono: string,
): Corrispondente {
  const pec = `posta@${ascii(o.denominazione).replaceAll('.', '-')}.pec.example`
  return {
    soggetto: { tipo: 'PG', denominazione: o.denominazione, codiceFiscalePartitaIva: partitaIvaInventata(serie), indirizzoDigitale: pec },
    nome: o.denominazione,
    pec,
    email: pec.replace('.pec.', '.'),
    recapiti: [o.attivita, comune, `Codice fiscale e partita IVA ${partitaIvaInventata(serie)}`, `Telefono 0999-${telefono}`],
    sigla: o.sigla,
  }
}

/** The correspondents of an ente, from the seed. */
export function createRubrica(caso: Caso, comune: string): Rubrica {
  const people = Array.from({ length: 90 }, (_, i) => personaInventata(caso, i, comune))
  return {
    persone: people.slice(0, 80),
    professionisti: people
      .slice(80)
      .map((p, i) => ({ ...p, recapiti: [i % 2 === 0 ? 'Geometra' : 'Architetta', ...p.recapiti], sigla: 'ST' })),
    imprese: imprese.map((o, i) => organizzazione(o, 100 + i, comune, caso.cifre(5))),
    associazioni: associazioni.map((o, i) => organizzazione(o, 500 + i, comune, caso.cifre(5))),
    amministrazioni: amministrazioni.map((a) => ({
      soggetto: { tipo: 'PAI', denominazione: a.denominazione, codiceIpa: a.codiceIpa, indirizzoDigitale: `protocollo@${a.dominio}` },
      nome: a.denominazione,
      pec: `protocollo@${a.dominio}`,
      email: `protocollo@${a.dominio}`,
      recapiti: ['Ufficio protocollo', `Posta certificata protocollo@${a.dominio}`, `Telefono 0999-${caso.cifre(5)}`],
      sigla: a.sigla,
    })),
  }
}

/** The correspondent with this name; throws when there is none. */
export function cercaCorrispondente(rubrica: Rubrica, nome: string): Corrispondente {
  const found = [...rubrica.imprese, ...rubrica.associazioni, ...rubrica.amministrazioni].find((c) => c.nome === nome)
  if (found === undefined) throw new Error(`nobody called ${nome}`)
  return found
}
