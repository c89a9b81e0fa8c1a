import { Conflict, NotFound, RuleViolation } from '../kernel/errors.ts'

export function messaggioAssente(): NotFound {
  return new NotFound('messaggio-assente', 'Il messaggio non esiste.')
}

export function casellaAssente(): NotFound {
  return new NotFound('casella-assente', 'La casella non esiste.')
}

/** Somebody else has the message open (lock of ten minutes). */
export function messaggioInLavorazione(nome: string): Conflict {
  return new Conflict(
    'messaggio-in-lavorazione',
    `Il messaggio è in lavorazione da parte di ${nome}: scegline un altro o riprova tra qualche minuto.`,
  )
}

export function messaggioGiaTrattato(stato: string): Conflict {
  return new Conflict('messaggio-gia-trattato', `Il messaggio è già stato trattato (${stato}): aggiorna l’elenco.`)
}

/** REQ-PROT-011: what arrives from a domicilio digitale is always registered; the exclusion list cannot be used for it. */
export function esclusioneVietata(): RuleViolation {
  return new RuleViolation(
    'ART_40BIS',
    'Una PEC non si può escludere: le comunicazioni arrivate da un domicilio digitale si registrano sempre (CAD, art. 40-bis).',
  )
}

export function fileEstraneo(): NotFound {
  return new NotFound('file-estraneo', 'Uno dei file indicati non fa parte del messaggio.')
}

/** REQ-PEC-004, REQ-PEC-013: only a verified envelope counts as an arrival by PEC. */
export function mezzoNonVerificato(): RuleViolation {
  return new RuleViolation('mezzo-non-verificato', 'Il messaggio non è una PEC verificata: scegli PEO come mezzo di arrivo.', [
    { campo: 'mezzo', messaggio: 'Il messaggio non è una PEC verificata: scegli PEO.' },
  ])
}

/** REQ-PROT-011: istanze and dichiarazioni presented by electronic means are always registered. */
export function istanzaNonEscludibile(): RuleViolation {
  return new RuleViolation(
    'ART_40BIS',
    'Il messaggio presenta un’istanza o una dichiarazione: si registra sempre (CAD, articoli 40-bis e 65), non si può escludere.',
  )
}

export function tipoEsclusioneAssente(): NotFound {
  return new NotFound('tipo-esclusione-assente', 'Il tipo di esclusione non esiste, è chiuso o ricade sotto un’altra voce.')
}

export function collegaNonAbilitato(): RuleViolation {
  return new RuleViolation('collega-non-abilitato', 'Questa persona non lavora la coda dei messaggi: scegline un’altra.', [
    { campo: 'operatoreId', messaggio: 'Questa persona non lavora la coda dei messaggi.' },
  ])
}
