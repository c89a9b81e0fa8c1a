import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation } from '../kernel/errors.ts'

export function registroAssente(): NotFound {
  return new NotFound('registro-giornaliero-assente', 'Il registro giornaliero non esiste.')
}

export function registroNonTrovato(): NotFound {
  return new NotFound('registro-assente', 'Il registro non esiste.')
}

export function contenutoRiservato(): Forbidden {
  return new Forbidden(
    'registro-riservato',
    'Il registro contiene dati riservati: lo apre per intero il responsabile della gestione documentale o il suo vicario. Per gli altri c’è la copia per la consultazione.',
  )
}

export function soloResponsabile(): Forbidden {
  return new Forbidden(
    'solo-responsabile',
    'Il registro giornaliero lo rigenera e lo esporta il responsabile della gestione documentale o il suo vicario.',
  )
}

export function nessunGiorno(): NotFound {
  return new NotFound('nessun-registro', 'In questo periodo non c’è alcun registro giornaliero da esportare.')
}

export function periodoErrato(): InvalidInput {
  return new InvalidInput('periodo-errato', 'Il periodo non è valido.', [
    { campo: 'al', messaggio: 'L’ultimo giorno viene dopo il primo e dista al massimo un anno.' },
  ])
}

export function nonProdotto(motivo: string): Conflict {
  return new Conflict('registro-non-prodotto', motivo)
}

export function interruzioneAssente(): NotFound {
  return new NotFound('interruzione-assente', 'L’interruzione non esiste.')
}

export function interruzioneChiusa(): Conflict {
  return new Conflict('interruzione-chiusa', 'L’interruzione è già chiusa.')
}

export function soloFirmatario(): Forbidden {
  return new Forbidden('solo-firmatario', 'Il registro giornaliero lo firma il responsabile della gestione documentale o il suo vicario.')
}

export function nonFirmato(): InvalidInput {
  const messaggio = 'Carica il PDF del registro firmato (PAdES): il file scelto non ha una firma, oppure non l’hai caricato tu.'
  return new InvalidInput('registro-non-firmato', messaggio, [{ campo: 'contenutoId', messaggio }])
}

/** The signed file holds something else than the register that was produced. */
export function firmatoDiverso(): RuleViolation {
  const messaggio =
    'Il file firmato non è il registro prodotto con la sola firma in più: scarica di nuovo il PDF da questa pagina, firmalo senza modificarlo e caricalo.'
  return new RuleViolation('registro-firmato-diverso', messaggio, [{ campo: 'contenutoId', messaggio }])
}

export function firmaNonValida(motivo: string): RuleViolation {
  return new RuleViolation('firma-non-valida', motivo, [{ campo: 'contenutoId', messaggio: motivo }])
}

export function firmatarioEstraneo(nome: string): RuleViolation {
  const messaggio = `La firma è di ${nome}: il registro lo firma chi oggi è responsabile della gestione documentale o vicario, con il suo codice fiscale nel certificato.`
  return new RuleViolation('firmatario-estraneo', messaggio, [{ campo: 'contenutoId', messaggio }])
}

export function giaSottoscritto(): Conflict {
  return new Conflict(
    'registro-non-da-firmare',
    'Questo registro non attende una firma: è già sottoscritto, o c’è una versione più recente.',
  )
}

export function attendeLaFirma(): Conflict {
  return new Conflict('registro-da-firmare', 'Il registro attende la firma del responsabile della gestione documentale: poi parte da solo.')
}

export function copieNelloStessoLuogo(): InvalidInput {
  return new InvalidInput('copie-nello-stesso-luogo', 'Le due copie sono nello stesso luogo.', [
    {
      campo: 'esito.copiaEmergenza',
      messaggio: 'La copia dei registri di emergenza sta in un luogo diverso da quella dei dati del registro (TUDA art. 62).',
    },
  ])
}

export function provaFutura(): InvalidInput {
  return new InvalidInput('prova-futura', 'La data della prova è nel futuro.', [
    { campo: 'esito.eseguitaIl', messaggio: 'La prova di ripristino non può essere successiva ad adesso.' },
  ])
}

export function registroNonConfrontabile(perche: string): RuleViolation {
  return new RuleViolation(
    'registro-non-confrontabile',
    `La prova vale solo se è confrontata con l’ultimo registro giornaliero in conservazione: ${perche}.`,
    [{ campo: 'esito.identificativo', messaggio: `Ripeti il confronto: ${perche}.` }],
  )
}
