import { isBlank } from '../../xml/index.ts'
import type { ModelloAgg, RuoloAgg } from '../models/agg.ts'
import { day, nonVerificata, repeated, same, violata } from './findings.ts'
import { checkHandovers, checkPeriods, checkPhases, sameOffice } from './periods.ts'
import { perAgg } from './types.ts'
import type { ContestoAggregazione, Regola, Riscontro } from './types.ts'

function count(modello: ModelloAgg, ruolo: RuoloAgg['ruolo']): number {
  return modello.soggetti.filter((voce) => voce.ruolo === ruolo).length
}

function* checkClosing(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  const chiusura = isBlank(modello.dataChiusura) ? undefined : day(modello.dataChiusura ?? '')
  if (chiusura !== undefined && chiusura < day(modello.dataApertura)) {
    yield violata('DataChiusura', `La chiusura (${chiusura}) precede l’apertura (${day(modello.dataApertura)}): correggere le date.`)
  }
  if (contesto.chiusa === undefined) yield nonVerificata('DataChiusura', 'chiusa')
  else if (contesto.chiusa && chiusura === undefined)
    yield violata('DataChiusura', 'L’aggregazione è chiusa: indicare la data di chiusura.')
  else if (!contesto.chiusa && chiusura !== undefined)
    yield violata('DataChiusura', 'L’aggregazione è aperta: togliere la data di chiusura.')
}

function* checkParent(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  const primario = modello.idAggPrimario ?? undefined
  if (contesto.sottofascicolo === undefined) yield nonVerificata('IdAggPrimario', 'sottofascicolo')
  else if (contesto.sottofascicolo && !primario)
    yield violata('IdAggPrimario', 'È un sottofascicolo: indicare il fascicolo che lo contiene.')
  else if (!contesto.sottofascicolo && primario) yield violata('IdAggPrimario', 'Non è un sottofascicolo: togliere il fascicolo superiore.')
  if (!primario) return
  if (same(primario.id, modello.idAgg.id))
    yield violata('IdAggPrimario/IdAggregazione', 'Il fascicolo superiore è il fascicolo stesso: correggerlo.')
  else if (contesto.antenati === undefined) yield nonVerificata('IdAggPrimario/IdAggregazione', 'antenati')
  else if (contesto.antenati.some((id) => same(id, modello.idAgg.id))) {
    yield violata('IdAggPrimario/IdAggregazione', 'La catena dei fascicoli superiori torna a questo: correggerla.')
  }
}

function* checkRup(modello: ModelloAgg): Generator<Riscontro> {
  const rup = count(modello, 'RUP')
  if (modello.tipologiaFascicolo === 'procedimento amministrativo' && rup === 0) {
    yield violata('Soggetti', 'Un procedimento amministrativo ha un responsabile: indicare il RUP.')
  }
  if (modello.idAgg.tipo !== 'Fascicolo' && rup > 0) yield violata('Soggetti', 'Il RUP è solo di un fascicolo: toglierlo dalla serie.')
}

function* checkDocuments(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  if (modello.documenti.length === 0)
    yield violata('IndiceDocumenti', 'L’aggregazione non ha documenti: i metadati si emettono dal primo documento in poi.')
  for (const posto of repeated(modello.documenti.map((documento) => documento.identificativo))) {
    yield violata(`IndiceDocumenti/TipoDocumento[${posto}]`, 'Il documento è già nell’indice: toglierlo.')
  }
  for (const [indice, documento] of modello.documenti.entries()) {
    if (documento.tipo !== 'DAI') continue
    const qui = `IndiceDocumenti/TipoDocumento[${indice + 1}]/DocumentoAmministativoinformatico/Segnatura`
    const vera = contesto.segnatureDocumenti?.[documento.identificativo]
    if (vera === undefined) yield nonVerificata(qui, 'segnatureDocumenti')
    else if (vera !== null && !same(vera, documento.segnatura)) yield violata(qui, `Il documento ha la segnatura «${vera}»: riportarla.`)
    else if (vera === null && !isBlank(documento.segnatura)) yield violata(qui, 'Il documento non ha segnatura: toglierla.')
  }
}

