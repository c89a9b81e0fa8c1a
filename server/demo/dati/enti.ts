import { partitaIvaControllo } from '../../../metadata-schemas/codici/index.ts'
import { readTitolarioComuni } from '../../../titolario/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertRows, queryFound } from '../../kernel/scope.ts'
import type { EnteRef, Scope } from '../../kernel/scope.ts'
import { entiEndpoints, findEnte, inEnte } from '../../enti/index.ts'
import type { EnteRow } from '../../enti/index.ts'
import { adoptTitolarioWithin, createBozza, importPiano, readVersione, splitVoce } from '../../titolario/index.ts'
import { perform } from './ambito.ts'
import { pianoDimostrativo } from './piano.ts'
import { CASELLA_SUAP } from './doppione.ts'

/** An office: code, name, voices of the plan it answers for by default. */
type Ufficio = readonly [codice: string, denominazione: string, voci: readonly string[]]

/** A municipality of the invented association. `uffici` empty: only its place in the directory, AOO, register and protocol office. */
export interface ModelloEnte {
  readonly slug: string
  readonly denominazione: string
  readonly serie: number
  readonly tavolozza: string
  readonly uffici: readonly Ufficio[]
}

const CASTELVENTO: readonly Ufficio[] = [
  ['SEG', 'Segreteria generale', ['I', 'I/4', 'I/8', 'I/15', 'II/3', 'II/7', 'XII/3', 'XIV']],
  ['LEG', 'Affari legali', ['V/1', 'V/2', 'V/3']],
  ['RAG', 'Ragioneria ed economato', ['IV/1', 'IV/2', 'IV/4', 'IV/6', 'III/1', 'III/6']],
  ['TRI', 'Tributi', ['IV/3', 'IV/14']],
  ['SUE', 'Sportello unico edilizia', ['VI/1', 'VI/3', 'VI/6']],
  ['SUAP', 'Attività produttive', ['VIII/2', 'VIII/4', 'VIII/5', 'VIII/6']],
  ['UTC', 'Lavori pubblici e manutenzioni', ['VI/4', 'VI/5', 'VI/8', 'VI/9', 'VI/10']],
  ['POL', 'Polizia locale', ['VI/7', 'IX/1', 'IX/2', 'IX/4', 'X/5']],
  ['SOC', 'Servizi sociali e casa', ['VII/9', 'VII/12', 'VII/14', 'VII/15']],
  ['SCU', 'Istruzione e mensa', ['VII/1', 'VII/2', 'VII/3']],
  ['DEM', 'Servizi demografici', ['XI/1', 'XI/2', 'XI/4', 'XII/2']],
  ['CUL', 'Cultura, sport e turismo', ['VII/5', 'VII/6', 'VII/7', 'VIII/7']],
]

const BORGOFINTO: readonly Ufficio[] = [
  ['UTC', 'Ufficio tecnico comunale', ['VI/1', 'VI/3', 'VI/5', 'VI/7', 'VI/8', 'VI/9', 'VIII/4', 'I/8']],
  ['RAG', 'Ragioneria e tributi', ['IV/3', 'IV/4']],
  ['SOC', 'Servizi sociali e scuola', ['VII/1', 'VII/6', 'VII/7', 'VII/12', 'VII/14']],
  ['DEM', 'Servizi demografici', ['XI/1', 'XI/2', 'XII/3']],
]

/** The eight municipalities, one palette each. */
export const modelliEnte: readonly ModelloEnte[] = [
  { slug: 'castelvento', denominazione: 'Comune di Castelvento', serie: 901, tavolozza: 'blu-notte', uffici: CASTELVENTO },
  { slug: 'borgofinto', denominazione: 'Comune di Borgofinto', serie: 902, tavolozza: 'bordeaux', uffici: BORGOFINTO },
  { slug: 'roccanuvola', denominazione: 'Comune di Roccanuvola', serie: 903, tavolozza: 'viola', uffici: [] },
  { slug: 'acquaserena', denominazione: 'Comune di Acquaserena', serie: 904, tavolozza: 'petrolio', uffici: [] },
  { slug: 'fontelieve', denominazione: 'Comune di Fontelieve', serie: 905, tavolozza: 'oliva', uffici: [] },
  { slug: 'poggiolume', denominazione: 'Comune di Poggiolume', serie: 906, tavolozza: 'terracotta', uffici: [] },
  { slug: 'valdombra', denominazione: 'Comune di Valdombra', serie: 907, tavolozza: 'verde-bosco', uffici: [] },
  { slug: 'sanrovigno', denominazione: 'Comune di Sanrovigno', serie: 908, tavolozza: 'blu-istituzionale', uffici: [] },
]

/** An ente just made, with what the stories need to name. */
export interface EnteCreato {
  readonly ente: EnteRow
  readonly pec: string
  /** Office ids by code. */
  readonly uffici: ReadonlyMap<string, string>
  /** Voice ids by code; empty where no plan was adopted. */
  readonly voci: ReadonlyMap<string, string>
}

