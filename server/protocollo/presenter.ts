import { presentFile } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import { presentVoce } from '../titolario/index.ts'
import type { VoceRow } from '../titolario/index.ts'
import type { AssegnazioneRow, ClassificazioneRow, CopiaRow, FascicoloRef } from './lists.ts'
import type { RegistrazioneRow } from './repository.ts'
import { formatEtichetta, formatNumero, fromSoggettoRow, scostamento18bis } from './rules.ts'
import type { SoggettoRow } from './rules.ts'
import type { RegistrazioneDto } from './schema.ts'

/** Everything around a registration that its page shows. */
export interface Contorno {
  readonly soggetti: readonly SoggettoRow[]
  readonly files: readonly FileRow[]
  readonly voce: VoceRow
  readonly storia: readonly ClassificazioneRow[]
  readonly assegnazioni: readonly AssegnazioneRow[]
  readonly fascicoli: readonly FascicoloRef[]
  readonly copie: readonly CopiaRow[]
}

/** A registration with everything around it, as its page and the API show it. */
export function presentRegistrazione(r: RegistrazioneRow, c: Contorno): RegistrazioneDto {
  const principale = c.files.find((f) => f.ruolo === 'principale')
  if (principale === undefined) throw new Error('a document without its main file')
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
    mittenti: c.soggetti.filter((s) => s.ruolo === 'mittente').map(fromSoggettoRow),
    destinatari: c.soggetti.filter((s) => s.ruolo === 'destinatario').map(fromSoggettoRow),
    documento: {
      id: r.documentoId,
      tipologia: r.tipologia,
      formazione: r.formazione,
      modalitaFormazione: r.modalitaFormazione,
      riservatezza: r.riservatezza,
      dataDocumento: r.dataDocumento,
      principale: presentFile(principale),
      allegati: c.files.filter((f) => f.ruolo === 'allegato').map(presentFile),
      annessi: c.files.filter((f) => f.ruolo === 'annesso').map(presentFile),
      copiaSegnata: c.copie.some((k) => k.tipo === 'copia'),
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
    annullata: false,
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
