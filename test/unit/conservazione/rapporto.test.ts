import { describe, expect, it } from '@jest/globals'
import { readRapporto, writeRapporto } from '../../../metadata-schemas/rdv/index.ts'
import type { PacchettoRapporto, RapportoVersamento } from '../../../metadata-schemas/rdv/index.ts'
import { canMove, judgeRapporto, resumeFrom, statiVersamento } from '../../../server/conservazione/rules.ts'
import type { Giudizio, Inviato } from '../../../server/conservazione/rules.ts'

const INDICE = 'a'.repeat(64)
const PACCHETTO = 'b'.repeat(64)
const DOCUMENTO = '0197f0a0-2222-7000-8000-000000000001'

const inviato: Inviato = {
  idPdv: 'c_x901-AX901A0-20260502-000001',
  improntaIndice: INDICE,
  improntaPacchetto: PACCHETTO,
  codiceIpa: 'c_x901',
  identificativo: 'CF:IT-00999000001',
  documenti: [DOCUMENTO],
  trasmessoIl: new Date('2026-05-02T10:00:00Z'),
}

function report(changes: Partial<PacchettoRapporto> = {}, outer: Partial<RapportoVersamento> = {}): RapportoVersamento {
  const pacchetto: PacchettoRapporto = {
    idPdv: inviato.idPdv,
    impronte: [
      { oggetto: 'PACCHETTO', algoritmo: 'SHA-256', esadecimale: PACCHETTO },
      { oggetto: 'INDICE', algoritmo: 'SHA-256', esadecimale: INDICE },
    ],
    esito: 'POSITIVO',
    anomalie: [],
    oggetti: [{ tipo: 'DOCUMENTO', idOggetto: DOCUMENTO, esito: 'ACCETTATO', file: [], anomalie: [] }],
    ...changes,
  }
  const r: RapportoVersamento = {
    idRapporto: 'PROVA-0001',
    riferimentoTemporale: new Date('2026-05-02T10:01:00Z'),
    conservatore: { denominazione: 'Conservatore di prova', identificativo: 'PROVA' },
    titolare: { denominazione: 'Comune di Castelvento', identificativo: 'CF:IT-00999000001', codiceIpa: 'c_x901' },
    esito: pacchetto.esito,
    pacchetti: [pacchetto],
    ...outer,
  }
  // Through the file as it would arrive: what cannot be written or read is not a case.
  return readRapporto(writeRapporto(r))
}

const judge = (r: RapportoVersamento): Giudizio => judgeRapporto(r, inviato)
const codes = (g: Giudizio): string[] => g.anomalie.map((a) => a.codice)

describe('what a rapporto di versamento proves', () => {
  it('REQ-CONS-101 positive for our package and citing the digest of our index: conservato', () => {
    expect(judge(report())).toEqual({ stato: 'CONSERVATO', esito: 'POSITIVO', anomalie: [] })
  })

  it('REQ-CONS-101 positive and citing another index, or none: never conservato', () => {
    const other = report({ impronte: [{ oggetto: 'INDICE', algoritmo: 'SHA-256', esadecimale: 'c'.repeat(64) }] })
    const onlyPackage = report({ impronte: [{ oggetto: 'PACCHETTO', algoritmo: 'SHA-256', esadecimale: PACCHETTO }] })
    const stranger = report({
      impronte: [
        { oggetto: 'INDICE', algoritmo: 'SHA-256', esadecimale: INDICE },
        { oggetto: 'PACCHETTO', algoritmo: 'SHA-256', esadecimale: 'c'.repeat(64) },
      ],
    })
    for (const r of [other, onlyPackage, stranger]) {
      expect(judge(r).stato).toBe('ERRORE')
      expect(codes(judge(r))).toEqual(['RDV_NON_COLLEGABILE'])
    }
  })

  it('a report of another package or of another body proves nothing', () => {
    expect(codes(judge(report({ idPdv: 'c_x901-AX901A0-20260502-000002' })))).toEqual(['RDV_ALTRO_PACCHETTO'])
    const titolare = { denominazione: 'Comune di Roccapiana', identificativo: 'CF:IT-00999000002', codiceIpa: 'c_x902' }
    expect(judge(report({}, { titolare }))).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'RDV_ALTRO_TITOLARE' }] })
  })

  it('negative and partial outcomes are a refusal with their reasons', () => {
    const anomalie = [{ gravita: 'ERRORE', codice: 'META-XSD', messaggio: 'Metadati non validi.', riprovabile: false }] as const
    expect(judge(report({ esito: 'NEGATIVO', anomalie, oggetti: [] }))).toMatchObject({
      stato: 'RIFIUTATO',
      esito: 'NEGATIVO',
      anomalie: [{ codice: 'META-XSD' }],
    })
    expect(judge(report({ esito: 'PARZIALE' })).stato).toBe('RIFIUTATO')
    const oggetti = [{ tipo: 'DOCUMENTO', idOggetto: DOCUMENTO, esito: 'RIFIUTATO', file: [], anomalie: [] }] as const
    expect(judge(report({ oggetti })).stato).toBe('RIFIUTATO')
  })

  it('a positive report that leaves a document out does not cover it', () => {
    const oggetti = [{ tipo: 'FASCICOLO', idOggetto: '2026-VI/3.12', esito: 'ACCETTATO', file: [], anomalie: [] }] as const
    expect(judge(report({ oggetti }))).toMatchObject({ stato: 'ERRORE', anomalie: [{ codice: 'RDV_INCOMPLETO', percorso: DOCUMENTO }] })
  })

  it('a report dated well before the transmission is accepted with a warning', () => {
    const r = report({}, { riferimentoTemporale: new Date('2026-05-02T09:00:00Z') })
    expect(judge(r)).toMatchObject({ stato: 'CONSERVATO', anomalie: [{ gravita: 'AVVISO', codice: 'RDV_TEMPO' }] })
  })
})

const at = (stato: (typeof statiVersamento)[number], congelato = true, conPacchetto = true) =>
  resumeFrom({ stato, congelato, conPacchetto, registro: false })

describe('the states of a versamento', () => {
  it('nothing leaves CONSERVATO and RIFIUTATO, and only a transmitted one becomes CONSERVATO', () => {
    for (const stato of statiVersamento) {
      expect(canMove('CONSERVATO', stato)).toBe(false)
      expect(canMove('RIFIUTATO', stato)).toBe(false)
      expect(canMove(stato, 'CONSERVATO')).toBe(stato === 'TRASMESSO')
    }
  })

  it('repeating takes up the step where it stopped', () => {
    expect(at('CONSERVATO')).toBeNull()
    expect(at('RIFIUTATO')).toBeNull()
    expect(at('ERRORE', false, false)).toEqual({ evento: 'fascicoloChiuso', stato: 'ERRORE' })
    expect(at('ERRORE', true, false)).toEqual({ evento: 'versamentoPreparato', stato: 'IN_PREPARAZIONE' })
    expect(at('ERRORE')).toEqual({ evento: 'versamentoPronto', stato: 'PRONTO' })
    expect(at('TRASMESSO')).toEqual({ evento: 'versamentoTrasmesso', stato: 'TRASMESSO' })
  })
})
