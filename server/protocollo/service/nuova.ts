import type { Attore } from '../../kernel/scope.ts'
import { presentRegistrazione } from '../presenter.ts'
import type { Numero, RegistrazioneRow } from '../repository.ts'
import { PRIMA_CLASSIFICAZIONE, toSoggettoRow } from '../rules.ts'
import type { RegistrazioneDto } from '../schema.ts'
import { segnaturaText } from '../segnatura.ts'
import type { Atto } from './register.ts'

/**
 * A registration just written as reading it would show it, without nine statements to read what is already here: no copy and no fascicolo can exist yet.
 * Null when a person was named whose name only the database knows.
 */
export function presentNuova(attore: Attore, atto: Atto, n: Numero): RegistrazioneDto | null {
  const { input, refs, documento, adesso, assegnazioni } = atto
  if (assegnazioni.some((a) => a.operatoreId !== null)) return null
  const { codice, denominazione } = refs.voce
  const untouched = { operatoreNome: null, motivo: null, nota: null, al: null, presaDaNome: null, presaIl: null }
  return presentRegistrazione(toRow(attore, atto, n), {
    soggetti: input.mittenti.map((m, i) => toSoggettoRow(m, 'mittente', i + 1)),
    files: documento.files,
    voce: refs.voce,
    storia: [{ codice, denominazione, dal: adesso, al: null, autoreNome: attore.nome, motivo: PRIMA_CLASSIFICAZIONE }],
    assegnazioni: assegnazioni
      .map((a) => ({
        ...a,
        ...untouched,
        registrazioneId: atto.id,
        ufficio: refs.uffici.get(a.ufficioId)?.denominazione ?? '',
        dal: adesso,
        autoreNome: attore.nome,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    fascicoli: [],
    copie: [],
  })
}

function toRow(attore: Attore, { id, input, refs, documento, facts }: Atto, n: Numero): RegistrazioneRow {
  const { registro, voce } = refs
  return {
    id,
    registroId: registro.id,
    registroCodice: registro.codice,
    aooId: registro.aooId,
    aooCodice: registro.aooCodice,
    aooDenominazione: registro.aooDenominazione,
    aooIndirizzo: registro.aooIndirizzo,
    anno: n.anno,
    numero: n.numero,
    istante: new Date(n.istante),
    giorno: n.giorno,
    tipo: 'E',
    oggetto: input.oggetto,
    mezzo: input.mezzo,
    dataArrivo: new Date(input.dataArrivo),
    protocolloMittente: input.protocolloMittente?.numero ?? null,
    dataProtocolloMittente: input.protocolloMittente?.data ?? null,
    documentoId: documento.id,
    impronta: documento.files[0]?.sha256 ?? '',
    segnatura: segnaturaText(facts, 'E', n),
    riservato: facts.riservato,
    operatoreId: attore.id,
    operatoreNome: attore.nome,
    note: input.note,
    tipologia: input.tipologia,
    formazione: input.documento.formazione,
    modalitaFormazione: documento.modalitaFormazione,
    riservatezza: input.riservatezza,
    dataDocumento: input.dataDocumento ?? null,
    versione: 1,
    voceId: voce.id,
  }
}
