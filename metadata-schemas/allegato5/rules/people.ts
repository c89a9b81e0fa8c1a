import { RUOLI_AGG } from '../grammar/agg.ts'
import { RUOLI_DAI } from '../grammar/dai.ts'
import { RUOLI_DI } from '../grammar/di.ts'
import type { RuoloDai } from '../models/dai.ts'
import type { RuoloDi } from '../models/di.ts'
import type { Modello } from '../write.ts'
import { nonVerificata, same, violata } from './findings.ts'
import { perDai, perDi, perDocumenti, perTutti } from './types.ts'
import type { ContestoDocumento, ModelloDocumentale, Regola, Riscontro } from './types.ts'

type UnRuolo = RuoloDi | RuoloDai
const AMMESSI = { DI: RUOLI_DI, DAI: RUOLI_DAI, AGG: RUOLI_AGG }

function withRole(modello: ModelloDocumentale, ...ruoli: readonly UnRuolo['ruolo'][]): { indice: number; voce: UnRuolo }[] {
  return [...modello.soggetti.entries()].map(([indice, voce]) => ({ indice, voce })).filter(({ voce }) => ruoli.includes(voce.ruolo))
}

function* checkRecipients(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  if (modello.flusso !== 'U') return
  const quanti = withRole(modello, 'Destinatario').length
  if (quanti === 0) yield violata('Soggetti', 'Un documento in uscita ha almeno un destinatario: indicarlo.')
  if (contesto.numeroDestinatari === undefined) yield nonVerificata('Soggetti', 'numeroDestinatari')
  else if (quanti > 0 && quanti !== contesto.numeroDestinatari) {
    yield violata(
      'Soggetti',
      `La registrazione ha ${contesto.numeroDestinatari} destinatari, i metadati ${quanti}: elencarli tutti, anche per conoscenza.`,
    )
  }
}

/** Whether a subject belongs to the AOO: yes, no, or unknown (kinds that carry no IPA codes). */
function inside(voce: UnRuolo, aoo: { codiceIpa: string; codiceAoo: string }): boolean | undefined {
  const { soggetto } = voce
  if (soggetto.tipo === 'PG' || soggetto.tipo === 'PAE') return false
  if ('ipaAoo' in soggetto && soggetto.ipaAoo) return same(soggetto.ipaAoo.codice, aoo.codiceAoo)
  if ('ipaAmm' in soggetto && soggetto.ipaAmm) return same(soggetto.ipaAmm.codice, aoo.codiceIpa) ? undefined : false
  return undefined
}

function* checkInternal(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  if (modello.flusso !== 'I') return
  const riceventi = withRole(modello, 'Destinatario', 'Assegnatario')
  const manca = 'Un documento interno ha come destinatario o assegnatario un ufficio della stessa AOO: indicarlo.'
  if (riceventi.length === 0) yield violata('Soggetti', manca)
  const { aoo } = contesto
  if (aoo === undefined) {
    yield nonVerificata('Soggetti', 'aoo')
    return
  }
  if (riceventi.length > 0 && riceventi.every(({ voce }) => inside(voce, aoo) === false)) yield violata('Soggetti', manca)
  for (const { indice, voce } of withRole(modello, 'Mittente', 'Destinatario')) {
    if (inside(voce, aoo) !== false) continue
    yield violata(
      `Soggetti/Ruolo[${indice + 1}]/${voce.ruolo}`,
      'È un soggetto esterno in un documento interno: correggere il flusso o il soggetto.',
    )
  }
}

function* checkRegistering(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  const titolari = withRole(modello, 'AmministrazioneCheEffettuaLaRegistrazione')
  if (titolari.length !== 1) {
    yield violata(
      'Soggetti',
      `L’amministrazione che registra è una sola, qui sono ${titolari.length}: indicare quella dell’AOO del registro.`,
    )
  }
  if (contesto.aoo === undefined) {
    yield nonVerificata('Soggetti', 'aoo')
    return
  }
  for (const { indice, voce } of titolari) {
    if (voce.soggetto.tipo !== 'PAI') continue
    const { ipaAmm, ipaAoo } = voce.soggetto
    if (same(ipaAmm.codice, contesto.aoo.codiceIpa) && same(ipaAoo?.codice, contesto.aoo.codiceAoo)) continue
    yield violata(
      `Soggetti/Ruolo[${indice + 1}]/${voce.ruolo}/PAI`,
      `I codici IPA sono ${contesto.aoo.codiceIpa} e ${contesto.aoo.codiceAoo}, quelli dell’AOO titolare del registro: riportarli.`,
    )
  }
}

function* checkAssigned(modello: ModelloDocumentale, contesto: ContestoDocumento): Generator<Riscontro> {
  if (contesto.ufficiAssegnatari === undefined) {
    yield nonVerificata('Soggetti', 'ufficiAssegnatari')
    return
  }
  for (const ufficio of contesto.ufficiAssegnatari) {
    const presente = withRole(modello, 'Assegnatario').some(({ voce: { soggetto } }) => {
      if (soggetto.tipo !== 'AS') return false
      return 'ipaUor' in soggetto
        ? same(soggetto.ipaUor.codice, ufficio.codice)
        : same(soggetto.denominazioneUfficio, ufficio.denominazione)
    })
    if (!presente) yield violata('Soggetti', `Manca tra gli assegnatari l’ufficio ${ufficio.denominazione}: aggiungerlo.`)
  }
}

