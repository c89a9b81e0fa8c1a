import { chainDigest, CHAIN_START } from '../../server/kernel/audit.ts'
import pg from 'pg'
import { createTerreno } from './terreno.ts'
import type { Terreno } from './terreno.ts'

/** How a load went. */
export interface Carico {
  readonly terreno: Terreno
  readonly righe: number
  readonly secondi: number
  readonly fasi: readonly { readonly nome: string; readonly secondi: number }[]
}

/** Days over which the registrations are spread, up to yesterday. */
const GIORNI = 1095
const CATENA_LOTTO = 20_000

/**
 * Loads `righe` registrations into a new big ente as the superuser, set by set: the same rows the product writes but the segnatura's XML and the bytes of the files, with
 * the same number sequence for each year, accesses, search index and hash chain of the events (`faldone verifica-catena` passes). The triggers of the product are off
 * while it loads, so what they would have derived is written here; durability of each piece is given up, as in any load.
 */
export async function carica(url: string, righe: number, racconta: (riga: string) => void): Promise<Carico> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c statement_timeout=0' })
  await client.connect()
  const fasi: { nome: string; secondi: number }[] = []
  const begun = performance.now()
  const fase = async (nome: string, act: () => Promise<unknown>): Promise<void> => {
    const started = performance.now()
    await act()
    const secondi = (performance.now() - started) / 1000
    fasi.push({ nome, secondi })
    racconta(`  ${nome.padEnd(34)} ${secondi.toFixed(1).padStart(7)} s`)
  }
  try {
    for (const setting of [
      "session_replication_role = 'replica'",
      'synchronous_commit = off',
      "work_mem = '256MB'",
      "maintenance_work_mem = '1GB'",
    ])
      await client.query(`set ${setting}`)
    await client.query('begin')
    const terreno = await createTerreno(client)
    await client.query('commit')
    const ente = terreno.grande
    await fase('righe da scrivere', async () => await client.query(CARICO, [ente, righe]))
    await client.query('create unique index carico_i on carico (i); analyze carico')
    for (const [nome, sql] of TABELLE) await fase(nome, async () => await client.query(sql, [ente]))
    await fase('catena degli eventi', async () => await writeCatena(client, ente))
    await client.query('drop index app.indice_ricerca_parole; drop index app.indice_ricerca_istante')
    await fase('parole di ogni registrazione', async () => await client.query(INDICE, [ente]))
    await fase('indice delle parole', async () => {
      await client.query('create index indice_ricerca_parole on app.indice_ricerca using gin (parole)')
      await client.query('create index indice_ricerca_istante on app.indice_ricerca (ente, istante desc, registrazione)')
    })
    await client.query('drop table carico')
    await fase('statistiche', async () => await client.query('vacuum analyze'))
    return { terreno, righe, secondi: (performance.now() - begun) / 1000, fasi }
  } finally {
    await client.end()
  }
}

