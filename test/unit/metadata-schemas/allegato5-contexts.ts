// Complete facts for the samples: with them every rule is judged, so a finding is always about what a test changed.
import type { Contesto, IdDocDi, Impronta, Modello, ModelloAgg, ModelloDai, ModelloDi } from '../../../metadata-schemas/allegato5/index.ts'

const comune = { oggi: '2026-11-22', pubblicaAmministrazione: true, servizio: { soloFascicoli: false } } as const

function impronte(idDocs: readonly IdDocDi[]): Record<string, Impronta> {
  return Object.fromEntries(idDocs.map((idDoc) => [idDoc.identificativo, idDoc.impronta]))
}

function contestoDocumento(modello: ModelloDi | ModelloDai): Contesto {
  const { registro, verifica, soggetti } = modello
  return {
    ...comune,
    improntePerIdentificativo: impronte([modello.idDoc, ...modello.allegati.indice.map((allegato) => allegato.idDoc)]),
    conservazioneDelPiano: modello.tempoDiConservazione ?? null,
    registrazione: registro.tipo === 'nessuno' ? null : { ...registro },
    dataDocumento: '2026-03-02',
    aoo: { codiceIpa: 'c_x901', codiceAoo: 'AX901A0' },
    scambioInternoAoo: true,
    voceClassificazione: 'attiva',
    controlloFirme: { firmato: verifica.firmato, sigillato: verifica.sigillato, marcato: verifica.marcato },
    firmaNelFile: verifica.firmato,
    attestazione: { presente: verifica.conformitaCopia },
    aggregazioni: modello.aggregazioni.map((una) => ({ ...una, elencaDocumento: true, conservazione: null })),
    completaAltroDocumento: Boolean(modello.documentoPrimario),
    annullato: false,
    versionePrecedente: modello.modifica ? { data: '2026-04-01' } : null,
    numeroDestinatari: soggetti.filter((voce) => voce.ruolo === 'Destinatario').length,
    prodottoAutomaticamente: false,
    ufficiAssegnatari: [],
    fascicoloDiProcedimento: false,
  }
}

function contestoAggregazione(modello: ModelloAgg): Contesto {
  return {
    ...comune,
    improntePerIdentificativo: impronte(modello.documenti),
    conservazioneDelPiano: modello.tempoDiConservazione ?? null,
    progressivoUnico: true,
    chiusa: Boolean(modello.dataChiusura),
    parteCartacea: Boolean(modello.posizioneFisica),
    sottofascicolo: Boolean(modello.idAggPrimario),
    antenati: modello.idAggPrimario ? [modello.idAggPrimario.id] : [],
    passaggi: modello.assegnazioni.length,
    amministrazioniDelProcedimento: [],
    segnatureDocumenti: Object.fromEntries(
      modello.documenti.map((documento) => [documento.identificativo, (documento.tipo === 'DAI' ? documento.segnatura : null) ?? null]),
    ),
  }
}

/** Facts in agreement with the model. */
export function contestoDi(modello: Modello): Contesto {
  return modello.profilo === 'AGG' ? contestoAggregazione(modello) : contestoDocumento(modello)
}
