import { findCalendario, isWorkingDay } from '../enti/index.ts'
import { newId } from '../kernel/ids.ts'
import { inReadTransaction, inTransaction, insertRows, json, query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { findRigheById } from '../protocollo/index.ts'
import { documentoNonInArretrato, soglieInvertite } from './errors.ts'
import {
  ambitoOf,
  countArretrato,
  countIndicatori,
  countSenzaFascicolo,
  findArretrato,
  findRiepiloghi,
  findSoglie,
  hasRiepilogo,
  isInArretrato,
} from './repository.ts'
import type { Ambito, ContoRow, GiorniSoglia } from './repository.ts'
import { presentRiga, presentSintesi, riepilogoOf } from './presenter.ts'
import { giornoSoglia, lunediOf } from './rules.ts'
import type { CorrezioneCausa, FiltriArretrato, RiepilogoDto, RigaArretratoDto, SintesiArretratoDto, SoglieArretrato } from './schema.ts'

/** The board: how many documents are in arrears in the offices of this person (all of them for the RGD), by what is missing, cause and age (REQ-FASC-022). */
export async function readSintesi(scope: Scope): Promise<SintesiArretratoDto> {
  return await inReadTransaction(scope, async (s) => {
    const { soglie, giorni } = await readSoglie(s)
    return presentSintesi(soglie, await countIndicatori(s), await countArretrato(s, ambitoOf(s), giorni))
  })
}

/** The documents behind a number of the board, oldest first. */
export async function listArretrato(scope: Scope, filtri: FiltriArretrato): Promise<{ elementi: RigaArretratoDto[]; totale: number }> {
  return await inReadTransaction(scope, async (s) => {
    const { giorni } = await readSoglie(s)
    const { rows, totale } = await findArretrato(s, giorni, filtri)
    const righe = await findRigheById(
      s,
      rows.map((r) => r.registrazioneId),
    )
    return { elementi: rows.flatMap((row) => presentRiga(row, righe.get(row.registrazioneId))), totale }
  })
}

/**
 * The records manager gives a document another cause than the one deduced; who, when and why stay. Throws NotFound for a document that is not among the
 * arrears he sees.
 */
export async function correctCausa(scope: Scope, registrazioneId: string, input: CorrezioneCausa): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { giorni } = await readSoglie(tx)
    if (!(await isInArretrato(tx, giorni, registrazioneId))) throw documentoNonInArretrato()
    const prima = await queryOne<{ causa: string }>(
      tx,
      'update causa_arretrato set al = app.istante() where ente_id = $1 and registrazione_id = $2 and al is null returning causa',
      [tx.ente.id, registrazioneId],
    )
    const clock = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
    await insertRows(tx, 'causa_arretrato', [
      {
        id: newId(),
        registrazione_id: registrazioneId,
        causa: input.causa,
        nota: input.nota,
        dal: clock?.istante,
        autore_id: tx.attore.id,
        autore_nome: tx.attore.nome,
        al: null,
      },
    ])
    tx.audit({
      azione: 'causa-arretrato-corretta',
      oggettoTipo: 'registrazione',
      oggettoId: registrazioneId,
      prima,
      dopo: { causa: input.causa },
      ...(input.nota === '' ? {} : { motivo: input.nota }),
    })
  })
}

/** Sets after how many working days the head of the office, then the RGD, are told of an unfiled document. Throws InvalidInput when the second comes first. */
export async function saveSoglie(scope: Scope, input: SoglieArretrato): Promise<void> {
  if (input.giorniRgd <= input.giorniResponsabile) throw soglieInvertite()
  await inTransaction(scope, async (tx) => {
    const { aooId, ...prima } = await findSoglie(tx)
    await query(
      tx,
      `insert into soglia_arretrato (ente_id, aoo_id, giorni_responsabile, giorni_rgd) values ($1, $2, $3, $4)
       on conflict (ente_id, aoo_id) do update set giorni_responsabile = excluded.giorni_responsabile, giorni_rgd = excluded.giorni_rgd`,
      [tx.ente.id, aooId, input.giorniResponsabile, input.giorniRgd],
    )
    tx.audit({ azione: 'soglie-arretrato-modificate', oggettoTipo: 'aoo', oggettoId: aooId, prima, dopo: input })
  })
}

/** The weekly pictures a person may see: the RGD the AOO's and every office's, the others those of their offices. Newest first, twelve weeks. */
export async function listRiepiloghi(scope: Scope): Promise<RiepilogoDto[]> {
  const rows = await findRiepiloghi(scope, ambitoOf(scope).uffici)
  return rows.map((row) => ({
    settimana: row.settimana,
    ufficio: row.ufficioId === null ? null : { id: row.ufficioId, denominazione: row.ufficio ?? '' },
    ...(row.dati as Omit<RiepilogoDto, 'settimana' | 'ufficio'>),
  }))
}

/**
 * Takes the pictures of the week, once: of the AOO and of every office that has arrears. Riservati are left out, because a picture is read by who may not
 * read them. Hourly; it does nothing when the week has its pictures.
 */
export async function takeRiepiloghi(scope: Scope): Promise<void> {
  await inTransaction(scope, async (tx) => {
    const { giorni, oggi } = await readSoglie(tx)
    const settimana = lunediOf(oggi)
    if (await hasRiepilogo(tx, settimana)) return
    const ambito: Ambito = { uffici: null, soloOrdinari: true }
    const conti = await countArretrato(tx, ambito, giorni)
    const byOffice = Map.groupBy(conti, (row) => row.ufficioId)
    const clock = await queryOne<{ istante: Date }>(tx, 'select app.istante() as istante')
    const row = (ufficioId: string | null, own: readonly ContoRow[]) => ({
      id: newId(),
      settimana,
      ufficio_id: ufficioId,
      dati: json(riepilogoOf(own)),
      creato_il: clock?.istante,
    })
    await insertRows(tx, 'riepilogo_arretrato', [row(null, conti), ...[...byOffice].map(([ufficioId, own]) => row(ufficioId, own))])
  })
}

/** How many unfiled documents are beyond the threshold of who asks: the first for a head, the second for the RGD. The desk's number (REQ-FASC-022). */
export async function countOltreSoglia(scope: Scope): Promise<number> {
  const { giorni } = await readSoglie(scope)
  const ambito = ambitoOf(scope)
  return await countSenzaFascicolo(scope, ambito, ambito.uffici === null ? giorni.rgd : giorni.responsabile)
}

async function readSoglie(scope: Scope): Promise<{ soglie: SoglieArretrato; giorni: GiorniSoglia; oggi: string }> {
  const { aooId, ...soglie } = await findSoglie(scope)
  const calendario = await findCalendario(scope, aooId)
  const clock = await queryOne<{ oggi: string }>(scope, `select to_char(app.istante() at time zone 'Europe/Rome', 'YYYY-MM-DD') as oggi`)
  const oggi = clock?.oggi ?? ''
  const isWorking = (giorno: string): boolean => isWorkingDay(giorno, calendario)
  return {
    soglie,
    oggi,
    giorni: {
      responsabile: giornoSoglia(oggi, soglie.giorniResponsabile, isWorking),
      rgd: giornoSoglia(oggi, soglie.giorniRgd, isWorking),
    },
  }
}
