import type { Modello } from '../../../metadata-schemas/allegato5/index.ts'
import { query, queryOne } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatEtichetta } from '../../protocollo/index.ts'
import type { Collegamento } from './schema.ts'

/** The digest of the main file as our archive keeps it; null when it is not a SHA-256. */
function sha256Of(modello: Exclude<Modello, { profilo: 'AGG' }>): string | null {
  const hex = Buffer.from(modello.idDoc.impronta.valore, 'base64').toString('hex')
  return hex.length === 64 ? hex : null
}

interface DocumentoTrovato {
  id: string
  oggetto: string
  anno: number | null
  numero: number | null
}

async function findByDigest(scope: Scope, modello: Exclude<Modello, { profilo: 'AGG' }>): Promise<Collegamento | null> {
  const sha256 = sha256Of(modello)
  if (sha256 === null) return null
  const rows = await query<DocumentoTrovato>(
    scope,
    `select distinct d.id, d.oggetto, r.anno, r.numero from contenuto c join documento_file df on df.ente_id = c.ente_id and df.contenuto_id = c.id and df.ruolo = 'principale'
       join documento d on d.ente_id = df.ente_id and d.id = df.documento_id left join registrazione r on r.ente_id = d.ente_id and r.documento_id = d.id
      where c.ente_id = $1 and c.sha256 = $2 limit 2`,
    [scope.ente.id, sha256],
  )
  const [uno] = rows
  // The same file registered twice: which of the two is not ours to say.
  if (uno === undefined || rows.length > 1) return null
  const registrato = uno.anno !== null && uno.numero !== null
  return {
    tipo: 'documento',
    id: uno.id,
    etichetta: registrato ? formatEtichetta(uno.numero ?? 0, uno.anno ?? 0) : uno.oggetto,
    pagina: registrato ? `/${scope.ente.slug}/protocollo/${uno.anno}/${uno.numero}` : null,
    motivo: 'Il file principale ha la stessa impronta.',
  }
}

async function findStorica(scope: Scope, modello: Exclude<Modello, { profilo: 'AGG' }>): Promise<Collegamento | null> {
  const { registro } = modello
  if (registro.tipo === 'nessuno') return null
  const numero = Number(registro.numero)
  if (!Number.isSafeInteger(numero) || numero > 2_147_483_647) return null
  const row = await queryOne<{ id: string; anno: number; numero: number; codice: string }>(
    scope,
    `select s.id, s.anno, s.numero, g.codice from registrazione_storica s join registro_storico g on g.ente_id = s.ente_id and g.id = s.registro_storico_id
      where s.ente_id = $1 and lower(g.codice) = lower($2) and s.anno = $3 and s.numero = $4`,
    [scope.ente.id, registro.codiceRegistro, Number(registro.data.slice(0, 4)), numero],
  )
  if (row === null) return null
  return {
    tipo: 'registrazione-storica',
    id: row.id,
    etichetta: `${row.codice} ${formatEtichetta(row.numero, row.anno)}`,
    pagina: `/${scope.ente.slug}/protocollo/registri-storici/${row.id}`,
    motivo: 'Stesso registro, anno e numero di un registro storico.',
  }
}

async function findAggregazione(scope: Scope, codice: string): Promise<Collegamento | null> {
  const row = await queryOne<{ id: string; codice: string; slug: string }>(
    scope,
    'select id, codice, slug from fascicolo where ente_id = $1 and codice = $2 limit 1',
    [scope.ente.id, codice],
  )
  if (row === null) return null
  const { id, slug } = row
  return {
    tipo: 'fascicolo',
    id,
    etichetta: row.codice,
    pagina: `/${scope.ente.slug}/fascicoli/${slug}`,
    motivo: 'Il codice è quello di un fascicolo.',
  }
}

/** The record of ours that an instance speaks of: same digest, same number of a past register, same code of a fascicolo. Null when there is none. */
export async function findCollegamento(scope: Scope, modello: Modello): Promise<Collegamento | null> {
  if (modello.profilo === 'AGG') return await findAggregazione(scope, modello.idAgg.id)
  return (await findByDigest(scope, modello)) ?? (await findStorica(scope, modello))
}
