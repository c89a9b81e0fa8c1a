import type { ModalitaDiFormazione, RuoloDai } from '../../../metadata-schemas/allegato5/index.ts'
import type { DocumentoFatti, PersonaFatti, RepertorioFatti } from '../facts.ts'
import { isAutomatic, SISTEMA, serviceContext, toAnni, toImpronta, voceOn } from './dai.ts'
import type { DaiDaEmettere } from './dai.ts'
import { ownPai, ownPerson } from './soggetti.ts'

const PERMANENTE = 9999

/** Identifier of the documentary series a row belongs to: body, AOO, repertory, series. */
function serieId(d: DocumentoFatti, r: RepertorioFatti): string {
  return [d.ente.codiceIpa, d.ente.aoo.codice, r.codice, r.serie].join('-')
}

function roles(d: DocumentoFatti, r: RepertorioFatti): RuoloDai[] {
  const person = (ruolo: 'Operatore' | 'ResponsabileGestioneDocumentale', p: PersonaFatti | null): RuoloDai[] =>
    p === null ? [] : [{ ruolo, soggetto: ownPerson(d.ente, p) }]
  return [
    { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: ownPai(d.ente) },
    { ruolo: 'Autore', soggetto: { tipo: 'PG', denominazione: r.formatore } },
    // An act in a repertory is the body's own: it stays inside until a letter takes it out (REQ-PROT-113).
    { ruolo: 'Destinatario', soggetto: ownPai(d.ente) },
    ...(isAutomatic(d) ? [{ ruolo: 'Produttore' as const, soggetto: { tipo: 'SW' as const, denominazione: SISTEMA } }] : []),
    ...person('Operatore', r.operatore),
    ...person('ResponsabileGestioneDocumentale', r.responsabileGestione),
  ]
}

/**
 * The DAI of a document in a repertory (REQ-PROT-111): no segnatura, which is of the protocol (R11); the repertory is the documentary series that holds
 * it. Null without a main file.
 */
export function toDaiRepertorio(d: DocumentoFatti, r: RepertorioFatti, oggi: string): DaiDaEmettere | null {
  const principale = d.files.find((f) => f.ruolo === 'principale')
  if (principale === undefined) return null
  const numero = String(r.numero)
  const conservazione = toAnni(r.conservazioneAnni ?? PERMANENTE)
  const serie = { tipo: 'Serie Documentale' as const, id: serieId(d, r) }
  const allegati = d.files.filter((f) => f.ruolo === 'allegato')
  return {
    modello: {
      profilo: 'DAI',
      idDoc: { impronta: toImpronta(r.impronta), identificativo: d.id },
      modalita: d.modalita as ModalitaDiFormazione,
      tipologiaDocumentale: d.tipologia,
      flusso: 'I',
      registro: { tipo: 'repertorio', data: r.giorno, ora: r.ora, numero, codiceRegistro: r.codice },
      soggetti: roles(d, r),
      chiaveDescrittiva: { oggetto: d.oggetto },
      allegati: {
        indice: allegati.map((f) => ({
          idDoc: { impronta: toImpronta(f.sha256), identificativo: f.id },
          descrizione: f.descrizione.trim() === '' ? f.nome : f.descrizione,
        })),
      },
      classificazione: { indice: d.voce.codice, descrizione: d.voce.descrizione, piano: d.voce.piano },
      riservato: r.riservato,
      formato: { formato: principale.mime },
      verifica: { firmato: principale.firmato, sigillato: false, marcato: false, conformitaCopia: false },
      aggregazioni: [serie, ...d.aggregazioni.map((a) => ({ tipo: 'Fascicolo' as const, id: a.codice }))],
      nome: principale.nome,
      versione: String(d.versione),
      tempoDiConservazione: conservazione,
      note: `${r.denominazione}, numero ${numero} della serie ${r.serie}`,
    },
    contesto: {
      oggi,
      ...serviceContext(d.ente),
      pubblicaAmministrazione: true,
      improntePerIdentificativo: Object.fromEntries(
        [[d.id, principale.sha256] as const, ...allegati.map((f) => [f.id, f.sha256] as const)].map(([id, sha256]) => [
          id,
          toImpronta(sha256),
        ]),
      ),
      conservazioneDelPiano: conservazione,
      registrazione: { tipo: 'repertorio', numero, data: r.giorno, codiceRegistro: r.codice },
      ...(d.dataDocumento === null ? {} : { dataDocumento: d.dataDocumento }),
      aoo: { codiceIpa: d.ente.codiceIpa, codiceAoo: d.ente.aoo.codice },
      voceClassificazione: voceOn(d.voce, r.giorno),
      controlloFirme: { firmato: principale.firmato, sigillato: false, marcato: false },
      firmaNelFile: principale.firmato,
      attestazione: { presente: false },
      aggregazioni: [
        { ...serie, elencaDocumento: true, conservazione },
        ...d.aggregazioni.map((a) => ({
          tipo: 'Fascicolo' as const,
          id: a.codice,
          elencaDocumento: true,
          conservazione: toAnni(a.conservazioneAnni),
        })),
      ],
      completaAltroDocumento: false,
      annullato: r.annullato,
      versionePrecedente: null,
      numeroDestinatari: 1,
      prodottoAutomaticamente: isAutomatic(d),
      ufficiAssegnatari: [],
      fascicoloDiProcedimento: false,
      scambioInternoAoo: true,
    },
  }
}