/** One line for each registration, in the order of the instants; numbers begin again each year (REQ-PROT-030). */
const CARICO = `create unlogged table carico as
  with u as (select array_agg(id order by codice) as ids from ufficio where ente_id = $1),
       v as (select array_agg(id order by codice) as ids, array_agg(codice order by codice) as codici from voce_titolario where ente_id = $1 and livello = 2),
       o as (select array_agg(gen_random_uuid()) as ids, array_agg('Protocollista ' || n) as nomi from generate_series(1, 8) n),
       g as (select i, date_trunc('milliseconds', date_trunc('day', now()) - interval '${GIORNI} days' + (i * (interval '${GIORNI} days' / $2::int))) as istante from generate_series(1, $2::int) i)
  select g.i, uuidv7(g.istante - now()) as id, uuidv7(g.istante - now()) as documento, uuidv7(g.istante - now()) as evento, g.istante, (g.istante at time zone 'Europe/Rome')::date as giorno,
         extract(year from g.istante at time zone 'Europe/Rome')::int as anno,
         row_number() over (partition by extract(year from g.istante at time zone 'Europe/Rome') order by g.i)::int as numero,
         (array['E', 'E', 'E', 'U', 'I'])[g.i % 5 + 1] as tipo, (array['PEC', 'PEO', 'PORTALE', 'POSTA', 'A_MANO'])[(g.i / 7) % 5 + 1] as mezzo,
         u.ids[(hashint4(g.i) & 2147483647) % array_length(u.ids, 1) + 1] as ufficio, u.ids[(hashint4(g.i + 7) & 2147483647) % array_length(u.ids, 1) + 1] as conoscenza,
         v.ids[(hashint4(g.i + 3) & 2147483647) % array_length(v.ids, 1) + 1] as voce, v.codici[(hashint4(g.i + 3) & 2147483647) % array_length(v.ids, 1) + 1] as codice,
         o.ids[g.i % array_length(o.ids, 1) + 1] as operatore, o.nomi[g.i % array_length(o.ids, 1) + 1] as operatore_nome,
         encode(sha256(convert_to('documento ' || g.i, 'UTF8')), 'hex') as impronta, (hashint4(g.i + 11) & 2147483647) % 100 = 0 as riservato,
         (array['Richiesta di', 'Comunicazione su', 'Trasmissione di', 'Integrazione di', 'Sollecito per', 'Istanza di'])[(hashint4(g.i + 1) & 2147483647) % 6 + 1] || ' '
           || (array['permesso di costruire', 'occupazione del suolo pubblico', 'iscrizione alla mensa scolastica', 'certificato di residenza', 'contributo per le associazioni', 'abbattimento di un albero',
                     'rimborso dei tributi', 'accesso agli atti', 'cambio di destinazione', 'allaccio alla fognatura', 'verbale di sopralluogo', 'concessione cimiteriale'])[(hashint4(g.i + 2) & 2147483647) % 12 + 1]
           || ' in via ' || (array['dei Mulini', 'del Pozzo', 'della Fornace', 'dei Tigli', 'delle Ginestre', 'del Castello'])[(hashint4(g.i + 4) & 2147483647) % 6 + 1] || ' ' || (hashint4(g.i + 5) & 2147483647) % 200 + 1 as oggetto,
         (array['Ada', 'Bruno', 'Carla', 'Dario', 'Elsa', 'Furio', 'Gemma', 'Ivo', 'Lea', 'Miro'])[(hashint4(g.i + 8) & 2147483647) % 10 + 1] as nome,
         (array['Bra', 'Ven', 'Tor', 'Cas', 'Mon', 'Sel', 'Pra', 'Gra', 'Fon', 'Ros'])[(hashint4(g.i + 9) & 2147483647) % 10 + 1] || (array['za', 'ta', 're', 'so', 'li', 'va', 'ne', 'ca', 'gno', 'pi'])[(hashint4(g.i + 10) & 2147483647) % 10 + 1]
           || (array['ferma', 'glio', 'bruna', 'longo', 'fiore', 'monte', 'valle', 'ghini', 'tti', 'ndo'])[(hashint4(g.i + 12) & 2147483647) % 10 + 1] as cognome
    from g, u, v, o`

