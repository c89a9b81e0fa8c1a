import { TIPOLOGIE_DI_FLUSSO } from '../../../metadata-schemas/allegato5/index.ts'
import type {
  AnniDiConservazione,
  ContestoDocumento,
  Impronta,
  ModalitaDiFormazione,
  ModelloDai,
  RuoloDai,
} from '../../../metadata-schemas/allegato5/index.ts'
import type { DocumentoFatti, EnteFatti, FileFatti, PersonaFatti, RegistrazioneFatti, VoceFatti } from '../facts.ts'
import { ANONIMO, assignee, correspondent, ownOffice, ownPai, ownPerson, rup } from './soggetti.ts'
import type { Annotazioni } from './soggetti.ts'

/** Model and facts of one document, ready to be judged and written. */
export interface DaiDaEmettere {
  readonly modello: ModelloDai
  readonly contesto: ContestoDocumento
}

const PERMANENTE = 9999

/** Years of the plan as the annex's domain value. */
export function toAnni(anni: number | null): AnniDiConservazione | null {
  return anni === null ? null : anni >= PERMANENTE ? 'permanente' : anni
}

/** A recorded digest (hexadecimal) as the annex writes it. */
export function toImpronta(sha256: string): Impronta {
  return { valore: Buffer.from(sha256, 'hex').toString('base64'), algoritmo: 'SHA-256' }
}

/** Protocol number with at least seven digits. */
export function formatNumeroProtocollo(numero: number): string {
  return String(numero).padStart(7, '0')
}

/** State of a voice on a day: active when it was open and its version of the plan in force. */
export function voceOn(voce: VoceFatti, giorno: string): 'attiva' | 'cessata' {
  const open =
    (voce.chiusaDal === null || voce.chiusaDal > giorno) &&
    voce.versioneDal <= giorno &&
    (voce.versioneAl === null || voce.versioneAl > giorno)
  return open ? 'attiva' : 'cessata'
}

