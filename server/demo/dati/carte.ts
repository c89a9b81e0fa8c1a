import { formatItalianDay } from '../../kernel/time.ts'
import type { Caso } from './caso.ts'
import { renderPlanimetria, renderRelazione, renderRicevuta } from './documenti/allegati.ts'
import { renderLettera } from './documenti/lettera.ts'
import type { Lettera } from './documenti/lettera.ts'
import { renderScansione } from './documenti/scansione.ts'
import { renderCsv, renderOdt } from './documenti/vari.ts'
import type { GenereAllegato } from './modelli.ts'
import type { Corrispondente } from './rubrica.ts'
import type { FileDaFare } from './trama.ts'

/** What the papers of one sending have in common. */
export interface Spedizione {
  readonly caso: Caso
  readonly mittente: Corrispondente
  readonly oggetto: string
  readonly giorno: string
}

const DESCRIZIONI: Readonly<Record<GenereAllegato, readonly [nome: string, descrizione: string]>> = {
  relazione: ['relazione-tecnica.pdf', 'Relazione tecnica'],
  planimetria: ['planimetria.pdf', 'Planimetria'],
  ricevuta: ['ricevuta-di-pagamento.pdf', 'Ricevuta di pagamento'],
  documento: ['documento-di-identita.pdf', 'Copia del documento di identità'],
  tabella: ['prospetto.csv', 'Prospetto'],
  testo: ['programma.odt', 'Programma'],
  modulo: ['modulo-compilato.pdf', 'Modulo compilato'],
}

/** An attachment of a kind. */
export function makeAllegato(genere: GenereAllegato, s: Spedizione): FileDaFare {
  const [nome, descrizione] = DESCRIZIONI[genere]
  return { nome, descrizione, crea: async () => await renderAllegato(genere, { ...s, caso: s.caso.figlio(genere) }) }
}

async function renderAllegato(genere: GenereAllegato, { caso, mittente, oggetto, giorno }: Spedizione): Promise<Buffer> {
  switch (genere) {
    case 'relazione':
      return await renderRelazione(caso, `Relazione: ${oggetto}`, mittente.nome, giorno)
    case 'planimetria':
      return await renderPlanimetria(caso, `Tavola ${caso.intero(1, 6)}: stato di progetto`, mittente.nome, giorno)
    case 'ricevuta':
      return await renderRicevuta(caso, oggetto, mittente.nome, giorno)
    case 'tabella':
      return renderCsv(caso, oggetto)
    case 'testo':
      return renderOdt(oggetto, [mittente.nome, `Programma aggiornato al ${formatItalianDay(giorno)}`, `Versione ${caso.intero(1, 9)}`])
    case 'documento':
      return await renderScansione(
        caso,
        ['CARTA DI IDENTITÀ DIMOSTRATIVA', '', mittente.nome, ...mittente.recapiti, '', `Numero XX${caso.cifre(7)}`, '', 'NON VALIDA'],
        'Documento',
        giorno,
      )
    case 'modulo':
      return await renderScansione(
        caso,
        [
          'MODULO',
          '',
          oggetto,
          '',
          `Dichiarante: ${mittente.nome}`,
          ...mittente.recapiti,
          '',
          `Recapito telefonico: 0999-${caso.cifre(5)}`,
          '',
          `Data: ${formatItalianDay(giorno)}`,
        ],
        'Modulo',
        giorno,
      )
  }
}

/** The letter itself, born digital. */
export function makeLettera(nome: string, lettera: Lettera): FileDaFare {
  return { nome, descrizione: '', crea: async () => await renderLettera(lettera) }
}

/** The same letter on paper, scanned at the counter. */
export function makeScansione(nome: string, caso: Caso, l: Lettera): FileDaFare {
  const righe = [
    l.mittente.nome,
    ...l.mittente.recapiti,
    '',
    `Al ${l.ente}`,
    l.ufficio,
    '',
    `Data ${formatItalianDay(l.giorno)}`,
    '',
    `OGGETTO: ${l.oggetto}`,
    '',
  ]
  return {
    nome,
    descrizione: '',
    crea: async () =>
      await renderScansione(caso.figlio('scansione'), [...righe, ...l.corpo.flatMap((p) => [p, '']), l.mittente.nome], l.oggetto, l.giorno),
  }
}

/** How the main file of a letter is called. */
export function nomeLettera(tipologia: string, caso: Caso): string {
  if (tipologia === 'Istanza') return caso.scegli(['istanza.pdf', 'domanda.pdf', 'richiesta.pdf'])
  if (tipologia === 'Fattura') return `fattura-${caso.cifre(4)}.pdf`
  return caso.scegli(['lettera.pdf', 'nota.pdf', 'comunicazione.pdf'])
}