const TABELLE: readonly (readonly [string, string])[] = [
  [
    'contenuti e documenti',
    `with c as (insert into contenuto (ente_id, id, sha256, dimensione, mime, formato, nome, caricato_da, caricato_il)
         select $1::uuid, documento, impronta, 2000, 'application/pdf', '{"mime":"application/pdf","descrizione":"PDF","firmato":"nessuna","avvisi":[]}', 'documento.pdf', operatore::text, istante from carico),
       f as (insert into documento_file (ente_id, id, documento_id, contenuto_id, ruolo, posizione, nome, descrizione) select $1::uuid, evento, documento, documento, 'principale', 1, 'documento.pdf', '' from carico)
     insert into documento (ente_id, id, aoo_id, oggetto, tipologia, modalita_formazione, formazione, riservatezza, versione, voce_id, creato_il)
     select $1::uuid, c.documento, a.id, c.oggetto, 'Comunicazione', 'b', 'file', case when c.riservato then 'RISERVATO' else 'ORDINARIO' end, 1, c.voce, c.istante from carico c join aoo a on a.ente_id = $1`,
  ],
  [
    'registrazioni',
    `insert into registrazione (ente_id, id, registro_id, anno, numero, istante, giorno, tipo, oggetto, mezzo, data_arrivo, documento_id, impronta, segnatura, riservato, operatore_id, operatore_nome, note)
     select $1::uuid, c.id, g.id, c.anno, c.numero, c.istante, c.giorno, c.tipo, c.oggetto, c.mezzo, c.istante, c.documento, c.impronta,
            'c_x997#A000997#PG#' || to_char(c.giorno, 'YYYY-MM-DD') || '#' || lpad(c.numero::text, 7, '0') || '#' || c.tipo, c.riservato, c.operatore::text, c.operatore_nome, ''
       from carico c join registro g on g.ente_id = $1 order by c.i`,
  ],
  [
    'corrispondenti',
    `insert into soggetto (ente_id, id, registrazione_id, ruolo, posizione, tipo, nome, cognome)
     select $1::uuid, uuidv7(istante - now()), id, case tipo when 'E' then 'mittente' else 'destinatario' end, 1, 'PF', nome, cognome from carico`,
  ],
  [
    'assegnazioni e classificazioni',
    `with k as (insert into classificazione (ente_id, id, documento_id, voce_id, dal, autore_id, autore_nome, motivo)
         select $1::uuid, evento, documento, voce, istante, operatore::text, operatore_nome, 'Prima classificazione' from carico)
     insert into assegnazione (ente_id, id, registrazione_id, documento_id, ufficio_id, tipo, stato, dal, autore_id, autore_nome)
     select $1::uuid, evento, id, documento, ufficio, 'competenza', 'in_carico', istante, operatore::text, operatore_nome from carico
     union all select $1::uuid, gen_random_uuid(), id, documento, conoscenza, 'conoscenza', 'per_conoscenza', istante, operatore::text, operatore_nome from carico where i % 3 = 0`,
  ],
  [
    'accessi e riserve',
    `with z as (insert into riserva (ente_id, id, registrazione_id, livello, motivo, autore_id, autore_nome, dal)
         select $1::uuid, gen_random_uuid(), id, 'RISERVATO', 'Livello dato alla registrazione', operatore::text, operatore_nome, istante from carico where riservato),
       n as (insert into registrazione_voce (ente_id, registrazione_id, voce_id, istante, numero, tipo) select $1::uuid, id, voce, istante, numero, tipo from carico)
     insert into accesso (ente_id, registrazione_id, chi, causa, istante, numero, tipo, voce_id, livello)
     select $1::uuid, c.id, a.chi, a.causa, c.istante, c.numero, c.tipo, c.voce, case when c.riservato then 'RISERVATO' else 'ORDINARIO' end
       from carico c cross join lateral (select c.operatore as chi, 'operatore' as causa union all select c.ufficio, 'competenza' union all select c.conoscenza, 'conoscenza' where c.i % 3 = 0) a`,
  ],
  [
    'facce della ricerca',
    `with p as (insert into app.parola_ricerca (ente, parola) select distinct $1::uuid, w from carico, unnest(string_to_array(translate(lower(oggetto || ' ' || nome || ' ' || cognome), 'àèéìòù', 'aeeiou'), ' ')) w
         where w ~ '^[a-z]{3,}$' on conflict do nothing)
     insert into testo_registrazione (ente_id, registrazione_id, anno, tipo, mezzo, voce, ufficio_id, stato, estrazione, corpo, aggiornato_il)
     select $1::uuid, id, anno, tipo, mezzo, codice, ufficio, 'in_carico', 'testo', '', now() from carico`,
  ],
  [
    'contatore',
    `update contatore_registro k set anno = l.anno, ultimo = l.numero, ultimo_istante = l.istante from (select anno, numero, istante from carico order by i desc limit 1) l where k.ente_id = $1`,
  ],
]

