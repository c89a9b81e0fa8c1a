import { TIPOLOGIE_DI_FLUSSO } from '../../../metadata-schemas/allegato5/index.ts'
import type { ContestoDocumento, ModalitaDiFormazione, ModelloDi, PfDi, RuoloDi } from '../../../metadata-schemas/allegato5/index.ts'
import type { DocumentoFatti, EnteFatti, FileFatti, PersonaFatti } from '../facts.ts'
import { conservazione, isAutomatic, letterChecked, serviceContext, SISTEMA, toAnni, toImpronta, voceOn } from './dai.ts'
import { ANONIMO, ownPerson } from './soggetti.ts'

/** Model and facts of one documento informatico, ready to be judged and written. */
export interface DiDaEmettere {
  readonly modello: ModelloDi
  readonly contesto: ContestoDocumento
}

/** A person who works for the body, without the IPA codes that this profile has no room for. */
function own(ente: EnteFatti, persona: PersonaFatti | null): PfDi {
  if (persona === null) return { tipo: 'PF', cognome: ANONIMO, nome: ANONIMO }
  const { cognome, nome, codiceFiscale } = ownPerson(ente, persona)
  return { tipo: 'PF', cognome, nome, codiceFiscale }
}

/** The body itself, where the profile has no registering administration. */
function body(ente: EnteFatti): RuoloDi {
  return {
    ruolo: 'Destinatario',
    soggetto: {
      tipo: 'PAI',
      ipaAmm: { denominazione: ente.denominazione, codice: ente.codiceIpa },
      ipaAoo: { denominazione: ente.aoo.denominazione, codice: ente.aoo.codice },
      indirizzi: [ente.aoo.domicilioDigitale],
    },
  }
}

/** Number of a document outside every register: what people can quote, the first part of its identifier. */
export function numeroInterno(id: string): string {
  return id.slice(0, 13).toUpperCase()
}

function roles(d: DocumentoFatti): RuoloDi[] {
  return [
    { ruolo: 'Autore', soggetto: own(d.ente, d.inseritoDa) },
    body(d.ente),
    ...(d.inseritoDa === null ? [] : [{ ruolo: 'Operatore' as const, soggetto: own(d.ente, d.inseritoDa) }]),
    ...(isAutomatic(d) ? [{ ruolo: 'Produttore' as const, soggetto: { tipo: 'SW' as const, denominazione: SISTEMA } }] : []),
    ...(d.responsabileGestione === null
      ? []
      : [{ ruolo: 'ResponsabileGestioneDocumentale' as const, soggetto: own(d.ente, d.responsabileGestione) }]),
  ]
}

function model(d: DocumentoFatti, principale: FileFatti): ModelloDi {
  return {
    profilo: 'DI',
    idDoc: { impronta: toImpronta(principale.sha256), identificativo: d.id },
    modalita: d.modalita as ModalitaDiFormazione,
    tipologiaDocumentale: d.tipologia,
    // What nobody registered did not enter or leave: it is the body's own.
    flusso: TIPOLOGIE_DI_FLUSSO[2],
    registro: { tipo: 'nessuno', data: d.dataDocumento ?? d.creatoIl, numero: numeroInterno(d.id) },
    soggetti: roles(d),
    chiaveDescrittiva: { oggetto: d.oggetto },
    allegati: {
      indice: d.files
        .filter((f) => f.ruolo === 'allegato')
        .map((f) => ({
          idDoc: { impronta: toImpronta(f.sha256), identificativo: f.id },
          descrizione: f.descrizione.trim() === '' ? f.nome : f.descrizione,
        })),
    },
    classificazione: d.voce.codice === '' ? null : { indice: d.voce.codice, descrizione: d.voce.descrizione, piano: d.voce.piano },
    riservato: d.riservatezza !== 'ORDINARIO',
    formato: { formato: principale.mime },
    verifica: { firmato: principale.firmato && letterChecked(d.modalita), sigillato: false, marcato: false, conformitaCopia: false },
    aggregazioni: d.aggregazioni.map((a) => ({ tipo: 'Fascicolo', id: a.codice })),
    ...(d.primario === null ? {} : { documentoPrimario: { impronta: toImpronta(d.primario.sha256), identificativo: d.primario.id } }),
    nome: principale.nome,
    versione: String(d.versione),
    tempoDiConservazione: toAnni(conservazione(d)),
  }
}

function context(d: DocumentoFatti, principale: FileFatti, oggi: string): ContestoDocumento {
  const stored = [
    [d.id, principale.sha256] as const,
    ...d.files.filter((f) => f.ruolo === 'allegato').map((f) => [f.id, f.sha256] as const),
  ]
  return {
    oggi,
    ...serviceContext(d.ente),
    pubblicaAmministrazione: true,
    improntePerIdentificativo: Object.fromEntries(stored.map(([id, sha256]) => [id, toImpronta(sha256)])),
    conservazioneDelPiano: toAnni(conservazione(d)),
    registrazione: null,
    ...(d.dataDocumento === null ? {} : { dataDocumento: d.dataDocumento }),
    aoo: { codiceIpa: d.ente.codiceIpa, codiceAoo: d.ente.aoo.codice },
    voceClassificazione: voceOn(d.voce, d.creatoIl),
    controlloFirme: { firmato: principale.firmato, sigillato: false, marcato: false },
    firmaNelFile: principale.firmato,
    attestazione: { presente: false },
    aggregazioni: d.aggregazioni.map((a) => ({
      tipo: 'Fascicolo',
      id: a.codice,
      elencaDocumento: true,
      conservazione: toAnni(a.conservazioneAnni),
    })),
    completaAltroDocumento: d.primario !== null,
    annullato: false,
    versionePrecedente: null,
    numeroDestinatari: 1,
    prodottoAutomaticamente: isAutomatic(d),
    ufficiAssegnatari: [],
    fascicoloDiProcedimento: d.aggregazioni.some((a) => a.tipo === 'procedimento amministrativo'),
    scambioInternoAoo: true,
  }
}

/** The DI of a document in no register; null without a main file, because its digest is its identity. `oggi` is the day of emission in Rome. */
export function toDi(d: DocumentoFatti, oggi: string): DiDaEmettere | null {
  const principale = d.files.find((f) => f.ruolo === 'principale')
  return principale === undefined ? null : { modello: model(d, principale), contesto: context(d, principale, oggi) }
}
