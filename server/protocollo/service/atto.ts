import { buildDocumento } from '../../documenti/index.ts'
import type { DocumentoCreato, NuovoDocumento } from '../../documenti/index.ts'
import { FaldoneError } from '../../kernel/errors.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { EnteRef } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import type { VoceInPlan } from '../../titolario/index.ts'
import { findErrors } from '../controlli.ts'
import { datiDaCorreggere, registrazioneNonConsentita, sottoclasseRiservata } from '../errors.ts'
import { canChooseSottoclasse, canRegister } from '../policy.ts'
import type { RegistroRow, UfficioRow } from '../repository.ts'
import type { CorrispondenteDto, NuovaRegistrazione } from '../schema/nuova.ts'
import { assertSegnaturaWritable } from '../segnatura.ts'
import type { SegnaturaFacts } from '../segnatura.ts'
import type { Membro, Riferimenti } from './membro.ts'

/** An act of registration with everything but its number. */
export interface Atto {
  readonly id: string
  readonly ente: EnteRef
  readonly membro: Membro
  readonly tipo: 'E' | 'U' | 'I'
  readonly registro: RegistroRow
  readonly voce: VoceInPlan
  /** The office in charge of what comes in or stays in; the one that formed what goes out. */
  readonly ufficio: UfficioRow
  readonly ufficioMittente: UfficioRow | null
  readonly uffici: ReadonlyMap<string, UfficioRow>
  readonly nuovo: NuovoDocumento
  readonly documento: DocumentoCreato
  /** Null while the file is awaited: a segnatura describes files. */
  readonly facts: SegnaturaFacts | null
  readonly riservato: boolean
  readonly adesso: Date
  readonly soggetti: readonly {
    readonly id: string
    readonly ruolo: 'mittente' | 'destinatario'
    readonly posizione: number
    readonly chi: CorrispondenteDto
  }[]
  readonly assegnazioni: readonly PrimaAssegnazione[]
  /** It goes to another administration: nobody sees it before its segnatura is sealed (REQ-PROT-036). */
  readonly daSigillare: boolean
}

/** An assignment the registration begins with. */
export interface PrimaAssegnazione {
  readonly id: string
  readonly ufficioId: string
  readonly operatoreId: string | null
  readonly tipo: 'competenza' | 'conoscenza'
  readonly stato: string
}

/**
 * Checks one request against what it names and makes an act of it. Throws every wrong field together (REQ-PROT-020), Forbidden when the person may not
 * register such a document, NotFound for a file that is not there or not his.
 */
export function buildAtto(ente: EnteRef, membro: Membro, r: Riferimenti, adesso: Date): Atto {
  const { input, scope, opzioni } = membro
  const tipo = input.tipo ?? 'E'
  if (!canRegister(scope.attore, tipo, 'ufficioMittenteId' in input ? input.ufficioMittenteId : null))
    throw registrazioneNonConsentita(tipo)
  const campi = [...findErrors(input, adesso), ...findErrorsOfReferences(membro, r, adesso)]
  const voce = r.voci.get(input.voceId)
  const ufficioMittente = 'ufficioMittenteId' in input ? (r.uffici.get(input.ufficioMittenteId) ?? null) : null
  const ufficio = 'assegnazione' in input ? r.uffici.get(input.assegnazione.ufficioId) : (ufficioMittente ?? undefined)
  if (campi.length > 0 || r.registro === null || voce === undefined || voce instanceof FaldoneError || ufficio === undefined)
    throw datiDaCorreggere(campi)
  const nuovo = toNuovoDocumento(membro, r.registro.aooId, voce.id)
  const documento = buildDocumento(nuovo, r.contenuti, scope.attore.id, opzioni.contenutiDelSistema === true)
  const riservato = input.riservatezza !== 'ORDINARIO'
  const facts: SegnaturaFacts | null =
    nuovo.principale === null
      ? null
      : {
          ente,
          registro: r.registro,
          oggetto: input.oggetto,
          riservato,
          voce,
          ...endsOf(input, r, ufficio),
          files: documento.files,
        }
  if (facts !== null) assertSegnaturaWritable(facts, romeDay(adesso))
  return {
    id: newId(),
    ente,
    membro,
    tipo,
    registro: r.registro,
    voce,
    ufficio,
    ufficioMittente,
    uffici: r.uffici,
    nuovo,
    documento,
    facts,
    riservato,
    adesso,
    soggetti: soggettiOf(input, r.uffici),
    assegnazioni: assegnazioniOf(input),
    daSigillare: input.tipo === 'U' && input.destinatari.some((d) => d.tipo === 'PAI'),
  }
}

/** What is wrong in what the request names: register, voice, offices, people, links, authorisation of a deferral. */
function findErrorsOfReferences(membro: Membro, r: Riferimenti, adesso: Date): CampoErrato[] {
  const { input, chiave } = membro
  const campi: CampoErrato[] = []
  const add = (campo: string, messaggio: string): void => void campi.push({ campo, messaggio })
  if (r.registro === null) add('registroId', 'Il registro non esiste o non è attivo.')
  campi.push(...findErrorsOfVoce(membro, r))
  if ('ufficioMittenteId' in input && !r.uffici.has(input.ufficioMittenteId))
    add('ufficioMittenteId', 'L’ufficio non esiste o è chiuso: scegline un altro.')
  if ('assegnazione' in input) {
    const { ufficioId, operatoreId } = input.assegnazione
    if (!r.uffici.has(ufficioId)) add('assegnazione.ufficioId', 'L’ufficio non esiste o è chiuso: scegline un altro.')
    else if (operatoreId !== undefined && !r.incarichi.has(`${operatoreId} ${ufficioId}`))
      add('assegnazione.operatoreId', 'La persona non ha un incarico in questo ufficio.')
  }
  input.perConoscenza.forEach((u, i) => {
    if (!r.uffici.has(u)) add(`perConoscenza.${i}`, 'L’ufficio non esiste o è chiuso.')
  })
  input.collegamenti?.forEach((c, i) => {
    if (r.collegabili.get(chiave)?.has(c.registrazioneId) !== true)
      add(`collegamenti.${i}.registrazioneId`, 'La registrazione da collegare non esiste o non puoi vederla.')
  })
  if ('differimento' in input && input.differimento !== undefined) campi.push(...findErrorsOfAutorizzazione(input, r, adesso))
  return campi
}

