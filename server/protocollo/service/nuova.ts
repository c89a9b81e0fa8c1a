import type { Numero } from '../numerazione.ts'
import { presentRegistrazione } from '../presenter.ts'
import type { RegistrazioneRow } from '../repository.ts'
import { PRIMA_CLASSIFICAZIONE } from '../rules.ts'
import type { RegistrazioneDto } from '../schema.ts'
import { segnaturaText } from '../segnatura.ts'
import { toSoggettoRow } from '../soggetti.ts'
import type { Atto } from './atto.ts'
import { improntaOf, operatoreOf } from './scrittura.ts'

/**
 * A registration just written as reading it would show it, without nine statements to read what is already here: no copy and no fascicolo can exist yet.
 * Null when it holds what only the database knows: the name of a person, the number of a linked registration, a sealed segnatura.
 */
export function presentNuova(atto: Atto, n: Numero): RegistrazioneDto | null {
  const { documento, adesso, assegnazioni, membro } = atto
  if (atto.daSigillare || assegnazioni.some((a) => a.operatoreId !== null) || (membro.input.collegamenti ?? []).length > 0) return null
  const { codice, denominazione } = atto.voce
  const autoreNome = operatoreOf(atto).nome
  const untouched = { operatoreNome: null, motivo: null, nota: null, al: null, presaDaNome: null, presaIl: null }
  return presentRegistrazione(toRow(atto, n), {
    soggetti: atto.soggetti.map(({ chi, ruolo, posizione }) => toSoggettoRow(chi, ruolo, posizione)),
    files: documento.files,
    voce: atto.voce,
    storia: [{ codice, denominazione, dal: adesso, al: null, autoreNome, motivo: PRIMA_CLASSIFICAZIONE }],
    assegnazioni: assegnazioni
      .map((a) => ({
        ...a,
        ...untouched,
        registrazioneId: atto.id,
        ufficio: atto.uffici.get(a.ufficioId)?.denominazione ?? '',
        dal: adesso,
        autoreNome,
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    fascicoli: [],
    copie: [],
    collegamenti: [],
  })
}

function toRow(atto: Atto, n: Numero): RegistrazioneRow {
  const { id, membro, registro, voce, documento, nuovo, ufficioMittente } = atto
  const { input, opzioni } = membro
  const entrata = 'mittenti' in input ? input : null
  const operatore = operatoreOf(atto)
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
    tipo: atto.tipo,
    oggetto: input.oggetto,
    mezzo: input.mezzo,
    dataArrivo: entrata === null ? null : new Date(entrata.dataArrivo),
    protocolloMittente: entrata?.protocolloMittente?.numero ?? null,
    dataProtocolloMittente: entrata?.protocolloMittente?.data ?? null,
    documentoId: documento.id,
    impronta: improntaOf(atto),
    segnatura: segnaturaText({ ente: atto.ente, registro }, atto.tipo, n),
    riservato: atto.riservato,
    operatoreId: operatore.id,
    operatoreNome: operatore.nome,
    note: input.note,
    tipologia: input.tipologia,
    formazione: nuovo.formazione,
    modalitaFormazione: documento.modalitaFormazione,
    riservatezza: input.riservatezza,
    dataDocumento: input.dataDocumento ?? null,
    versione: 1,
    voceId: voce.id,
    ufficioMittenteId: ufficioMittente?.id ?? null,
    ufficioMittente: ufficioMittente?.denominazione ?? null,
    scansioneAttesa: nuovo.principale === null,
    descrizioneCartaceo: entrata?.descrizioneCartaceo ?? null,
    differimentoAutorizzazione: entrata?.differimento?.autorizzazione ?? null,
    differimentoMotivo: entrata?.differimento?.motivo ?? null,
    differimentoEntroIl: entrata?.differimento?.entroIl ?? null,
    emergenzaNumero: opzioni.emergenza?.numero ?? null,
    emergenzaIstante: opzioni.emergenza === undefined ? null : new Date(opzioni.emergenza.istante),
  }
}
