import { Readable } from 'node:stream'
import { FileReply } from '../../kernel/endpoint.ts'
import { inReadTransaction, inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { fasi } from '../../procedimenti/index.ts'
import { findPratiche, readClock } from '../repository.ts'
import type { PraticaRow } from '../repository.ts'
import { SCHEMA_STATO } from '../schema-stato.ts'
import type { FiltriStati, StatoPraticaDto } from '../schema-stato.ts'
import { findVisiblePratica } from './read.ts'

/** Most practices in one export; the reader is told when there are more. */
export const TETTO_STATI = 5000

/** The state of a practice for another administration (REQ-FASC-060). Throws NotFound, also for what this person does not read whole. */
export async function readStato(scope: Scope, id: string): Promise<StatoPraticaDto> {
  return await inReadTransaction(scope, async (s) => {
    const { pratica } = await findVisiblePratica(s, { id })
    const [stato] = await present(s, [pratica])
    return stato as StatoPraticaDto
  })
}

/**
 * The states of the practices this person reads under the filters of the board, as one JSON file to be sent to another administration; what left is in the
 * trail. At most `TETTO_STATI`: `completo` says whether that was all.
 */
export async function exportStati(scope: Scope, filtri: FiltriStati): Promise<FileReply> {
  const { text, nome } = await inTransaction(scope, async (tx) => {
    const { rows, totale } = await findPratiche(tx, { ...filtri, pagina: 1, perPagina: TETTO_STATI })
    const stati = await present(tx, rows)
    tx.audit({
      azione: 'stato-pratiche-esportato',
      oggettoTipo: 'ente',
      oggettoId: tx.ente.id,
      dopo: { pratiche: stati.length, filtri },
    })
    const { oggi } = await readClock(tx)
    const file = { schema: `${SCHEMA_STATO}#elenco`, completo: totale <= TETTO_STATI, totale, pratiche: stati }
    return { text: JSON.stringify(file, null, 1), nome: `stato-pratiche-${tx.ente.codiceIpa}-${oggi}.json` }
  })
  const bytes = Buffer.from(text, 'utf8')
  return new FileReply({ nome, tipo: 'application/json; charset=utf-8', stream: Readable.from([bytes]), dimensione: bytes.length })
}

interface Attorno {
  readonly fascicoloId: string
  readonly fasi: { readonly fase: string; readonly dal: string; readonly al: string | null }[] | null
  readonly amministrazioni: { readonly denominazione: string; readonly codiceIpa: string }[] | null
}

async function present(s: Scope, rows: readonly PraticaRow[]): Promise<StatoPraticaDto[]> {
  const around = await query<Attorno>(
    s,
    `select f.id as "fascicoloId",
            (select json_agg(json_build_object('fase', fa.fase, 'dal', to_char(fa.dal, 'YYYY-MM-DD'), 'al', to_char(fa.al, 'YYYY-MM-DD')) order by fa.dal, fa.id)
               from fase fa where fa.ente_id = f.ente_id and fa.fascicolo_id = f.id) as fasi,
            (select json_agg(json_build_object('denominazione', so.denominazione, 'codiceIpa', so.codice_ipa) order by so.posizione)
               from fascicolo_soggetto so where so.ente_id = f.ente_id and so.fascicolo_id = f.id and so.ruolo = 'amministrazione' and so.codice_ipa is not null) as amministrazioni
       from fascicolo f where f.ente_id = $1 and f.id = any($2::uuid[])`,
    [s.ente.id, rows.map((r) => r.fascicoloId)],
  )
  const byFascicolo = new Map(around.map((a) => [a.fascicoloId, a]))
  const { istante } = await readClock(s)
  return rows.map((r) => presentStato(s, r, byFascicolo.get(r.fascicoloId), istante))
}

const toFase = (fase: string | null) => fasi.find((x) => x === fase) ?? null

function presentStato(s: Scope, r: PraticaRow, around: Attorno | undefined, istante: string): StatoPraticaDto {
  return {
    schema: SCHEMA_STATO,
    aggiornatoAl: istante,
    amministrazioneTitolare: { denominazione: s.ente.denominazione, codiceIpa: s.ente.codiceIpa },
    amministrazioniPartecipanti: around?.amministrazioni ?? [],
    fascicolo: { id: r.fascicoloId, codice: r.fascicoloCodice },
    pratica: r.id,
    procedimento: { codice: r.procedimentoCodice, denominazione: r.denominazione },
    ufficio: r.ufficio,
    situazione: r.situazione,
    fase: toFase(r.fase),
    fasi: (around?.fasi ?? []).flatMap((f) => {
      const fase = toFase(f.fase)
      return fase === null ? [] : [{ ...f, fase }]
    }),
    avvio: r.avvio,
    termine: r.termine,
    sospesaFino: r.situazione === 'sospesa' ? r.sospesaFino : null,
    conclusaIl: r.conclusaIl,
    esito: r.esito,
  }
}
