import { queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { digest } from '../righe.ts'
import type { Intestazione } from '../righe.ts'
import { esitoRipristino } from '../schema/prove.ts'

/** The header of a daily register as the conservatore keeps it (`giorno.json`). Throws SyntaxError when the text is not one. */
export function readIntestazione(testo: string): Intestazione {
  const value = JSON.parse(testo) as Partial<Intestazione>
  if (value.formato !== 'faldone-registro/1' || value.ente === undefined || value.registro === undefined)
    throw new SyntaxError('Il file non è l’intestazione di un registro giornaliero (giorno.json).')
  return value as Intestazione
}

/**
 * What a restored database lost, compared with the last daily register in preservation (REQ-PROT-152): the register itself, its digest, the numbers it states
 * as assigned. Empty when nothing is missing. `testo` is the exact text of the preserved header.
 */
export async function findPerdite(scope: Scope, testo: string): Promise<string[]> {
  const i = readIntestazione(testo)
  const registro = await queryOne<{ id: string; anno: number; ultimo: number }>(
    scope,
    `select g.id, k.anno, k.ultimo from registro g join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
       join contatore_registro k on k.ente_id = g.ente_id and k.registro_id = g.id
      where g.ente_id = $1 and g.codice = $2 and a.codice = $3`,
    [scope.ente.id, i.registro.codice, i.aoo.codice],
  )
  if (registro === null) return [`Il registro ${i.registro.codice} non c’è in questa base dati.`]
  const lost: string[] = []
  const kept = await queryOne<{ impronta: string }>(
    scope,
    'select impronta from registro_giornaliero where ente_id = $1 and identificativo = $2',
    [scope.ente.id, i.identificativo],
  )
  if (kept === null) lost.push(`Manca il registro giornaliero ${i.identificativo}, che il conservatore ha.`)
  else if (kept.impronta !== digest(testo))
    lost.push(`Il registro giornaliero ${i.identificativo} non è quello conservato: l’impronta è diversa.`)
  if (i.ultimoNumero === null) return lost
  const anno = Number(i.giorno.slice(0, 4))
  const last = await queryOne<{ ultimo: number | null }>(
    scope,
    'select max(numero) as ultimo from registrazione where ente_id = $1 and registro_id = $2 and anno = $3',
    [scope.ente.id, registro.id, anno],
  )
  const ultimo = last?.ultimo ?? 0
  if (ultimo < i.ultimoNumero)
    lost.push(
      `Mancano i numeri da ${ultimo + 1} a ${i.ultimoNumero} dell’anno ${anno}: erano già assegnati. Non registrare prima di averli recuperati.`,
    )
  if (registro.anno < anno || (registro.anno === anno && registro.ultimo < i.ultimoNumero))
    lost.push(`Il contatore darebbe di nuovo numeri già assegnati: è a ${registro.ultimo}/${registro.anno}.`)
  return lost
}

/**
 * The outcome of a comparison as a file to be recorded where the register is alive (`POST prove-ripristino`): what was compared, by whom, from which copies,
 * what was missing. `testo` is the exact text of the preserved header. Throws ZodError when the two places or the person are not written.
 */
export function formatEsito(
  testo: string,
  perdite: readonly string[],
  chi: { operatore: string; copiaRegistri: string; copiaEmergenza: string; eseguitaIl: Date },
): string {
  const esito = esitoRipristino.parse({
    formato: 'faldone-ripristino/1',
    ...chi,
    eseguitaIl: chi.eseguitaIl.toISOString(),
    identificativo: readIntestazione(testo).identificativo,
    impronta: digest(testo),
    perdite,
  })
  return `${JSON.stringify(esito, null, 2)}\n`
}
