import { findConservazioni } from '../../titolario/index.ts'
import type { Conservazione } from '../../titolario/index.ts'
import { claimKey } from '../../protocollo/index.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction, insertMany, json, query, queryOne } from '../../kernel/scope.ts'
import type { Scope, TxScope } from '../../kernel/scope.ts'
import { countCandidati, findCandidati, findDocumentiCandidati, findOstacoli } from '../candidati.ts'
import type { CandidatoRow, DocumentoCandidato } from '../candidati.ts'
import { proceduraAssente } from '../errors.ts'
import { findProcedura, readClock } from '../repository.ts'
import { longer, primoGennaioDopo, restaNellaSelezione, termineOf } from '../rules.ts'
import type { Termine } from '../rules.ts'

/** Fascicoli looked at in one transaction. */
const LOTTO = 100
const PRIMO = '00000000-0000-0000-0000-000000000000'

/**
 * Opens a disposal: the system composes its list by a job, from the piano di conservazione and the closing dates (REQ-FASC-052). Answers its id; the same key
 * answers the same disposal.
 */
export async function proposeScarto(scope: Scope, input: { readonly note: string }, chiave: string): Promise<string> {
  return await inTransaction(scope, async (tx) => {
    const id = newId()
    const claimed = await claimKey(tx, 'scarto-proposto', chiave, input.note, id)
    if (claimed !== null) return claimed.risultatoId
    // One number at a time: the AOO is the lock.
    const aoo = await queryOne<{ id: string }>(tx, 'select id from aoo where ente_id = $1 and predefinita for update', [tx.ente.id])
    if (aoo === null) throw proceduraAssente()
    const clock = await readClock(tx)
    const last = await queryOne<{ n: number }>(
      tx,
      'select coalesce(max(numero), 0)::int as n from procedura_scarto where ente_id = $1 and aoo_id = $2 and anno = $3',
      [tx.ente.id, aoo.id, clock.anno],
    )
    const numero = (last?.n ?? 0) + 1
    await insertMany(tx, [
      [
        'procedura_scarto',
        [
          {
            id,
            aoo_id: aoo.id,
            anno: clock.anno,
            numero,
            scaduti_al: clock.oggi,
            note: input.note,
            composizione: 'in_corso',
            esaminati: 0,
            da_esaminare: await countCandidati(tx, aoo.id, clock.oggi, id),
            creata_il: clock.istante,
            proposta_da: tx.attore.id,
            proposta_da_nome: tx.attore.nome,
          },
        ],
      ],
    ])
    tx.audit({ azione: 'scarto-proposto', oggettoTipo: 'scarto', oggettoId: id, dopo: { anno: clock.anno, numero, scadutiAl: clock.oggi } })
    tx.emit({ tipo: 'scartoProposto', id })
    return id
  })
}

/** Composes the list of a disposal, a lot at a time with its progress. Repeating it goes on from what is there. */
export async function composeProcedura(scope: Scope, id: string): Promise<void> {
  const procedura = await findProcedura(scope, id)
  if (procedura === null || procedura.composizione !== 'in_corso') return
  let dopo = PRIMO
  let esaminati = 0
  for (;;) {
    const quanti = await inTransaction(scope, async (tx) => {
      const candidati = await findCandidati(tx, {
        aooId: procedura.aooId,
        al: procedura.scadutiAl,
        proceduraId: id,
        dopo,
        quanti: LOTTO,
      })
      await proposeLotto(tx, { id, al: procedura.scadutiAl, propostaDaNome: procedura.propostaDaNome }, candidati)
      dopo = candidati.at(-1)?.id ?? dopo
      esaminati += candidati.length
      const done = candidati.length < LOTTO
      await query(tx, 'update procedura_scarto set esaminati = $3, composizione = $4 where ente_id = $1 and id = $2', [
        tx.ente.id,
        id,
        esaminati,
        done ? 'pronta' : 'in_corso',
      ])
      return candidati.length
    })
    if (quanti < LOTTO) return
  }
}

interface Contesto {
  readonly id: string
  readonly al: string
  readonly propostaDaNome: string
}

async function proposeLotto(tx: TxScope, procedura: Contesto, candidati: readonly CandidatoRow[]): Promise<void> {
  if (candidati.length === 0) return
  const ostacoli = await findOstacoli(
    tx,
    candidati.map((c) => c.id),
  )
  const liberi = candidati.filter((c) => !ostacoli.has(c.id))
  const documenti = Map.groupBy(
    await findDocumentiCandidati(
      tx,
      liberi.flatMap((c) => c.parti.map((p) => p.id)),
    ),
    (d) => d.fascicoloId,
  )
  const tempi = await loadTempi(tx, liberi, [...documenti.values()].flat())
  const clock = await readClock(tx)
  const voci = liberi.flatMap((c) => {
    const propri = c.parti.flatMap((p) => documenti.get(p.id) ?? [])
    const proposta = proposeVoce(c, propri, tempi, procedura.al)
    return proposta === null ? [] : [{ c, voceId: newId(), ...proposta }]
  })
  if (voci.length === 0) return
  await insertMany(tx, [
    [
      'voce_scarto',
      voci.map((v) => ({ id: v.voceId, procedura_id: procedura.id, fascicolo_id: v.c.id, stato_dal: clock.istante, ...v.colonne })),
    ],
    ['documento_voce_scarto', voci.flatMap((v) => v.documenti.map((d) => ({ voce_id: v.voceId, documento_id: d.id })))],
    [
      'passo_scarto',
      voci.map((v) => ({
        id: newId(),
        voce_id: v.voceId,
        da: null,
        a: 'PROPOSTO',
        motivo: null,
        istante: clock.istante,
        autore_nome: procedura.propostaDaNome,
      })),
    ],
  ])
}