function findErrorsOfVoce({ input, scope }: Membro, r: Riferimenti): CampoErrato[] {
  const voce = r.voci.get(input.voceId)
  if (voce === undefined) return [{ campo: 'voceId', messaggio: 'Scegli titolo e classe.' }]
  const refusal =
    voce instanceof FaldoneError ? voce : voce.livello > 2 && !canChooseSottoclasse(scope.attore) ? sottoclasseRiservata() : null
  if (refusal === null) return []
  return refusal.campi.length > 0 ? [...refusal.campi] : [{ campo: 'voceId', messaggio: refusal.message }]
}

/** The deferral must be the one the RGD authorised: its period covers the arrival, its term is not passed nor moved (REQ-PROT-070). */
function findErrorsOfAutorizzazione(
  input: Extract<NuovaRegistrazione, { mittenti: unknown }>,
  r: Riferimenti,
  adesso: Date,
): CampoErrato[] {
  const { autorizzazione, entroIl } = input.differimento as NonNullable<typeof input.differimento>
  const row = r.differimenti.get(autorizzazione)
  if (row === undefined)
    return [
      {
        campo: 'differimento.autorizzazione',
        messaggio: 'Il responsabile della gestione documentale non ha autorizzato questo differimento.',
      },
    ]
  const campi: CampoErrato[] = []
  const arrivo = romeDay(new Date(input.dataArrivo))
  if (arrivo < row.dal || arrivo > row.al)
    campi.push({ campo: 'differimento.autorizzazione', messaggio: 'Il giorno di arrivo è fuori dal periodo autorizzato.' })
  if (romeDay(adesso) > row.entroIl)
    campi.push({
      campo: 'differimento',
      messaggio: 'Il termine del differimento è passato: registra senza differimento, lo scostamento resta segnalato.',
    })
  if (entroIl !== row.entroIl) campi.push({ campo: 'differimento.entroIl', messaggio: 'Il termine non è quello autorizzato.' })
  return campi
}

function toNuovoDocumento({ input, opzioni }: Membro, aooId: string, voceId: string): NuovoDocumento {
  return {
    aooId,
    oggetto: input.oggetto,
    tipologia: input.tipologia,
    // A paper without its scan will be the image of a paper.
    formazione: input.documento?.formazione ?? 'scansione',
    riservatezza: input.riservatezza,
    dataDocumento: input.dataDocumento ?? null,
    voceId,
    principale: input.documento ?? null,
    allegati: input.allegati,
    annessi: opzioni.annessi ?? [],
  }
}

/** Sender and addressees of the segnatura. */
function endsOf(input: NuovaRegistrazione, r: Riferimenti, ufficio: UfficioRow): Pick<SegnaturaFacts, 'mittente' | 'destinatari'> {
  if (input.tipo === 'U') return { mittente: ufficio, destinatari: input.destinatari }
  if (input.tipo === 'I') {
    const offices = [...new Set([input.assegnazione.ufficioId, ...input.perConoscenza])]
    return {
      mittente: r.uffici.get(input.ufficioMittenteId) as UfficioRow,
      destinatari: offices.map((id) => r.uffici.get(id) as UfficioRow),
    }
  }
  return { mittente: input.mittenti[0] as (typeof input.mittenti)[number], destinatari: [ufficio] }
}

function soggettiOf(input: NuovaRegistrazione, uffici: Riferimenti['uffici']): Atto['soggetti'] {
  if (input.tipo === 'U') return input.destinatari.map((chi, i) => ({ id: newId(), ruolo: 'destinatario', posizione: i + 1, chi }))
  if (input.tipo !== 'I') return input.mittenti.map((chi, i) => ({ id: newId(), ruolo: 'mittente', posizione: i + 1, chi }))
  return [input.assegnazione.ufficioId, ...new Set(input.perConoscenza)].map((id, i) => {
    const { denominazione, codice } = uffici.get(id) as UfficioRow
    return {
      id: newId(),
      ruolo: 'destinatario',
      posizione: i + 1,
      chi: { tipo: 'UO', denominazione, codice, ...(i === 0 ? {} : { perConoscenza: true }) },
    }
  })
}

function assegnazioniOf(input: NuovaRegistrazione): PrimaAssegnazione[] {
  const competenza = 'assegnazione' in input ? [input.assegnazione] : []
  return [
    ...competenza.map(({ ufficioId, operatoreId = null }): PrimaAssegnazione => ({
      id: newId(),
      ufficioId,
      operatoreId,
      tipo: 'competenza',
      stato: 'da_prendere_in_carico',
    })),
    ...[...new Set(input.perConoscenza)].map((ufficioId): PrimaAssegnazione => ({
      id: newId(),
      ufficioId,
      operatoreId: null,
      tipo: 'conoscenza',
      stato: 'per_conoscenza',
    })),
  ]
}
