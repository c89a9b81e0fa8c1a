import type pg from 'pg'

/** A big invented ente and a small empty one beside it, on the database of a product with the demo. */
export interface Terreno {
  readonly grande: string
  readonly vuoto: string
}

export const GRANDE = 'granvalle'
export const VUOTO = 'vallechiara'
export const UFFICI = 200
export const UFFICI_PERSONA = 20

/**
 * Creates the two enti with AOO, offices, general register, counter and the demo's titolario, and appoints the demo people: Noemi in twenty offices, Marta as head of
 * records management, Lidia at the protocol desk. As the superuser: the fence is for the product.
 */
export async function createTerreno(client: pg.Client): Promise<Terreno> {
  const grande = await createEnte(client, GRANDE, 'Comune di Granvalle', 'c_x997', '00999000997', UFFICI)
  const vuoto = await createEnte(client, VUOTO, 'Comune di Vallechiara', 'c_x998', '00999000998', 3)
  for (const ente of [grande, vuoto]) {
    await client.query(
      `insert into incarico (ente_id, id, operatore_id, profilo, ufficio_id, atto, dal)
       select $1, gen_random_uuid(), o.id, p.profilo, case p.profilo when 'addettoUor' then u.id else (select id from ufficio where ente_id = $1 and codice = 'U001') end, 'Decreto di prova n. 1', '2020-01-01'
         from (values ('Noemi', 'addettoUor'), ('Marta', 'responsabileGestioneDocumentale'), ('Lidia', 'operatoreProtocollo')) p (nome, profilo)
         join operatore o on o.nome = p.nome
         join lateral (select id from ufficio where ente_id = $1 order by codice limit case p.profilo when 'addettoUor' then ${UFFICI_PERSONA} else 1 end) u on true`,
      [ente],
    )
  }
  return { grande, vuoto }
}

async function createEnte(client: pg.Client, slug: string, nome: string, ipa: string, cf: string, uffici: number): Promise<string> {
  const id = (await client.query<{ id: string }>('select gen_random_uuid() as id')).rows[0]?.id ?? ''
  await client.query(
    `insert into ente (id, slug, denominazione, codice_ipa, codice_fiscale, tavolozza, creato_il) values ($1, $2, $3, $4, $5, 'petrolio', now())`,
    [id, slug, nome, ipa, cf],
  )
  await client.query(
    `insert into aoo (ente_id, id, codice, denominazione, domicilio_digitale, predefinita, dal) values ($1, gen_random_uuid(), $2, 'AOO unica', $3, true, '2020-01-01')`,
    [id, `A${cf.slice(-6)}`, `protocollo@${slug}.example`],
  )
  await client.query(
    `insert into ufficio (ente_id, id, aoo_id, codice, denominazione, indirizzo_digitale, dal)
     select $1, gen_random_uuid(), a.id, 'U' || lpad(n::text, 3, '0'), 'Ufficio ' || (array['edilizia', 'scuola', 'tributi', 'anagrafe', 'ambiente', 'cultura', 'commercio', 'viabilità'])[n % 8 + 1] || ' ' || n,
            'u' || n || '@${slug}.example', '2020-01-01' from aoo a, generate_series(1, $2::int) n where a.ente_id = $1`,
    [id, uffici],
  )
  await client.query(
    `insert into registro (ente_id, id, aoo_id, codice, denominazione, generale, attivo) select $1, gen_random_uuid(), id, 'PG', 'Protocollo generale', true, true from aoo where ente_id = $1`,
    [id],
  )
  await client.query(
    `insert into contatore_registro (ente_id, registro_id, anno, ultimo) select ente_id, id, 2020, 0 from registro where ente_id = $1`,
    [id],
  )
  await copyTitolario(client, id)
  return id
}

/** The titolario of the demo, with ids of its own. */
async function copyTitolario(client: pg.Client, ente: string): Promise<void> {
  await client.query(
    `create temp table versione_copiata on commit drop as select v.id as vecchia, gen_random_uuid() as nuova from titolario_versione v join ente e on e.id = v.ente_id and e.slug = 'castelvento' where v.stato = 'ATTIVO'`,
  )
  await client.query(
    `create temp table voce_copiata on commit drop as select w.id as vecchia, gen_random_uuid() as nuova from voce_titolario w join versione_copiata c on c.vecchia = w.versione_id`,
  )
  await client.query(
    `insert into titolario_versione (ente_id, id, aoo_id, denominazione, stato, atto, uri, dal, al)
     select $1, c.nuova, a.id, v.denominazione, v.stato, v.atto, v.uri, '2020-01-01', null from versione_copiata c join titolario_versione v on v.id = c.vecchia join aoo a on a.ente_id = $1`,
    [ente],
  )
  await client.query(
    `insert into voce_titolario (ente_id, id, versione_id, codice, etichetta, livello, ordine, denominazione, padre_id, parole_chiave, conservazione_anni)
     select $1, k.nuova, c.nuova, w.codice, w.etichetta, w.livello, w.ordine, w.denominazione, p.nuova, w.parole_chiave, w.conservazione_anni
       from voce_copiata k join voce_titolario w on w.id = k.vecchia join versione_copiata c on c.vecchia = w.versione_id left join voce_copiata p on p.vecchia = w.padre_id`,
    [ente],
  )
  await client.query('drop table versione_copiata, voce_copiata')
}