/** Longest of the terms that bind the document: its own voice's and those of the fascicoli that hold it (R62). */
export function conservazione(d: DocumentoFatti): number | null {
  const known = [d.voce.conservazioneAnni, ...d.aggregazioni.map((a) => a.conservazioneAnni)].filter((anni) => anni !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function roles(d: DocumentoFatti, r: RegistrazioneFatti, note: Annotazioni): RuoloDai[] {
  const procedimenti = d.aggregazioni.filter((a) => a.tipo === 'procedimento amministrativo')
  const rups = new Map(procedimenti.map((a) => [`${a.responsabile.id}/${a.ufficio.id}`, rup(d.ente, a.ufficio, a.responsabile)]))
  return [
    { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: ownPai(d.ente) },
    ...d.assegnazioni.map((a): RuoloDai => ({ ruolo: 'Assegnatario', soggetto: assignee(d.ente, a.ufficio, a.operatore) })),
    ...(r.ufficioMittente === null ? [] : [{ ruolo: 'Mittente' as const, soggetto: ownOffice(d.ente, r.ufficioMittente) }]),
    ...r.soggetti.map((s): RuoloDai => ({
      ruolo: s.ruolo === 'destinatario' ? 'Destinatario' : 'Mittente',
      soggetto:
        s.tipo === 'UO'
          ? ownOffice(d.ente, {
              codice: s.codiceIpa ?? '',
              denominazione: s.denominazione ?? '',
              indirizzoDigitale: s.indirizzoDigitale ?? '',
            })
          : correspondent(s, note),
    })),
    ...operatori(r).map((p): RuoloDai => ({ ruolo: 'Operatore', soggetto: ownPerson(d.ente, p) })),
    ...(d.responsabileGestione === null
      ? []
      : [{ ruolo: 'ResponsabileGestioneDocumentale' as const, soggetto: ownPerson(d.ente, d.responsabileGestione) }]),
    ...(isAutomatic(d) ? [{ ruolo: 'Produttore' as const, soggetto: { tipo: 'SW' as const, denominazione: SISTEMA } }] : []),
    ...[...rups.values()].map((soggetto): RuoloDai => ({ ruolo: 'RUP', soggetto })),
  ]
}

/** Who registered and who made the last change, once each (R57). */
function operatori(r: RegistrazioneFatti): PersonaFatti[] {
  const all = [r.operatore, r.variazioni.at(-1)?.operatore ?? null].filter((p) => p !== null)
  return [...new Map(all.map((p) => [p.id, p])).values()]
}

/** Registration, attachments and the other parts that only copy facts. */
function model(d: DocumentoFatti, r: RegistrazioneFatti, principale: FileFatti): ModelloDai {
  const note: Annotazioni = { testi: [] }
  const soggetti = roles(d, r, note)
  return {
    profilo: 'DAI',
    idDoc: { impronta: toImpronta(r.impronta), identificativo: d.id, segnatura: r.segnatura },
    modalita: d.modalita as ModalitaDiFormazione,
    tipologiaDocumentale: d.tipologia,
    flusso: TIPOLOGIE_DI_FLUSSO.find((f) => f === r.tipo) ?? 'E',
    registro: {
      tipo: 'protocollo',
      data: r.giorno,
      ora: r.ora,
      numero: formatNumeroProtocollo(r.numero),
      codiceRegistro: r.codiceRegistro,
    },
    soggetti,
    chiaveDescrittiva: { oggetto: d.oggetto },
    allegati: {
      indice: d.files
        .filter((f) => f.ruolo === 'allegato')
        .map((f) => ({
          idDoc: { impronta: toImpronta(f.sha256), identificativo: f.id },
          descrizione: f.descrizione.trim() === '' ? f.nome : f.descrizione,
        })),
    },
    classificazione: { indice: d.voce.codice, descrizione: d.voce.descrizione, piano: d.voce.piano },
    riservato: r.riservato,
    formato: { formato: principale.mime },
    verifica: { firmato: principale.firmato && letterChecked(d.modalita), sigillato: false, marcato: false, conformitaCopia: false },
    aggregazioni: d.aggregazioni.map((a) => ({ tipo: 'Fascicolo', id: a.codice })),
    nome: principale.nome,
    versione: String(versionOf(d, r)),
    ...traceOf(d, r),
    ...primaryOf(d),
    tempoDiConservazione: toAnni(conservazione(d)),
    note: note.testi.join('\n'),
  }
}

/** Each authorised change of what was registered makes a version (REQ-PROT-058). */
function versionOf(d: DocumentoFatti, r: RegistrazioneFatti): number {
  return d.versione + r.variazioni.length
}

/** The last change, who made it and what it changed: only one fits in the annex, the whole chain stays in the system. */
function traceOf(d: DocumentoFatti, r: RegistrazioneFatti): Pick<ModelloDai, 'modifica'> {
  const last = r.variazioni.at(-1)
  if (last === undefined) return {}
  const { nome, cognome, codiceFiscale } = last.operatore ?? { nome: ANONIMO, cognome: ANONIMO, codiceFiscale: '' }
  return {
    modifica: {
      tipo: last.tipo,
      autore: last.operatore === null ? { nome, cognome } : ownPerson(d.ente, { ...last.operatore, codiceFiscale }),
      data: last.giorno,
      ora: last.ora,
      versionePrecedente: { impronta: toImpronta(r.impronta), identificativo: previousId(d, r), segnatura: r.segnatura },
    },
  }
}

/** The version before is another document to the annex: same bytes, other metadata. */
function previousId(d: DocumentoFatti, r: RegistrazioneFatti): string {
  return `${d.id}.v${versionOf(d, r) - 1}`
}

/** The body's choices for its preservation service, as the rules and the writer want them. */
export function serviceContext(ente: EnteFatti): Pick<ContestoDocumento, 'servizio' | 'gravita'> {
  const { servizio } = ente
  if (servizio === undefined) return { servizio: { soloFascicoli: false } }
  const { schemi, permanente, soloFascicoli, letterali, gravita } = servizio
  return { servizio: { schemi, permanente, soloFascicoli, ...(Object.keys(letterali).length === 0 ? {} : { letterali }) }, gravita }
}

/** The document this one completes, when there is one (R55). */
export function primaryOf(d: DocumentoFatti): Pick<ModelloDai, 'documentoPrimario'> {
  if (d.primario === null) return {}
  const { id, sha256, segnatura } = d.primario
  return { documentoPrimario: { impronta: toImpronta(sha256), identificativo: id, segnatura } }
}

/** Records of a process are written by a program, which is then their producer (R76). */
export function isAutomatic(d: DocumentoFatti): boolean {
  return !letterChecked(d.modalita)
}

/** Name of the system that writes records by itself. */
export const SISTEMA = 'Faldone'

/** Signatures are checked for what was formed or received as a document, not for records of a process (R35). */
export function letterChecked(modalita: string): boolean {
  return modalita === 'a' || modalita === 'b'
}

/** What the rules need to know beside the model. Facts of later releases are left out on purpose: the rules that need them report it. */
function context(d: DocumentoFatti, r: RegistrazioneFatti, principale: FileFatti, oggi: string): ContestoDocumento {
  const stored = [
    [d.id, principale.sha256] as const,
    ...d.files.filter((f) => f.ruolo === 'allegato').map((f) => [f.id, f.sha256] as const),
  ]
  const existing = [d.dataDocumento, r.giornoArrivo].filter((giorno) => giorno !== null).toSorted()
  return {
    oggi,
    ...serviceContext(d.ente),
    pubblicaAmministrazione: true,
    improntePerIdentificativo: Object.fromEntries(
      [...stored, ...(r.variazioni.length === 0 ? [] : [[previousId(d, r), r.impronta] as const])].map(([id, sha256]) => [
        id,
        toImpronta(sha256),
      ]),
    ),
    // In a fascicolo the plan's term for the document is at least the fascicolo's: the two rules R60 and R62 hold together.
    conservazioneDelPiano: toAnni(conservazione(d)),
    registrazione: { tipo: 'protocollo', numero: formatNumeroProtocollo(r.numero), data: r.giorno, codiceRegistro: r.codiceRegistro },
    ...(existing[0] === undefined ? {} : { dataDocumento: existing[0] }),
    aoo: { codiceIpa: d.ente.codiceIpa, codiceAoo: d.ente.aoo.codice },
    voceClassificazione: voceOn(d.voce, r.giorno),
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
    annullato: r.variazioni.some((v) => v.tipo === 'Annullamento'),
    versionePrecedente: r.variazioni.length === 0 ? null : { data: r.variazioni.at(-2)?.giorno ?? r.giorno },
    numeroDestinatari: r.soggetti.filter((s) => s.ruolo === 'destinatario').length,
    prodottoAutomaticamente: isAutomatic(d),
    ufficiAssegnatari: d.assegnazioni.map((a) => ({ codice: a.ufficio.codice, denominazione: a.ufficio.denominazione })),
    fascicoloDiProcedimento: d.aggregazioni.some((a) => a.tipo === 'procedimento amministrativo'),
    // An internal registration goes from an office to others of the same AOO, in one act of that AOO (REQ-PROT-019).
    scambioInternoAoo: r.tipo === 'I' && r.soggetti.every((s) => s.tipo === 'UO'),
  }
}

/**
 * The DAI of a registered document: model and facts; null when the document is in no register, and then it is not a documento amministrativo yet.
 * `oggi` is the day of emission in Rome.
 */
export function toDai(d: DocumentoFatti, oggi: string): DaiDaEmettere | null {
  const principale = d.files.find((f) => f.ruolo === 'principale')
  if (d.registrazione === null || principale === undefined) return null
  return { modello: model(d, d.registrazione, principale), contesto: context(d, d.registrazione, principale, oggi) }
}
