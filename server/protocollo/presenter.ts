import { presentFile } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import { presentVoce } from '../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'
import { condizioneNuova, presentCondizione } from './condizioni.ts'
import type { Condizione } from './condizioni.ts'
import type { AssegnazioneRow, ClassificazioneRow, CopiaRow, FascicoloRef } from './lists.ts'
import type { CollegamentoRow, RegistrazioneRow } from './repository.ts'
import { formatEtichetta, formatNumero, scostamento18bis } from './rules.ts'
import type { RegistrazioneDto } from './schema.ts'
import type { Livello } from './schema/condizione.ts'
import { nameOf, toCorrispondente } from './soggetti.ts'
import type { SoggettoRow } from './soggetti.ts'
import { correct } from './vigente.ts'

/** Everything around a registration that its page shows. */
export interface Contorno {
  readonly soggetti: readonly SoggettoRow[]
  readonly files: readonly FileRow[]
  readonly voce: VoceRow
  readonly storia: readonly ClassificazioneRow[]
  readonly assegnazioni: readonly AssegnazioneRow[]
  readonly fascicoli: readonly FascicoloRef[]
  readonly copie: readonly CopiaRow[]
  readonly collegamenti: readonly CollegamentoRow[]
  /** Absent for a registration just made: nothing happened to it yet. */
  readonly condizione?: Condizione
}

/** A registration with everything around it, as its page and the API show it. */
export function presentRegistrazione(registrata: RegistrazioneRow, c: Contorno): RegistrazioneDto {
  const condizione = c.condizione ?? newCondizione(registrata, c.soggetti)
  const { row: r, soggetti } = correct({ row: registrata, soggetti: c.soggetti }, condizione.correzioni)
  const principale = c.files.find((f) => f.ruolo === 'principale')
  if (principale === undefined && !r.scansioneAttesa) throw new Error('a document without its main file')
  return {
    id: r.id,
    registro: { id: r.registroId, codice: r.registroCodice },
    anno: r.anno,
    numero: r.numero,
    numeroFormattato: formatNumero(r.numero),
    etichetta: formatEtichetta(r.numero, r.anno),
    istante: r.istante.toISOString(),
    giorno: r.giorno,
    tipo: r.tipo,
    oggetto: r.oggetto,
    mezzo: r.mezzo,
    dataArrivo: r.dataArrivo?.toISOString() ?? null,
    scostamento18bis: scostamento18bis(r.dataArrivo, r.giorno),
    protocolloMittente: r.protocolloMittente === null ? null : { numero: r.protocolloMittente, data: r.dataProtocolloMittente },
    mittenti: soggetti.filter((s) => s.ruolo === 'mittente').map(toCorrispondente),
    destinatari: soggetti.filter((s) => s.ruolo === 'destinatario').map(toCorrispondente),
    ufficioMittente: r.ufficioMittenteId === null ? null : { id: r.ufficioMittenteId, denominazione: r.ufficioMittente ?? '' },
    collegamenti: c.collegamenti.map(({ id, anno, numero, tipo, verso }) => ({
      id,
      etichetta: formatEtichetta(numero, anno),
      tipo,
      verso,
    })),
    scansioneAttesa: r.scansioneAttesa,
    descrizioneCartaceo: r.descrizioneCartaceo,
    ...presentCircostanze(r),
    documento: {
      id: r.documentoId,
      tipologia: r.tipologia,
      formazione: r.formazione,
      modalitaFormazione: r.modalitaFormazione,
      riservatezza: condizione.livello,
      dataDocumento: r.dataDocumento,
      principale: principale === undefined ? null : presentFile(principale),
      allegati: c.files.filter((f) => f.ruolo === 'allegato').map(presentFile),
      annessi: c.files.filter((f) => f.ruolo === 'annesso').map(presentFile),
      copiaSegnata: c.copie.some((k) => k.tipo === (condizione.annullata === null ? 'copia' : 'copia-annullata')),
    },
    segnatura: { testo: r.segnatura, sigillata: c.copie.some((k) => k.tipo === 'segnatura') },
    voce: presentVoce(c.voce),
    storiaClassificazione: c.storia.map((s) => ({
      codice: s.codice,
      denominazione: s.denominazione,
      dal: s.dal.toISOString(),
      al: s.al?.toISOString() ?? null,
      autore: s.autoreNome,
      motivo: s.motivo,
    })),
    assegnazioni: c.assegnazioni.map(presentAssegnazione),
    fascicoli: c.fascicoli.map(({ id, codice, slug, oggetto, stato }) => ({ id, codice, slug, oggetto, stato })),
    operatore: { nome: r.operatoreNome },
    impronta: r.impronta,
    note: r.note,
    annullata: condizione.annullata !== null,
    condizione: presentCondizione(condizione),
  }
}

function newCondizione(r: RegistrazioneRow, soggetti: readonly SoggettoRow[]): Condizione {
  const primo = soggetti.toSorted((a, b) => (a.ruolo === b.ruolo ? a.posizione - b.posizione : a.ruolo < b.ruolo ? -1 : 1))[0]
  return condizioneNuova({
    oggetto: r.oggetto,
    corrispondente: primo === undefined ? '' : nameOf(primo),
    livello: r.riservatezza as Livello,
  })
}

/** Deferral and emergency: shown next to the number everywhere (REQ-PROT-071, REQ-PROT-086). */
function presentCircostanze(r: RegistrazioneRow): Pick<RegistrazioneDto, 'differimento' | 'emergenza'> {
  const {
    differimentoAutorizzazione: autorizzazione,
    differimentoMotivo,
    differimentoEntroIl,
    emergenzaNumero: numero,
    emergenzaIstante,
  } = r
  return {
    differimento: autorizzazione === null ? null : { autorizzazione, motivo: differimentoMotivo ?? '', entroIl: differimentoEntroIl ?? '' },
    // The register is the first part of an emergency number (REQ-PROT-083).
    emergenza:
      numero === null || emergenzaIstante === null
        ? null
        : { numero, istante: emergenzaIstante.toISOString(), registro: numero.split('-')[0] ?? numero },
  }
}

/** An assignment as the page shows it. */
export function presentAssegnazione(a: AssegnazioneRow): RegistrazioneDto['assegnazioni'][number] {
  return {
    id: a.id,
    tipo: a.tipo,
    stato: a.stato,
    ufficio: { id: a.ufficioId, denominazione: a.ufficio },
    operatore: a.operatoreNome === null ? null : { nome: a.operatoreNome },
    dal: a.dal.toISOString(),
    al: a.al?.toISOString() ?? null,
    autore: a.autoreNome,
    presaDa: a.presaDaNome,
    presaIl: a.presaIl?.toISOString() ?? null,
    motivo: a.motivo,
    nota: a.nota,
  }
}
