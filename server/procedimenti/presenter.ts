import { formatItalianDay, romeDay } from '../kernel/time.ts'
import type { VersioneRow } from './repository.ts'
import { daDefinire } from './rules.ts'
import type { ProcedimentoDto, RigaProcedimentoDto, SchedaPubblicaDto } from './schema.ts'
import { TERMINE_ORDINARIO } from './termini.ts'

const DEFINIRE = 'da definire'
const named = (id: string | null, nome: string | null): { id: string; nome: string } | null =>
  id === null ? null : { id, nome: nome ?? '' }

/** A row of the catalogue. */
export function presentRigaProcedimento(v: VersioneRow): RigaProcedimentoDto {
  return {
    id: v.procedimentoId,
    codice: v.codice,
    attivo: v.attivo,
    versione: v.numero,
    versioneId: v.id,
    denominazione: v.denominazione,
    materia: v.materia,
    iniziativa: v.iniziativa,
    voce: { codice: v.codiceVoce, denominazione: v.voce },
    ufficio: named(v.ufficioId, v.ufficio),
    responsabile: named(v.responsabileId, v.responsabile),
    termineGiorni: v.termineGiorni,
    termineUnita: v.termineUnita,
    silenzio: v.silenzio,
    passi: v.passi.length,
    daDefinire: daDefinire(v),
  }
}

/** A version with everything its editor needs. */
export function presentProcedimento(v: VersioneRow, versioni: readonly VersioneRow[]): ProcedimentoDto {
  return {
    ...presentRigaProcedimento(v),
    scheda: v.scheda,
    passi: v.passi,
    fascicolo: v.fascicolo,
    motivo: v.motivo,
    autore: v.autoreNome,
    creataIl: v.creataIl.toISOString(),
    versioni: versioni.map((w) => ({
      numero: w.numero,
      id: w.id,
      motivo: w.motivo,
      autore: w.autoreNome,
      creataIl: w.creataIl.toISOString(),
    })),
  }
}

/** The term in words; what nobody set is said, with what the law then wants (L. 241/1990 art. 2 c. 2). */
export function describeTermine(v: Pick<VersioneRow, 'termineGiorni' | 'termineUnita'>): string {
  if (v.termineGiorni === null) return `${DEFINIRE}: si applica il termine ordinario di ${TERMINE_ORDINARIO} giorni`
  return `${v.termineGiorni} ${v.termineUnita}`
}

const SILENZI: Readonly<Record<VersioneRow['silenzio'], string>> = {
  nessuno: 'Il silenzio non ha un significato proprio.',
  assenso: 'Decorso il termine senza un provvedimento, la domanda si intende accolta (silenzio-assenso).',
  diniego: 'Decorso il termine senza un provvedimento, la domanda si intende respinta (silenzio-diniego).',
  inadempimento: 'Il silenzio oltre il termine è un inadempimento: ci si può rivolgere al titolare del potere sostitutivo e al giudice.',
}

const euro = new Intl.NumberFormat('it-IT', { style: 'currency', currency: 'EUR' })

type Voce = { nome: string; valore: string }
const list = (values: readonly string[], none: string): string => (values.length === 0 ? none : values.join('; '))

/** The sheet of d.lgs. 33/2013 art. 35 c. 1: every letter has its line, and what is not known says so. */
export function presentScheda(v: VersioneRow, ente: string): SchedaPubblicaDto {
  return {
    codice: v.codice,
    denominazione: v.denominazione,
    materia: v.materia,
    ente,
    versione: v.numero,
    aggiornataIl: romeDay(v.creataIl),
    sezioni: [
      { titolo: 'Che cos’è', voci: whatIs(v) },
      { titolo: 'Chi se ne occupa', voci: whoDoes(v) },
      ...(v.iniziativa === 'parte' ? [{ titolo: 'Come si chiede', voci: howToAsk(v) }] : []),
      { titolo: 'Quanto tempo serve', voci: howLong(v) },
      { titolo: 'Come tutelarsi', voci: howToDefend(v) },
    ],
  }
}

function whatIs(v: VersioneRow): Voce[] {
  return [
    { nome: 'Descrizione', valore: v.scheda.descrizione },
    { nome: 'Norme', valore: list(v.scheda.norme, DEFINIRE) },
    { nome: 'Inizio', valore: v.iniziativa === 'parte' ? 'a domanda di chi è interessato' : 'd’ufficio' },
    { nome: 'Come si conclude', valore: v.scheda.esito ?? DEFINIRE },
  ]
}

function whoDoes(v: VersioneRow): Voce[] {
  const { contatti } = v.scheda
  return [
    { nome: 'Ufficio responsabile dell’istruttoria', valore: v.ufficio ?? DEFINIRE },
    { nome: 'Responsabile del procedimento', valore: v.responsabile ?? DEFINIRE },
    { nome: 'Chi adotta il provvedimento finale', valore: v.scheda.organoCompetente ?? v.ufficio ?? DEFINIRE },
    { nome: 'Telefono', valore: contatti.telefono ?? DEFINIRE },
    { nome: 'Posta elettronica', valore: contatti.email ?? DEFINIRE },
    { nome: 'Orari di accesso', valore: contatti.orari ?? DEFINIRE },
    { nome: 'Come avere informazioni', valore: v.scheda.informazioni ?? DEFINIRE },
  ]
}

function howToAsk(v: VersioneRow): Voce[] {
  const { scheda: s } = v
  const pagamenti = s.pagamenti.map((p) => `${p.voce}: ${p.importo === null ? DEFINIRE : euro.format(p.importo)}`)
  return [
    { nome: 'Documenti da allegare', valore: list(s.documenti, 'nessuno') },
    {
      nome: 'Moduli',
      valore: list(
        s.moduli.map((m) => `${m.nome} (${m.indirizzo})`),
        DEFINIRE,
      ),
    },
    { nome: 'Pagamenti', valore: list(pagamenti, 'nessuno') },
    ...(s.pagamenti.length === 0 ? [] : [{ nome: 'Come si paga', valore: s.modalitaPagamento ?? DEFINIRE }]),
    { nome: 'Servizio in rete', valore: s.servizioOnline ?? 'non disponibile' },
  ]
}

function howLong(v: VersioneRow): Voce[] {
  return [
    { nome: 'Termine di conclusione', valore: describeTermine(v) },
    { nome: 'Da quando decorre', valore: v.scheda.decorrenza },
    { nome: 'Se il termine passa', valore: SILENZI[v.silenzio] },
    { nome: 'Titolare del potere sostitutivo', valore: v.scheda.potereSostitutivo ?? DEFINIRE },
  ]
}

function howToDefend(v: VersioneRow): Voce[] {
  return [
    { nome: 'Strumenti di tutela', valore: v.scheda.tutela ?? DEFINIRE },
    { nome: 'Scheda aggiornata il', valore: formatItalianDay(romeDay(v.creataIl)) },
  ]
}