function* checkParticipants(modello: ModelloAgg, contesto: ContestoAggregazione): Generator<Riscontro> {
  if (contesto.amministrazioniDelProcedimento === undefined) {
    yield nonVerificata('Soggetti', 'amministrazioniDelProcedimento')
    return
  }
  for (const codice of contesto.amministrazioniDelProcedimento) {
    const presente = modello.soggetti.some((voce) => {
      if (voce.ruolo !== 'AmministrazionePartecipante') return false
      return same(voce.soggetto.tipo === 'PAI' ? voce.soggetto.ipaAmm.codice : voce.soggetto.denominazione, codice)
    })
    if (!presente)
      yield violata('Soggetti', `L’amministrazione ${codice} partecipa al procedimento: aggiungerla come Amministrazione Partecipante.`)
  }
}

/** True-or-violation rules that hang on one fact. */
function* byFact(
  valore: boolean | undefined,
  fatto: keyof ContestoAggregazione,
  percorso: string,
  messaggio: string,
): Generator<Riscontro> {
  if (valore === undefined) yield nonVerificata(percorso, fatto)
  else if (!valore) yield violata(percorso, messaggio)
}

/** Aggregations: R80-R95. */
export const REGOLE_AGGREGAZIONE: readonly Regola[] = [
  perAgg({
    id: 'R80',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'La tipologia di fascicolo c’è se e solo se l’aggregazione è un fascicolo.',
    *check({ idAgg, tipologiaFascicolo }) {
      if (idAgg.tipo === 'Fascicolo' && isBlank(tipologiaFascicolo))
        yield violata('TipologiaFascicolo', 'È un fascicolo: indicarne la tipologia.')
      if (idAgg.tipo !== 'Fascicolo' && !isBlank(tipologiaFascicolo))
        yield violata('TipologiaFascicolo', 'Non è un fascicolo: togliere la tipologia.')
    },
  }),
  perAgg({
    id: 'R81',
    gravita: 'E',
    fonte: 'B, S',
    enunciato: 'I dati del procedimento ci sono se e solo se il fascicolo è di un procedimento amministrativo.',
    *check({ tipologiaFascicolo, procedimento }) {
      const serve = tipologiaFascicolo === 'procedimento amministrativo'
      if (serve && !procedimento) yield violata('ProcedimentoAmministrativo', 'Mancano i dati del procedimento: indicarli.')
      if (!serve && procedimento) yield violata('ProcedimentoAmministrativo', 'Il fascicolo non è di un procedimento: togliere i dati.')
    },
  }),
  perAgg({
    id: 'R82',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'Il progressivo è unico nell’anno di apertura e nella voce di classificazione.',
    check: ({ progressivo }, { progressivoUnico }) =>
      byFact(
        progressivoUnico,
        'progressivoUnico',
        'Progressivo',
        `Il progressivo ${progressivo} è già di un’altra aggregazione: assegnarne uno nuovo.`,
      ),
  }),
  perAgg({
    id: 'R83',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'La data di chiusura c’è se e solo se l’aggregazione è chiusa, e non precede l’apertura.',
    check: checkClosing,
  }),
  perAgg({
    id: 'R84',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'Se una parte è su carta, se ne indica la posizione fisica.',
    *check({ posizioneFisica }, { parteCartacea }) {
      const qui = 'PosizioneFisicaAggregazioneDocumentale'
      if (!isBlank(posizioneFisica)) return
      if (parteCartacea === undefined) yield nonVerificata(qui, 'parteCartacea')
      else if (parteCartacea) yield violata(qui, 'Una parte è su carta: indicare sede, piano e stanza.')
    },
  }),
  perAgg({
    id: 'R85',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'Un sottofascicolo indica il fascicolo che lo contiene, mai sé stesso e senza cicli.',
    check: checkParent,
  }),
  perAgg({
    id: 'R86',
    gravita: 'W',
    fonte: 'B, P',
    diProgetto: true,
    enunciato: 'Ogni passaggio in carico è elencato; una sola competenza aperta alla volta.',
    check: checkHandovers,
  }),
  perAgg({
    id: 'R87',
    gravita: 'E',
    fonte: 'B',
    enunciato: 'Ogni assegnatario dell’aggregazione è anche tra i soggetti con ruolo Assegnatario.',
    *check({ assegnazioni, soggetti }) {
      const uffici = soggetti.flatMap((voce) => (voce.ruolo === 'Assegnatario' ? [voce.soggetto] : []))
      for (const [indice, { tipo, assegnatario }] of assegnazioni.entries()) {
        if (uffici.some((ufficio) => sameOffice(ufficio, assegnatario))) continue
        const qui = `Assegnazione/TipoAssegnazione[${indice + 1}]/${tipo}/SoggettoAssegnatario`
        yield violata(qui, `${assegnatario.ipaUor.denominazione} non è tra gli assegnatari dei soggetti: aggiungerlo.`)
      }
    },
  }),
  perAgg({
    id: 'R88',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Assegnazioni e fasi non finiscono prima di cominciare; l’ora di fine solo con la data.',
    check: checkPeriods,
  }),
  perAgg({
    id: 'R89',
    gravita: 'W',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Le fasi sono in ordine di inizio; un fascicolo chiuso non ha fasi aperte, salvo l’integrazione dell’efficacia.',
    check: checkPhases,
  }),
  perAgg({
    id: 'R90',
    gravita: 'E',
    fonte: 'L',
    enunciato: 'L’amministrazione titolare è una sola, quando il titolare è una pubblica amministrazione.',
    *check(modello, { pubblicaAmministrazione }) {
      const titolari = count(modello, 'AmministrazioneTitolare')
      if (titolari === 1 || pubblicaAmministrazione === false) return
      if (pubblicaAmministrazione === undefined && titolari === 0) yield nonVerificata('Soggetti', 'pubblicaAmministrazione')
      else
        yield violata(
          'Soggetti',
          `L’amministrazione titolare è una sola, qui sono ${titolari}: indicare quella che ha aperto l’aggregazione.`,
        )
    },
  }),
  perAgg({
    id: 'R91',
    gravita: 'W',
    fonte: 'L',
    enunciato: 'Le altre amministrazioni del procedimento sono tra le partecipanti.',
    check: checkParticipants,
  }),
  perAgg({
    id: 'R92',
    gravita: 'E',
    fonte: 'L, B',
    enunciato: 'Il RUP c’è nei procedimenti amministrativi, e solo nei fascicoli.',
    check: checkRup,
  }),
  perAgg({
    id: 'R93',
    gravita: 'E',
    fonte: 'P',
    diProgetto: true,
    enunciato: 'Il fascicolo di una persona ne indica l’intestatario.',
    *check(modello) {
      const tipologia = modello.tipologiaFascicolo
      if (tipologia !== 'persona fisica' && tipologia !== 'persona giuridica') return
      const ruolo = tipologia === 'persona fisica' ? 'SoggettoIntestatarioPersonaFisica' : 'SoggettoIntestatarioPersonaGiuridica'
      if (count(modello, ruolo) === 0) yield violata('Soggetti', `È il fascicolo di una ${tipologia}: indicarne l’intestatario.`)
    },
  }),
  perAgg({
    id: 'R94',
    gravita: 'E',
    fonte: 'X, P',
    schema: 'in parte',
    diProgetto: true,
    enunciato: 'C’è almeno un documento, nessuno è ripetuto, ciascuno con la segnatura che ha.',
    check: checkDocuments,
  }),
  perAgg({
    id: 'R95',
    gravita: 'W',
    fonte: 'S',
    enunciato: 'Il servizio di conservazione può accettare solo fascicoli.',
    *check({ idAgg }, { servizio }) {
      if (idAgg.tipo === 'Fascicolo') return
      if (servizio?.soloFascicoli === undefined) yield nonVerificata('IdAgg/TipoAggregazione', 'servizio')
      else if (servizio.soloFascicoli)
        yield violata('IdAgg/TipoAggregazione', 'Il servizio accetta solo fascicoli: versare i documenti della serie singolarmente.')
    },
  }),
]