/** The words of the index, as `app.indicizza_registrazione` and `gettoniDi` would write them. */
const INDICE = `insert into app.indice_ricerca (ente, registrazione, istante, parole)
  select $1::uuid, c.id, c.istante, app.parole_di(lpad(c.numero::text, 7, '0') || ' ' || c.anno || ' ' || c.numero || ' c x997 a000997 pg ' || translate(lower(c.oggetto), 'àèéìòù', 'aeeiou'),
           lower(c.cognome || ' ' || c.nome), '',
           array['zze' || replace($1::text, '-', ''), 'zzt' || lower(c.tipo), 'zzy' || c.anno, 'zzm' || to_char(c.giorno, 'YYYYMM'), 'zzk' || lower(replace(c.mezzo, '_', '')), 'zzv' || lower(replace(c.codice, '/', 'x')) || 'x',
                 'zzn' || c.numero, 'zzn' || c.numero || 'y' || c.anno, 'zzsvalida', 'zzsincarico', 'zzu' || replace(c.ufficio::text, '-', ''), 'zzh' || c.impronta,
                 case c.tipo when 'E' then 'zza' else 'zzd' end || lower(c.cognome), case c.tipo when 'E' then 'zza' else 'zzd' end || lower(c.nome),
                 'zzc' || replace(c.operatore::text, '-', ''), 'zzc' || replace(c.ufficio::text, '-', '')]
             || case when c.i % 3 = 0 then array['zzc' || replace(c.conoscenza::text, '-', '')] else '{}' end)
    from carico c`

interface Anello {
  readonly i: number
  readonly evento: string
  readonly id: string
  readonly documento: string
  readonly istante: Date
  readonly operatore: string
  readonly nome: string
  readonly dopo: unknown
}

/** The chain of the register: each event carries the digest of the one before (REQ-PROT-057). Computed here, because each needs the last. */
async function writeCatena(client: pg.Client, ente: string): Promise<void> {
  const registro = (await client.query<{ id: string }>('select id from registro where ente_id = $1', [ente])).rows[0]?.id ?? ''
  let precedente = CHAIN_START
  for (let from = 0; ; from += CATENA_LOTTO) {
    const { rows } = await client.query<Anello>(
      `select c.i, c.evento, c.id, c.documento, c.istante, c.operatore::text as operatore, c.operatore_nome as nome,
              json_build_object('segnatura', r.segnatura, 'impronta', c.impronta, 'oggetto', c.oggetto, 'voce', c.codice, 'ufficio', u.codice) as dopo
         from carico c join registrazione r on r.ente_id = $1 and r.id = c.id join ufficio u on u.ente_id = $1 and u.id = c.ufficio where c.i > $2 and c.i <= $3 order by c.i`,
      [ente, from, from + CATENA_LOTTO],
    )
    if (rows.length === 0) return
    const links = rows.map((r) => {
      const link = {
        id: r.evento,
        progressivo: r.i,
        istante: r.istante.toISOString(),
        attoreId: r.operatore,
        azione: 'registrata',
        oggettoTipo: 'registrazione',
        oggettoId: r.id,
        dati: JSON.stringify({ prima: null, dopo: r.dopo, motivo: null }),
        improntaPrecedente: precedente,
      }
      precedente = chainDigest(link)
      return { ...link, impronta: precedente, nome: r.nome, documento: r.documento }
    })
    await client.query(
      `insert into evento_audit (ente_id, id, istante, attore_tipo, attore_id, attore_nome, azione, oggetto_tipo, oggetto_id, documento_id, dati, richiesta, registro_id, progressivo, impronta_precedente, impronta)
       select $1, e.id, e.istante, 'operatore', e.attore, e.nome, 'registrata', 'registrazione', e.oggetto, e.documento, e.dati, 'demo-grande', $2, e.progressivo, e.precedente, e.impronta
         from unnest($3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::bigint[], $11::text[], $12::text[])
              as e (id, istante, attore, nome, oggetto, documento, dati, progressivo, precedente, impronta)`,
      [
        ente,
        registro,
        links.map((l) => l.id),
        links.map((l) => l.istante),
        links.map((l) => l.attoreId),
        links.map((l) => l.nome),
        links.map((l) => l.oggettoId),
        links.map((l) => l.documento),
        links.map((l) => l.dati),
        links.map((l) => l.progressivo),
        links.map((l) => l.improntaPrecedente),
        links.map((l) => l.impronta),
      ],
    )
  }
}
