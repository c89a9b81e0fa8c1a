import { inTransaction, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { isRgd } from '../../protocollo/index.ts'
import { soloResponsabile } from '../errors.ts'
import type { RegistroRow } from '../repository/registri.ts'
import type { ImpostazioniDto } from '../schema.ts'
import { chooseRegistro } from './export.ts'

const pick = ({ sottoscrizione, sigilloDiRipiego, giorniVuoti, annuale, classificazione }: RegistroRow): ImpostazioniDto => ({
  sottoscrizione,
  sigilloDiRipiego,
  giorniVuoti,
  annuale,
  classificazione,
})

/** How the daily registers of a register are made. Throws NotFound. */
export async function readImpostazioni(scope: Scope, registroId?: string): Promise<ImpostazioniDto> {
  return pick(await chooseRegistro(scope, registroId))
}

/** Changes how the next daily registers are made; those already made stay (REQ-PROT-107, 108, 109). In the trail. Throws Forbidden, NotFound. */
export async function saveImpostazioni(scope: Scope, nuove: ImpostazioniDto, registroId?: string): Promise<ImpostazioniDto> {
  if (!isRgd(scope.attore)) throw soloResponsabile()
  const registro = await chooseRegistro(scope, registroId)
  await inTransaction(scope, async (tx) => {
    await query(
      tx,
      `insert into impostazioni_registro_giornaliero (ente_id, registro_id, sottoscrizione, giorni_vuoti, annuale, classificazione, sigillo_di_ripiego)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (ente_id, registro_id) do update set sottoscrizione = excluded.sottoscrizione,
         sigillo_di_ripiego = excluded.sigillo_di_ripiego, giorni_vuoti = excluded.giorni_vuoti,
         annuale = excluded.annuale, classificazione = excluded.classificazione`,
      [tx.ente.id, registro.id, nuove.sottoscrizione, nuove.giorniVuoti, nuove.annuale, nuove.classificazione, nuove.sigilloDiRipiego],
    )
    tx.audit({
      azione: 'registro-giornaliero-configurato',
      oggettoTipo: 'registro',
      oggettoId: registro.id,
      prima: pick(registro),
      dopo: nuove,
    })
  })
  return await readImpostazioni(scope, registro.id)
}
