import { presentFile } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import type { Attore, EnteRef } from '../kernel/scope.ts'
import { fromSoggettoRow } from '../protocollo/index.ts'
import type { RigaRegistroDto, SoggettoRow } from '../protocollo/index.ts'
import { presentVoce } from '../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'
import { canDecideFascicolo, canFileDocumento } from './policy.ts'
import type { DocumentoInFascicolo, FascicoloAssegnazioneRow, FascicoloRow, FattoRow } from './repository.ts'
import { describeAzione, isAperto } from './rules.ts'
import type { FascicoloDto, RigaFascicoloDto } from './schema.ts'

/** What takes the place of the words of a riservato for who may only know that it exists (REQ-PROT-061). */
export const MASCHERA = 'RISERVATO'

/** Everything around a fascicolo that its page shows. */
export interface ContornoFascicolo {
  readonly soggetti: readonly SoggettoRow[]
  readonly voce: VoceRow
  readonly fasi: FascicoloDto['fasi']
  readonly assegnazioni: readonly FascicoloAssegnazioneRow[]
  readonly documenti: readonly DocumentoInFascicolo[]
  /** Register rows by registration id, already masked for this person. */
  readonly righe: ReadonlyMap<string, RigaRegistroDto>
  readonly files: readonly FileRow[]
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
    documenti: c.documenti.map((d, i) => presentDocumento(d, i + 1, c, mascherato)),
    versamento: c.versamento,
    storia: mascherato ? [] : c.storia.map(presentFatto),
    versione: f.versione,
    azioni: { inserisci: open && !mascherato && canFileDocumento(attore, f), decidi: decides, chiudi: open && decides },
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
  }
}

function presentDocumento(
  d: DocumentoInFascicolo,
  ordine: number,
  c: ContornoFascicolo,
  mascherato: boolean,
): FascicoloDto['documenti'][number] {
  const riga = d.registrazioneId === null ? undefined : c.righe.get(d.registrazioneId)
  const leggibile = !mascherato && (riga === undefined ? d.riservatezza === 'ORDINARIO' : riga.stato !== 'riservata')
  const own = leggibile ? c.files.filter((f) => f.documentoId === d.documentoId) : []
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
    ordine,
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

/** A row of the list of fascicoli. */
export function presentRigaFascicolo(f: FascicoloRow, mascherato: boolean): RigaFascicoloDto {
  return { ...presentFrame(f, mascherato), voce: { codice: f.codiceVoce, denominazione: f.denominazioneVoce }, documenti: f.documenti }
}