type Tempi = (oggetto: { voceId: string; tipologia?: string; tipoFascicolo?: string }) => Conservazione

/** What the plan says of every fascicolo, part and document of a lot, asked once for each kind of object. */
async function loadTempi(tx: TxScope, candidati: readonly CandidatoRow[], documenti: readonly DocumentoCandidato[]): Promise<Tempi> {
  const wanted = new Map<string, { voceId: string; tipologia?: string; tipoFascicolo?: string }>()
  for (const parte of candidati.flatMap((c) => c.parti)) {
    const oggetto = { voceId: parte.voceId, tipoFascicolo: parte.tipo }
    wanted.set(JSON.stringify(oggetto), oggetto)
  }
  for (const d of documenti) {
    const oggetto = { voceId: d.voceId, tipologia: d.tipologia }
    wanted.set(JSON.stringify(oggetto), oggetto)
  }
  const keys = [...wanted.keys()]
  const found = await findConservazioni(tx, [...wanted.values()])
  const byKey = new Map(keys.map((key, i) => [key, found[i] ?? { anni: null, regola: null }]))
  return (oggetto) => byKey.get(JSON.stringify(oggetto)) ?? { anni: null, regola: null }
}

/** The item a candidate becomes; null when its term has not passed. */
function proposeVoce(c: CandidatoRow, documenti: readonly DocumentoCandidato[], tempi: Tempi, al: string) {
  const proprio = tempi({ voceId: c.voceId, tipoFascicolo: c.tipo })
  const sfoltimento = proprio.regola?.sfoltimento ?? false
  const decorrenza = proprio.regola?.decorrenza ?? 'chiusura'
  const giorni = documenti.map((d) => d.giorno).toSorted()
  const parti = c.parti
    .filter((p) => p.id !== c.id)
    .map((p) => ({ anni: longer(tempi({ voceId: p.voceId, tipoFascicolo: p.tipo }).anni, p.anni ?? 1) }))
  const termine = termineOf({
    chiusoIl: c.chiusoIl,
    decorrenza,
    ultimoDocumento: giorni.at(-1) ?? null,
    // What it was born with is never shortened by a later plan.
    anni: longer(proprio.anni, c.conservazioneAnni ?? 1),
    sfoltimento,
    dentro: [...parti, ...documenti.map((d) => ({ anni: tempi({ voceId: d.voceId, tipologia: d.tipologia }).anni }))],
  })
  if (termine === null || termine.scadenza > al) return null
  const resta = (d: DocumentoCandidato): boolean =>
    sfoltimento && restaNellaSelezione(tempi({ voceId: d.voceId, tipologia: d.tipologia }).anni, primoGennaioDopo(c.chiusoIl), al)
  const vanno = documenti.filter((d) => !resta(d))
  return {
    documenti: vanno,
    colonne: colonneOf(c, vanno, termine, {
      regola: describeRegola(proprio, termine, decorrenza),
      estremi: [giorni[0] ?? c.apertoIl, giorni.at(-1) ?? c.chiusoIl],
      trattenuti: documenti.length - vanno.length,
    }),
  }
}

function colonneOf(
  c: CandidatoRow,
  documenti: readonly DocumentoCandidato[],
  termine: Termine,
  altro: { readonly regola: string; readonly estremi: readonly [string, string]; readonly trattenuti: number },
): Record<string, unknown> {
  return {
    stato: 'PROPOSTO',
    regola: altro.regola,
    anni: termine.anni,
    decorrenza: termine.decorrenza,
    scadenza: termine.scadenza,
    estremo_dal: altro.estremi[0],
    estremo_al: altro.estremi[1],
    fascicoli: c.parti.length,
    documenti: documenti.length,
    file: documenti.reduce((sum, d) => sum + d.file, 0),
    byte: documenti.reduce((sum, d) => sum + d.byte, 0),
    cartacei: c.cartacei,
    trattenuti: altro.trattenuti,
    tipologie: json([...new Set(documenti.map((d) => d.tipologia))].toSorted()),
    riservata: documenti.some((d) => d.riservato),
    versata: c.versata,
  }
}

/** The reason of a proposal as it is read and printed. */
function describeRegola(c: Conservazione, t: Termine, decorrenza: string): string {
  const base = decorrenza === 'documento' ? 'dell’ultimo documento' : 'di chiusura'
  const fonte = c.regola === null ? '' : ` (piano di conservazione, voce ${c.regola.codice}, ${c.regola.atto})`
  const condizione = c.regola?.condizione == null ? '' : ` Condizione da verificare: ${c.regola.condizione}`
  return `${t.anni === 1 ? '1 anno' : `${t.anni} anni`} dal 1º gennaio dopo l’anno ${base}${fonte}.${condizione}`
}

/** Writes that a composition could not be ended: the disposal says so and can be proposed again. */
export async function failComposizione(scope: Scope, id: string): Promise<void> {
  await inTransaction(scope, async (tx) => {
    await query(tx, `update procedura_scarto set composizione = 'fallita' where ente_id = $1 and id = $2 and composizione = 'in_corso'`, [
      tx.ente.id,
      id,
    ])
  })
}
