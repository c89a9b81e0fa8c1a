import { inReadTransaction, query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { mayBeDelivered } from '../flussi.ts'
import { findRigheById } from '../righe.ts'
import { isRgd } from '../policy.ts'
import { formatEtichetta } from '../rules.ts'
import type { FiltriRichieste, ProvvedimentoDto, RichiestaDto } from '../schema/atti.ts'
import type { CampoRettificabile } from '../schema/condizione.ts'
import { describeSoggetto } from '../vigente.ts'
import type { SoggettoDto } from '../schema.ts'
import { richiestaAssente } from '../errors-atti.ts'

interface RichiestaRow {
  id: string
  atto: 'annullamento' | 'rettifica'
  registrazioneId: string
  campo: CampoRettificabile | null
  posizione: number | null
  valoreAnnullato: string | null
  valoreCorretto: string | null
  dati: { annullato: SoggettoDto | null; corretto: SoggettoDto } | null
  motivo: string
  richiestoIl: Date
  richiedente: string
  esito: 'AUTORIZZATO' | 'RIFIUTATO' | null
  decisoIl: Date | null
  decisore: string | null
  numero: string | null
  data: string | null
  motivoDecisione: string | null
}

const RICHIESTE = `from (
    select ente_id, id, 'annullamento' as atto, registrazione_id, null as campo, null::int as posizione, null as valore_annullato, null as valore_corretto, null::jsonb as dati, motivo, richiesto_il,
           richiedente_id, richiedente_nome from annullamento where ente_id = $1
    union all select ente_id, id, 'rettifica', registrazione_id, campo, posizione, valore_annullato, valore_corretto, dati, motivo, richiesto_il, richiedente_id, richiedente_nome
      from rettifica where ente_id = $1) q
  left join decisione_atto d on d.ente_id = q.ente_id and d.id = q.id`
const COLONNE = `q.id, q.atto, q.registrazione_id as "registrazioneId", q.campo, q.posizione, q.valore_annullato as "valoreAnnullato", q.valore_corretto as "valoreCorretto", q.dati, q.motivo,
  q.richiesto_il as "richiestoIl", q.richiedente_nome as richiedente, d.esito, d.deciso_il as "decisoIl", d.decisore_nome as decisore, d.provvedimento_numero as numero,
  to_char(d.provvedimento_data, 'YYYY-MM-DD') as data, d.motivo as "motivoDecisione"`

/**
 * The requests of annulment and rectification, those to decide oldest first and the others newest first: all of them for who decides, one's own for the
 * others. A request on a registration the person no longer reads is left out.
 */
export async function listRichieste(scope: Scope, f: FiltriRichieste): Promise<{ elementi: RichiestaDto[]; totale: number }> {
  const pending = f.stato === 'da-autorizzare'
  return await inReadTransaction(scope, async (s) => {
    const where = `where ($2 or q.richiedente_id = $3) and d.id is ${pending ? '' : 'not '}null`
    const params = [s.ente.id, isRgd(s.attore), s.attore.id]
    const totale = await queryOne<{ n: number }>(s, `select count(*)::int as n ${RICHIESTE} ${where}`, params)
    const rows = await query<RichiestaRow>(
      s,
      `select ${COLONNE} ${RICHIESTE} ${where} order by ${pending ? 'q.richiesto_il, q.id' : 'd.deciso_il desc, q.id desc'} limit ${f.perPagina} offset ${(f.pagina - 1) * f.perPagina}`,
      params,
    )
    return { elementi: await present(s, rows), totale: totale?.n ?? 0 }
  })
}

/** One request. Throws NotFound when it is not there or not the person's to see. */
export async function readRichiesta(scope: Scope, id: string): Promise<RichiestaDto> {
  return await inReadTransaction(scope, async (s) => {
    const rows = await query<RichiestaRow>(s, `select ${COLONNE} ${RICHIESTE} where ($2 or q.richiedente_id = $3) and q.id = $4`, [
      s.ente.id,
      isRgd(s.attore),
      s.attore.id,
      id,
    ])
    const [found] = await present(s, rows)
    if (found === undefined) throw richiestaAssente()
    return found
  })
}

async function present(s: Scope, rows: readonly RichiestaRow[]): Promise<RichiestaDto[]> {
  const righe = await findRigheById(
    s,
    rows.map((r) => r.registrazioneId),
  )
  const out: RichiestaDto[] = []
  for (const r of rows) {
    const registrazione = righe.get(r.registrazioneId)
    if (registrazione === undefined || registrazione.stato === 'riservata') continue
    const uscita =
      r.atto === 'annullamento' && r.esito === null && registrazione.tipo === 'U' && (await mayBeDelivered(s, r.registrazioneId))
    out.push({
      id: r.id,
      atto: r.atto,
      stato: r.esito ?? 'RICHIESTO',
      registrazione,
      campo: r.campo,
      posizione: r.posizione ?? 0,
      ...values(r),
      motivo: r.motivo,
      richiestoIl: r.richiestoIl.toISOString(),
      richiedente: r.richiedente,
      avvisi: uscita
        ? ['Il documento può essere già arrivato al destinatario: di regola si prepara un nuovo documento che lo annulla e sostituisce.']
        : [],
      chiedeConferma: uscita,
      decisione:
        r.decisoIl === null
          ? null
          : {
              il: r.decisoIl.toISOString(),
              operatore: r.decisore ?? '',
              provvedimento: r.numero === null || r.data === null ? null : { numero: r.numero, data: r.data },
              motivo: r.motivoDecisione ?? '',
            },
    })
  }
  return out
}

function values(r: RichiestaRow): { valoreAnnullato: string | null; valoreCorretto: string | null } {
  if (r.dati === null) return { valoreAnnullato: r.valoreAnnullato, valoreCorretto: r.valoreCorretto }
  return {
    valoreAnnullato: r.dati.annullato === null ? '' : describeSoggetto(r.dati.annullato),
    valoreCorretto: describeSoggetto(r.dati.corretto),
  }
}

/** The provvedimenti of annulment and rectification of a year (of their date), in order: their own collection (REQ-PROT-050). */
export async function listProvvedimenti(scope: Scope, anno: number): Promise<ProvvedimentoDto[]> {
  return await inReadTransaction(scope, async (s) => {
    const rows = await query<{
      numero: string
      data: string
      atto: 'annullamento' | 'rettifica'
      registrazioneId: string
      annoRegistro: number
      numeroRegistro: number
      decisoIl: Date
      operatore: string
      campo: string | null
      motivo: string
    }>(
      s,
      `select d.provvedimento_numero as numero, to_char(d.provvedimento_data, 'YYYY-MM-DD') as data, d.atto, r.id as "registrazioneId", r.anno as "annoRegistro", r.numero as "numeroRegistro",
              d.deciso_il as "decisoIl", d.decisore_nome as operatore, t.campo, d.motivo
         from decisione_atto d join registrazione r on r.ente_id = d.ente_id and r.id = d.registrazione_id left join rettifica t on t.ente_id = d.ente_id and t.id = d.id
        where d.ente_id = $1 and d.esito = 'AUTORIZZATO' and d.provvedimento_data >= make_date($2, 1, 1) and d.provvedimento_data < make_date($2 + 1, 1, 1)
        order by d.provvedimento_data, d.deciso_il, d.id limit 5000`,
      [s.ente.id, anno],
    )
    const righe = await findRigheById(
      s,
      rows.map((r) => r.registrazioneId),
    )
    return rows.map((r) => ({
      numero: r.numero,
      data: r.data,
      atto: r.atto,
      registrazione: { id: r.registrazioneId, etichetta: formatEtichetta(r.numeroRegistro, r.annoRegistro) },
      decisoIl: r.decisoIl.toISOString(),
      operatore: r.operatore,
      campo: r.campo,
      motivo: (righe.get(r.registrazioneId)?.stato ?? 'riservata') === 'riservata' ? null : r.motivo,
    }))
  })
}
