import { describe } from '@jest/globals'
import { testRows } from './allegato5-rule-rows.ts'
import type { Bozza, Riga } from './allegato5-rule-rows.ts'
import { CAMPIONI } from './allegato5-samples.ts'

function without(modello: Bozza, ruolo: string): void {
  modello.soggetti = modello.soggetti.filter((voce: Bozza) => voce.ruolo !== ruolo)
}

const internal = (m: Bozza): void => {
  m.flusso = 'I'
  without(m, 'Mittente')
  m.soggetti.push(
    { ruolo: 'Autore', soggetto: structuredClone(CAMPIONI['dai-completo'].soggetti[7]?.soggetto) },
    { ruolo: 'Assegnatario', soggetto: structuredClone(CAMPIONI['dai-completo'].soggetti[1]?.soggetto) },
  )
}

const SOGGETTI: Riga[] = [
  { regola: 'R70', campione: 'di-minimo', caso: 'neither author nor sender', viola: (m) => without(m, 'Autore'), percorso: 'Soggetti' },
  {
    regola: 'R70',
    campione: 'di-completo',
    caso: 'a software does not count as author',
    prima: (m) => without(m, 'Mittente'),
    viola: (m) => without(m, 'Autore'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R71',
    campione: 'dai-minimo',
    caso: 'incoming without sender blocks a DAI',
    gravita: 'E',
    viola: (m) => without(m, 'Mittente'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R71',
    campione: 'di-minimo',
    caso: 'incoming without sender warns for a DI',
    gravita: 'W',
    viola: (m) => (m.flusso = 'E'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R72',
    campione: 'dai-completo',
    caso: 'outgoing without recipients blocks a DAI',
    gravita: 'E',
    viola: (m) => without(m, 'Destinatario'),
    percorso: 'Soggetti',
    fatti: ['numeroDestinatari'],
  },
  {
    regola: 'R72',
    campione: 'dai-completo',
    caso: 'a recipient not listed',
    gravita: 'E',
    viola: (_m, c) => (c.numeroDestinatari = 5),
    percorso: 'Soggetti',
  },
  {
    regola: 'R72',
    campione: 'di-completo',
    caso: 'outgoing without recipients warns for a DI',
    gravita: 'W',
    viola: (m) => without(m, 'Destinatario'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R73',
    campione: 'dai-minimo',
    caso: 'internal without a receiving office',
    prima: internal,
    viola: (m) => without(m, 'Assegnatario'),
    percorso: 'Soggetti',
    fatti: ['aoo'],
  },
  {
    regola: 'R73',
    campione: 'dai-minimo',
    caso: 'internal to an office of another AOO',
    prima: internal,
    viola: (m) => (m.soggetti.at(-1).soggetto.ipaAoo = { denominazione: 'Altra', codice: 'AX902A0' }),
    percorso: 'Soggetti',
  },
  {
    regola: 'R73',
    campione: 'dai-minimo',
    caso: 'internal with an external sender',
    prima: internal,
    viola: (m) => m.soggetti.push({ ruolo: 'Mittente', soggetto: { tipo: 'PG', denominazione: 'Molino Alto S.n.c.' } }),
    percorso: 'Soggetti/Ruolo[4]/Mittente',
  },
  {
    regola: 'R74',
    campione: 'dai-minimo',
    caso: 'no registering administration',
    viola: (m) => without(m, 'AmministrazioneCheEffettuaLaRegistrazione'),
    percorso: 'Soggetti',
    fatti: ['aoo'],
  },
  {
    regola: 'R74',
    campione: 'dai-minimo',
    caso: 'registering administration of another AOO',
    viola: (_m, c) => (c.aoo.codiceAoo = 'AX902A0'),
    percorso: 'Soggetti/Ruolo[1]/AmministrazioneCheEffettuaLaRegistrazione/PAI',
  },
  {
    regola: 'R75',
    campione: 'di-completo',
    caso: 'registered DI without who registered it',
    viola: (m) => without(m, 'SoggettoCheEffettuaLaRegistrazione'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R76',
    campione: 'dai-minimo',
    caso: 'made by a system that is not named',
    viola: (_m, c) => (c.prodottoAutomaticamente = true),
    percorso: 'Soggetti',
    fatti: ['prodottoAutomaticamente'],
  },
  {
    regola: 'R77',
    campione: 'dai-completo',
    caso: 'assigned to an office not listed',
    prima: (_m, c) => (c.ufficiAssegnatari = [{ codice: 'X901U2', denominazione: 'Edilizia' }]),
    viola: (_m, c) => (c.ufficiAssegnatari[0].codice = 'X901U3'),
    percorso: 'Soggetti',
    fatti: ['ufficiAssegnatari'],
  },
  {
    regola: 'R77',
    campione: 'di-completo',
    caso: 'assigned to an office not listed, by name',
    prima: (_m, c) => (c.ufficiAssegnatari = [{ codice: 'X', denominazione: 'Ufficio tecnico' }]),
    viola: (m) => without(m, 'Assegnatario'),
    percorso: 'Soggetti',
  },
  {
    regola: 'R78',
    campione: 'dai-minimo',
    caso: 'document of a procedure without RUP',
    viola: (_m, c) => (c.fascicoloDiProcedimento = true),
    percorso: 'Soggetti',
    fatti: ['fascicoloDiProcedimento'],
  },
  {
    regola: 'R79',
    campione: 'dai-minimo',
    caso: 'kind of subject that the role does not admit',
    viola: (m) => (m.soggetti[1].ruolo = 'Assegnatario'),
    percorso: 'Soggetti/Ruolo[2]/Assegnatario',
  },
  {
    regola: 'R79',
    campione: 'di-minimo',
    caso: 'role of another profile',
    viola: (m) => (m.soggetti[0].ruolo = 'RUP'),
    percorso: 'Soggetti/Ruolo[1]/RUP',
  },
]

describe('Allegato 5 rules: subjects', () => testRows(SOGGETTI))
