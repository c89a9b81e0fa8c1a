import { presentFile } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import type { Attore, EnteRef } from '../kernel/scope.ts'
import { fromSoggettoRow } from '../protocollo/index.ts'
import type { RigaRegistroDto, SoggettoRow } from '../protocollo/index.ts'
import { presentVoce } from '../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'
import { canAccept, canDecideFascicolo, canFileDocumento, isGestore } from './policy.ts'
import type { FascicoloRow } from './repository.ts'
import type { DocumentoInFascicolo, FascicoloAssegnazioneRow, FattoRow } from './repository-contenuto.ts'
import { describeAzione, isAperto, isChiuso } from './rules.ts'
import type { ContornoDto } from './schema-contorno.ts'
import type { FascicoloDto, RigaFascicoloDto } from './schema.ts'

/** What takes the place of the words of a riservato for who may only know that it exists (REQ-PROT-061). */
export const MASCHERA = 'RISERVATO'

/** Some documents of a fascicolo with what is needed to show them. */
export interface DocumentiCaricati {
  readonly documenti: readonly DocumentoInFascicolo[]
  /** Register rows by registration id, already masked for this person. */
  readonly righe: ReadonlyMap<string, RigaRegistroDto>
  readonly files: readonly FileRow[]
}

/** Everything around a fascicolo that its page shows. */
export interface ContornoFascicolo extends DocumentiCaricati {
  readonly soggetti: readonly SoggettoRow[]
  readonly voce: VoceRow
  readonly percorso: FascicoloDto['percorso']
  readonly aoo: FascicoloDto['aoo']
  readonly fasi: FascicoloDto['fasi']
  readonly assegnazioni: readonly FascicoloAssegnazioneRow[]
  readonly totaleDocumenti: number
  readonly intorno: ContornoDto
  readonly versamento: FascicoloDto['versamento']
  readonly storia: readonly FattoRow[]
}

/** A fascicolo with everything around it, as its page and the API show it. `mascherato`: frame only, no words, no people. */
export function presentFascicolo(f: FascicoloRow, c: ContornoFascicolo, ente: EnteRef, attore: Attore, mascherato: boolean): FascicoloDto {
  const soggetti = mascherato ? [] : c.soggetti
  const open = isAperto(f.stato)
  const decides = !mascherato && canDecideFascicolo(attore, f)
  return {
    ...presentFrame(f, mascherato),
    esito: f.esito,
    notaChiusura: mascherato ? null : f.notaChiusura,
    amministrazioneTitolare: { denominazione: ente.denominazione, codiceIpa: ente.codiceIpa },
    aoo: c.aoo,
    percorso: [...c.percorso],
    interessati: soggetti.filter((s) => s.ruolo === 'interessato').map(fromSoggettoRow),
    amministrazioniPartecipanti: soggetti.filter((s) => s.ruolo === 'amministrazione').map(fromSoggettoRow),
    voce: presentVoce(c.voce),
    procedimento: f.procedimento === null ? null : { materia: f.materia ?? '', denominazione: f.procedimento },
    fasi: [...c.fasi],
    assegnazioni: c.assegnazioni.map((a) => ({
      tipo: a.tipo,
      ufficio: a.ufficio,
      operatore: a.operatore,
      dal: a.dal.toISOString(),
      al: a.al?.toISOString() ?? null,
    })),
    conservazioneAnni: f.conservazioneAnni,
    documenti: presentDocumenti(c, mascherato),
    totaleDocumenti: c.totaleDocumenti,
    ...c.intorno,
    versamento: c.versamento,
    storia: mascherato ? [] : c.storia.map(presentFatto),
    versione: f.versione,
    azioni: {
      inserisci: open && !mascherato && canFileDocumento(attore, f),
      decidi: decides,
      chiudi: open && decides,
      riapri: decides && isChiuso(f.stato),
      accetta: !mascherato && c.intorno.movimenti.some((m) => m.stato === 'richiesto' && canAccept(attore, m.aUfficio?.id ?? null)),
      gestisci: !mascherato && isGestore(attore),
    },
  }
}

function presentFrame(f: FascicoloRow, mascherato: boolean): Omit<RigaFascicoloDto, 'voce' | 'documenti'> {
  return {
    id: f.id,
    codice: f.codice,
    slug: f.slug,
    oggetto: mascherato ? MASCHERA : f.oggetto,
    tipo: f.tipo,
    stato: f.stato,
    apertoIl: f.apertoIl,
    chiusoIl: f.chiusoIl,
    termine: f.termine,
    responsabile: { id: f.responsabileId, nome: f.responsabile },
    ufficio: { id: f.ufficioId, denominazione: f.ufficio },
    visibileCittadino: f.visibileCittadino,
    livello: f.livello,
  }
}

/** Documents in their order, those that may not be read without their words. */
export function presentDocumenti(c: DocumentiCaricati, mascherato: boolean): FascicoloDto['documenti'] {
  const files = Map.groupBy(c.files, (f) => f.documentoId)
  return c.documenti.map((d) => presentDocumento(d, c.righe, files.get(d.documentoId) ?? [], mascherato))
}

function presentDocumento(
  d: DocumentoInFascicolo,
  righe: DocumentiCaricati['righe'],
  files: readonly FileRow[],
  mascherato: boolean,
): FascicoloDto['documenti'][number] {
  const riga = d.registrazioneId === null ? undefined : righe.get(d.registrazioneId)
  const leggibile = !mascherato && (riga === undefined ? d.riservatezza === 'ORDINARIO' : riga.stato !== 'riservata')
  const own = leggibile ? files : []
  const principale = own.find((f) => f.ruolo === 'principale')
  return {
    id: d.id,
    documentoId: d.documentoId,
    registrazione:
      riga === undefined
        ? null
        : { id: riga.id, anno: riga.anno, numero: riga.numero, etichetta: riga.etichetta, tipo: riga.tipo, istante: riga.istante },
    oggetto: leggibile ? d.oggetto : MASCHERA,
    annullamento: riga?.annullamento ?? null,
    tipologia: leggibile ? d.tipologia : MASCHERA,
    area: d.area,
    ordine: d.ordine,
    leggibile,
    principale: principale === undefined ? null : presentFile(principale),
    allegati: own.filter((f) => f.ruolo === 'allegato').map(presentFile),
    inseritoIl: d.inseritoIl.toISOString(),
  }
}

function presentFatto(s: FattoRow): FascicoloDto['storia'][number] {
  const { motivo } = JSON.parse(s.dati) as { motivo?: string | null }
  return {
    istante: s.istante.toISOString(),
    azione: s.azione,
    descrizione: describeAzione(s.azione),
    attore: s.attore,
    motivo: motivo ?? null,
  }
}

/** A row of the list of fascicoli; `riservata`: this person sees the reserved area too, and counts it. */
export function presentRigaFascicolo(f: FascicoloRow, mascherato: boolean, riservata: boolean): RigaFascicoloDto {
  return {
    ...presentFrame(f, mascherato),
    voce: { codice: f.codiceVoce, denominazione: f.denominazioneVoce },
    documenti: f.documenti + (riservata ? f.documentiRiservati : 0),
  }
}