function* checkPairs(modello: Modello): Generator<Riscontro> {
  const ammessi: Readonly<Partial<Record<string, readonly string[]>>> = AMMESSI[modello.profilo]
  for (const [indice, voce] of modello.soggetti.entries()) {
    const qui = `Soggetti/Ruolo[${indice + 1}]/${voce.ruolo}`
    const tipi = ammessi[voce.ruolo]
    if (tipi === undefined) yield violata(qui, `Il ruolo ${voce.ruolo} non esiste in questo profilo: sceglierne un altro.`)
    else if (!tipi.includes(voce.soggetto.tipo)) {
      yield violata(qui, `Il ruolo ${voce.ruolo} non ammette un soggetto ${voce.soggetto.tipo}: usare ${tipi.join(', ')}.`)
    }
  }
}

function* senderMissing(modello: ModelloDocumentale): Generator<Riscontro> {
  if (modello.flusso !== 'E' || withRole(modello, 'Mittente').length > 0) return
  yield violata('Soggetti', 'Un documento in entrata ha almeno un mittente: indicarlo.')
}

const MITTENTE = 'Un documento in entrata ha almeno un mittente.'
const DESTINATARIO = 'Un documento in uscita ha tutti i destinatari della registrazione, almeno uno.'

/** Subjects of documents: R70-R79. R71 and R72 block for a documento amministrativo and warn for a documento informatico. */
export const REGOLE_SOGGETTI: readonly Regola[] = [
  perDocumenti({
    id: 'R70',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'C’è almeno un autore o un mittente.',
    *check(modello) {
      if (withRole(modello, 'Autore', 'Mittente').length === 0)
        yield violata('Soggetti', 'Manca un autore o un mittente: indicarne almeno uno.')
    },
  }),
  perDai({ id: 'R71', gravita: 'E', fonte: 'L', enunciato: MITTENTE, check: senderMissing }),
  perDi({ id: 'R71', gravita: 'W', fonte: 'L', enunciato: MITTENTE, check: senderMissing }),
  perDai({ id: 'R72', gravita: 'E', fonte: 'L', enunciato: DESTINATARIO, check: checkRecipients }),
  perDi({ id: 'R72', gravita: 'W', fonte: 'L', enunciato: DESTINATARIO, check: checkRecipients }),
  perDocumenti({
    id: 'R73',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Un documento interno va a un ufficio della stessa AOO e non ha soggetti esterni come mittente o destinatario.',
    check: checkInternal,
  }),
  perDai({
    id: 'R74',
    gravita: 'E',
    fonte: 'P, S',
    diProgetto: true,
    enunciato: 'L’amministrazione che effettua la registrazione è una sola, quella dell’AOO titolare del registro.',
    check: checkRegistering,
  }),
  perDi({
    id: 'R75',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Un documento informatico registrato ha un solo soggetto che effettua la registrazione.',
    *check(modello) {
      const quanti = withRole(modello, 'SoggettoCheEffettuaLaRegistrazione').length
      if (modello.registro.tipo === 'nessuno' || quanti === 1) return
      yield violata('Soggetti', `Il soggetto che registra è uno solo, qui sono ${quanti}: indicare chi ha registrato.`)
    },
  }),
  perDocumenti({
    id: 'R76',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Un documento prodotto da un sistema senza autore umano indica il produttore.',
    *check(modello, contesto) {
      if (withRole(modello, 'Produttore').length > 0) return
      if (contesto.prodottoAutomaticamente === undefined) yield nonVerificata('Soggetti', 'prodottoAutomaticamente')
      else if (contesto.prodottoAutomaticamente)
        yield violata('Soggetti', 'Il documento è prodotto da un sistema: indicarlo come Produttore.')
    },
  }),
  perDocumenti({
    id: 'R77',
    gravita: 'W',
    fonte: 'G',
    enunciato: 'Gli uffici a cui il documento è assegnato sono tra gli assegnatari.',
    check: checkAssigned,
  }),
  perDai({
    id: 'R78',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Il documento di un procedimento amministrativo indica il responsabile unico.',
    *check(modello, contesto) {
      if (withRole(modello, 'RUP').length > 0) return
      if (contesto.fascicoloDiProcedimento === undefined) yield nonVerificata('Soggetti', 'fascicoloDiProcedimento')
      else if (contesto.fascicoloDiProcedimento)
        yield violata('Soggetti', 'Il fascicolo è di un procedimento amministrativo: indicare il RUP.')
    },
  }),
  perTutti({
    id: 'R79',
    gravita: 'E',
    fonte: 'X',
    schema: 'sì',
    enunciato: 'Ogni ruolo ha un tipo di soggetto che gli è proprio.',
    check: checkPairs,
  }),
]
