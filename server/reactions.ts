import { createArchivioJobs } from './archivio/index.ts'
import { arretratoJobs } from './arretrato/index.ts'
import { conservazioneJobs } from './conservazione/index.ts'
import { writeFacts } from './kernel/audit.ts'
import { queueJobs } from './kernel/jobs/index.ts'
import type { JobDefinition, JobRequest } from './kernel/jobs/index.ts'
import { setRecorder } from './kernel/scope.ts'
import type { DomainEvent } from './kernel/scope.ts'
import { bozzeJobs } from './bozze/index.ts'
import { importazioniJobs } from './importazioni/index.ts'
import { createFascicoliJobs } from './fascicoli/index.ts'
import { buildAggOf, buildMolti, checkMetadatiChiusura, metadatiJobs } from './metadati/index.ts'
import { streamFrontespizio, stampeJobs } from './stampe/index.ts'
import { registroJobs } from './registro/index.ts'
import { emergenzaJobs } from './emergenza/index.ts'
import { repertoriJobs } from './repertori/index.ts'
import { ricercaJobs } from './ricerca/index.ts'
import { organizzazioneJobs } from './organizzazione/index.ts'
import { scartoJobs } from './scarto/index.ts'
import { suggerimentiJobs } from './suggerimenti/index.ts'
import { statisticheJobs } from './statistiche/index.ts'
import { checkPraticaChiusura, praticheJobs } from './pratiche/index.ts'
import { pecJobs } from './pec/index.ts'
import { protocolloJobs } from './protocollo/index.ts'
import { titolarioJobs } from './titolario/index.ts'

/**
 * When this event happens, these jobs follow. Read it to see every later effect of the product.
 * Jobs of one event are keyed by its subject: an event told twice does not double the work.
 */
export const reactions: Readonly<Record<string, readonly string[]>> = {
  enteCreato: ['titolario.preparaModello'],
  registrazioneInSigillatura: ['protocollo.completeSigillo'],
  registrazioneCreata: [
    'protocollo.sealSegnatura',
    'protocollo.stampCopia',
    'stampe.issueRicevuta',
    'ricerca.index',
    'suggerimenti.impara',
  ],
  assegnazioneCambiata: ['ricerca.index'],
  classificazioneCambiata: ['ricerca.index', 'suggerimenti.impara'],
  registrazioneAnnullata: ['protocollo.stampAnnullata', 'ricerca.index'],
  registrazioneRettificata: ['ricerca.index'],
  scansioneAllegata: ['protocollo.sealSegnatura', 'protocollo.stampCopia', 'ricerca.index'],
  documentoScartato: ['ricerca.index', 'suggerimenti.dimentica'],
  riservaCambiata: ['suggerimenti.impara'],
  annullamentoDaComunicare: ['protocollo.composeAnnullamento'],
  esportazioneRichiesta: ['ricerca.esporta'],
  trasmissioneRichiesta: ['fascicoli.componiTrasmissione'],
  stampaFascicoloRichiesta: ['stampe.stampaFascicolo'],
  unioneConfermata: ['bozze.eseguiUnione'],
  bozzaDaPreparare: ['bozze.preparaDocumento'],
  serieConfermata: ['importazioni.eseguiSerie'],
  importazioneDaVerificare: ['importazioni.verificaStorico'],
  importazioneConfermata: ['importazioni.importaStorico'],
  fascicoloChiuso: ['pratiche.concludi', 'conservazione.prepareVersamento'],
  registriDaProdurre: ['registro.produci'],
  registroGiornalieroProdotto: ['conservazione.prepareRegistro'],
  registroGiornalieroSottoscritto: ['conservazione.prepareRegistro'],
  registroDaVersare: ['conservazione.prepareRegistro'],
  scartoProposto: ['scarto.componi'],
  scartoOrdinato: ['scarto.distruggi'],
  scartoDistrutto: ['scarto.controlla'],
  versamentoPreparato: ['conservazione.buildSip'],
  versamentoPronto: ['conservazione.sendSip'],
  versamentoTrasmesso: ['conservazione.readEsito'],
}

/** What a fascicolo handed over carries beside its files is written by the rooms that know how. */
const fascicoliJobs = createFascicoliJobs({
  aggregazione: async (scope, id, documenti) => (await buildAggOf(scope, id, documenti)).xml,
  metadati: async (scope, ids) => new Map([...(await buildMolti(scope, ids))].map(([id, m]) => [id, m.xml])),
  frontespizio: streamFrontespizio,
})

/** Every job of the product, by type. */
export const jobs: readonly JobDefinition[] = [
  ...protocolloJobs,
  ...pecJobs,
  ...praticheJobs,
  ...fascicoliJobs,
  ...conservazioneJobs,
  ...bozzeJobs,
  ...importazioniJobs,
  ...metadatiJobs,
  ...stampeJobs,
  ...registroJobs,
  ...emergenzaJobs,
  ...repertoriJobs,
  ...ricercaJobs,
  ...statisticheJobs,
  ...organizzazioneJobs,
  // The activities that close by themselves pass the same checks as those a person closes.
  ...createArchivioJobs([checkMetadatiChiusura, checkPraticaChiusura]),
  ...arretratoJobs,
  ...suggerimentiJobs,
  ...scartoJobs,
  ...titolarioJobs,
]

/** Wires the transaction's facts and events to the trail and the queue. Called once, at start-up and by the tests. */
export function wireReactions(definitions: readonly JobDefinition[] = jobs): void {
  const byType = new Map(definitions.map((d) => [d.type, d]))
  setRecorder(async (tx, facts, events) => {
    await writeFacts(tx, facts)
    await queueJobs(
      tx,
      events.flatMap((e) => followers(e, byType)),
    )
  })
}

function followers(event: DomainEvent, byType: ReadonlyMap<string, JobDefinition>): JobRequest[] {
  const types = reactions[event.tipo]
  if (types === undefined) throw new Error(`event without a row in the reactions table: ${event.tipo}`)
  return types.flatMap((tipo) => {
    const definition = byType.get(tipo)
    if (definition === undefined) {
      // A test of one feature wires the jobs of that feature only.
      if (jobs.some((job) => job.type === tipo)) return []
      throw new Error(`reaction to an unknown job: ${tipo}`)
    }
    const quando = event.quando === undefined ? {} : { quando: event.quando }
    return [{ tipo, carico: { id: event.id, ...event.dati }, chiave: `${tipo}:${event.id}`, tentativi: definition.maxAttempts, ...quando }]
  })
}