/** Address of the certified mailbox of an ente of the demo. */
export function pecOf(slug: string): string {
  return `protocollo@comune.${slug}.pec.example`
}

function codiceFiscaleEnte(serie: number): string {
  const head = `90${serie}00000`
  return head + partitaIvaControllo(head)
}

/** Creates an ente through the association's own door, then its offices, its plan and its mailbox. `sia` is a scope of the association's administrator. */
export async function createEnte(sia: Scope, modello: ModelloEnte): Promise<EnteCreato> {
  const pec = pecOf(modello.slug)
  await perform(sia, entiEndpoints, {
    method: 'POST',
    path: '/api/v1/cabina/enti',
    body: {
      slug: modello.slug,
      denominazione: modello.denominazione,
      codiceIpa: `c_x${modello.serie}`,
      codiceFiscale: codiceFiscaleEnte(modello.serie),
      tavolozza: modello.tavolozza,
      aoo: {
        codice: `AX${modello.serie}00`,
        denominazione: `Area organizzativa di ${modello.denominazione.replace('Comune di ', '')}`,
        domicilioDigitale: pec,
      },
    },
  })
  const ente = await findEnte(sia, modello.slug)
  if (ente === null) throw new Error(`${modello.slug} was not created`)
  const inside = inEnte(sia, ente)
  const base = await queryFound<{ aooId: string; protocolloId: string; dal: string }>(
    inside,
    'no AOO',
    `select a.id as "aooId", u.id as "protocolloId", to_char(a.dal, 'YYYY-MM-DD') as dal from aoo a join ufficio u on u.ente_id = a.ente_id and u.codice = 'PROT' where a.ente_id = $1`,
    [ente.id],
  )
  return { ente, pec, ...(await furnish(inside, ente, modello, base, pec)) }
}

async function furnish(
  inside: Scope,
  ente: EnteRef,
  modello: ModelloEnte,
  base: { aooId: string; protocolloId: string; dal: string },
  pec: string,
): Promise<Pick<EnteCreato, 'uffici' | 'voci'>> {
  const uffici = new Map([['PROT', base.protocolloId], ...modello.uffici.map(([codice]) => [codice, newId()] as const)])
  const predefiniti = new Map(modello.uffici.flatMap(([codice, , voci]) => voci.map((v) => [v, uffici.get(codice) ?? ''] as const)))
  const voci = await inTransaction(inside, async (tx) => {
    const mailboxes = ente.slug === 'castelvento' ? [pec, CASELLA_SUAP] : [pec]
    await insertRows(
      tx,
      'casella',
      mailboxes.map((indirizzo) => ({
        id: newId(),
        aoo_id: base.aooId,
        indirizzo,
        tipo: 'PEC',
        attiva: true,
        ultimo_controllo: null,
        errore: null,
      })),
    )
    if (modello.uffici.length === 0) return new Map<string, string>()
    await insertRows(
      tx,
      'ufficio',
      modello.uffici.map(([codice, denominazione]) => ({
        id: uffici.get(codice),
        aoo_id: base.aooId,
        codice,
        denominazione,
        padre_id: null,
        indirizzo_digitale: `${codice.toLowerCase()}@comune.${ente.slug}.example`,
        dal: base.dal,
        al: null,
      })),
    )
    return await adoptTitolarioWithin(tx, {
      aooId: base.aooId,
      denominazione: 'Titolario di classificazione',
      atto: `Deliberazione della Giunta comunale n. 87 del ${base.dal.slice(8, 10)}/${base.dal.slice(5, 7)}/${base.dal.slice(0, 4)}`,
      dal: base.dal,
      uri: null,
      piano: readTitolarioComuni().titolario,
      uffici: predefiniti,
    })
  })
  if (voci.size > 0) await adoptPiano(inside, base.dal, voci.keys())
  if (voci.size > 0 && ente.slug === 'castelvento') await draftNext(inside)
  return { uffici, voci }
}

/** The invented piano di conservazione, with its act: every class of the plan has its term from the first day. */
async function adoptPiano(inside: Scope, giorno: string, codici: Iterable<string>): Promise<void> {
  const atto = `Deliberazione della Giunta comunale n. 88 del ${giorno.slice(8, 10)}/${giorno.slice(5, 7)}/${giorno.slice(0, 4)}`
  const rapporto = await importPiano(inside, { csv: pianoDimostrativo(codici), prova: false, atto, approvataIl: giorno })
  if (!rapporto.scritte) throw new Error(`the plan of conservation of the demo: ${JSON.stringify(rapporto.rilievi)}`)
}

/** The version being prepared for the next 1 January, with a classe split: what the titolario of the demo shows at work. */
async function draftNext(inside: Scope): Promise<void> {
  const { id } = await createBozza(inside, { origine: 'versione', denominazione: 'Titolario di classificazione, revisione' })
  const viabilita = (await readVersione(inside, id)).voci.find((v) => v.codice === 'VI/7')
  if (viabilita !== undefined)
    await splitVoce(inside, id, viabilita.id, { nuove: [{ denominazione: 'Mobilità sostenibile e piste ciclabili' }], mantieni: true })
}
