import { NotFound, RuleViolation } from '../kernel/errors.ts'

export function titolarioAssente(): NotFound {
  return new NotFound('titolario-assente', 'Non c’è un titolario in vigore per questa area organizzativa: attivane una versione.')
}

export function voceAssente(): NotFound {
  return new NotFound('voce-assente', 'La voce di titolario non esiste: scegli titolo e classe dall’elenco.')
}

export function voceChiusa(codice: string, dal: string): RuleViolation {
  return new RuleViolation('voce-chiusa', `La voce ${codice} è chiusa dal ${dal}: scegline una in vigore.`, [
    { campo: 'voceId', messaggio: `La voce ${codice} è chiusa.` },
  ])
}

export function soloTitolo(codice: string): RuleViolation {
  return new RuleViolation('classe-mancante', `Scegli titolo e classe: ${codice} è solo un titolo.`, [
    { campo: 'voceId', messaggio: 'Scegli titolo e classe.' },
  ])
}
