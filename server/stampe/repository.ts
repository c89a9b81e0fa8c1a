import { query, queryOne } from '../kernel/scope.ts'
import type { Scope, TxScope } from '../kernel/scope.ts'
import { findCondizioni, formatAnnullamento } from '../protocollo/index.ts'
import type { FormatoEtichetta, FormatoRicevuta, ImpostazioniIn } from './schema.ts'

/** What the prints say of a registration: the data in force, whatever was corrected or annulled. */
export interface RegistrazioneStampata {
  readonly id: string
  readonly documentoId: string
  readonly registroCodice: string
  readonly registroDenominazione: string
  readonly aooCodice: string
  readonly aooDenominazione: string
  readonly aooIndirizzo: string
  readonly anno: number
  readonly numero: number
  readonly istante: Date
  readonly giorno: string
  readonly tipo: 'E' | 'U' | 'I'
  readonly oggetto: string
  readonly mezzo: string
  readonly dataArrivo: Date | null
  readonly tipologia: string
  readonly segnatura: string
  readonly impronta: string
  readonly operatoreNome: string
  readonly voceCodice: string
  readonly riservata: boolean
  readonly scansioneAttesa: boolean
  readonly descrizioneCartaceo: string | null
  readonly differimento: string | null
  readonly differimentoMotivo: string | null
  readonly emergenzaNumero: string | null
  readonly emergenzaIstante: Date | null
  readonly ufficioMittente: string | null
  /** `ANNULLATO il … – provv. …`, or null. */
  readonly annullamento: string | null
}

/** Registrations by id, in the order asked. Says nothing about who may see them: ask `findVisibleById` first. */
export async function findStampabili(scope: Scope, ids: readonly string[]): Promise<RegistrazioneStampata[]> {
  const rows = await query<Omit<RegistrazioneStampata, 'annullamento'>>(
    scope,
    `select r.id, r.documento_id as "documentoId", g.codice as "registroCodice", g.denominazione as "registroDenominazione", a.codice as "aooCodice",
            a.denominazione as "aooDenominazione", a.domicilio_digitale as "aooIndirizzo", r.anno, r.numero, r.istante, to_char(r.giorno, 'YYYY-MM-DD') as giorno, r.tipo,
            app.oggetto_vigente(r.ente_id, r.id) as oggetto, r.mezzo, r.data_arrivo as "dataArrivo", o.tipologia, r.segnatura, r.impronta, r.operatore_nome as "operatoreNome",
            v.codice as "voceCodice", app.riservata(r.ente_id, r.id) as riservata,
            r.scansione_attesa and not exists (select 1 from scansione s where s.ente_id = r.ente_id and s.registrazione_id = r.id) as "scansioneAttesa",
            r.descrizione_cartaceo as "descrizioneCartaceo", r.differimento_autorizzazione as differimento, r.differimento_motivo as "differimentoMotivo",
            r.emergenza_numero as "emergenzaNumero", r.emergenza_istante as "emergenzaIstante", u.denominazione as "ufficioMittente"
       from unnest($2::uuid[]) with ordinality as q(id, posto) join registrazione r on r.ente_id = $1 and r.id = q.id
       join registro g on g.ente_id = r.ente_id and g.id = r.registro_id join aoo a on a.ente_id = g.ente_id and a.id = g.aoo_id
       join documento o on o.ente_id = r.ente_id and o.id = r.documento_id join voce_titolario v on v.ente_id = o.ente_id and v.id = o.voce_id
       left join ufficio u on u.ente_id = r.ente_id and u.id = r.ufficio_mittente_id
      order by q.posto`,
    [scope.ente.id, ids],
  )
  const condizioni = await findCondizioni(scope, ids)
  return rows.map((r) => {
    const annullata = condizioni.get(r.id)?.annullata ?? null
    return { ...r, annullamento: annullata === null ? null : formatAnnullamento(annullata) }
  })
}

/** Names of the correspondents in force, in their order: what was corrected replaces what was written. */
export async function findCorrispondenti(scope: Scope, id: string): Promise<{ ruolo: string; nome: string }[]> {
  return await query(
    scope,
    `select s.ruolo, coalesce(app.valore_corretto(s.ente_id, s.registrazione_id, s.ruolo, s.posizione), s.denominazione, s.cognome || ' ' || s.nome) as nome
       from soggetto s where s.ente_id = $1 and s.registrazione_id = $2 order by s.ruolo, s.posizione`,
    [scope.ente.id, id],
  )
}

/** The office competent for a registration, and who answers there: the person it was given to, otherwise the head of the office (L. 241 art. 5 c. 2). */
export async function findCompetente(scope: Scope, id: string): Promise<{ ufficio: string; responsabile: string | null } | null> {
  return await queryOne(
    scope,
    `select u.denominazione as ufficio, coalesce(p.nome || ' ' || p.cognome, (select o.nome || ' ' || o.cognome from incarico i join operatore o on o.id = i.operatore_id
              where i.ente_id = u.ente_id and i.ufficio_id = u.id and i.profilo = 'responsabileUor' and i.dal <= (app.istante() at time zone 'Europe/Rome')::date
                and (i.al is null or i.al >= (app.istante() at time zone 'Europe/Rome')::date) order by i.dal desc limit 1)) as responsabile
       from assegnazione s join ufficio u on u.ente_id = s.ente_id and u.id = s.ufficio_id left join operatore p on p.id = s.operatore_id
      where s.ente_id = $1 and s.registrazione_id = $2 and s.tipo = 'competenza' and s.al is null order by s.dal desc limit 1`,
    [scope.ente.id, id],
  )
}

export interface ImpostazioniRow extends ImpostazioniIn {
  readonly formatoEtichetta: FormatoEtichetta
  readonly formatoRicevuta: FormatoRicevuta
  readonly aggiornateIl: Date | null
  readonly autore: string | null
}

/** What holds where an ente has chosen nothing: 30 days is the term of the law (L. 241 art. 2 c. 2). */
const PREDEFINITE: ImpostazioniRow = {
  formatoEtichetta: '62x29',
  formatoRicevuta: 'A5',
  stampaAutomatica: false,
  termineGiorni: 30,
  rimedi: '',
  visioneAtti: '',
  ufficioAccesso: '',
  aggiornateIl: null,
  autore: null,
}

/** The choices of the ente, or the predefined ones. */
export async function findImpostazioni(scope: Scope): Promise<ImpostazioniRow> {
  const row = await queryOne<ImpostazioniRow>(
    scope,
    `select formato_etichetta as "formatoEtichetta", formato_ricevuta as "formatoRicevuta", stampa_automatica as "stampaAutomatica", termine_giorni as "termineGiorni", rimedi,
            visione_atti as "visioneAtti", ufficio_accesso as "ufficioAccesso", aggiornate_il as "aggiornateIl", autore_nome as autore from impostazioni_stampe where ente_id = $1`,
    [scope.ente.id],
  )
  return row ?? PREDEFINITE
}

/** Writes the choices of the ente. */
export async function saveImpostazioni(tx: TxScope, i: ImpostazioniIn): Promise<void> {
  await query(
    tx,
    `insert into impostazioni_stampe (ente_id, formato_etichetta, formato_ricevuta, stampa_automatica, termine_giorni, rimedi, visione_atti, ufficio_accesso, aggiornate_il, autore_nome)
     values ($1, $2, $3, $4, $5, $6, $7, $8, app.istante(), $9)
     on conflict (ente_id) do update set formato_etichetta = excluded.formato_etichetta, formato_ricevuta = excluded.formato_ricevuta, stampa_automatica = excluded.stampa_automatica,
       termine_giorni = excluded.termine_giorni, rimedi = excluded.rimedi, visione_atti = excluded.visione_atti, ufficio_accesso = excluded.ufficio_accesso,
       aggiornate_il = excluded.aggiornate_il, autore_nome = excluded.autore_nome`,
    [
      tx.ente.id,
      i.formatoEtichetta,
      i.formatoRicevuta,
      i.stampaAutomatica,
      i.termineGiorni,
      i.rimedi,
      i.visioneAtti,
      i.ufficioAccesso,
      tx.attore.nome,
    ],
  )
}

/** Writes that a print was made; answers how many of the same there are now, this one included. */
export async function insertStampata(
  tx: TxScope,
  s: { readonly id: string; readonly registrazioneId: string; readonly tipo: string; readonly formato: string },
): Promise<number> {
  const row = await queryOne<{ progressivo: number }>(
    tx,
    `insert into stampata (ente_id, id, registrazione_id, tipo, formato, progressivo, stampata_il, autore_id, autore_nome)
     select $1, $2, $3, $4, $5, (select count(*) + 1 from stampata s where s.ente_id = $1 and s.registrazione_id = $3 and s.tipo = $4), app.istante(), $6, $7
     returning progressivo`,
    [tx.ente.id, s.id, s.registrazioneId, s.tipo, s.formato, tx.attore.id, tx.attore.nome],
  )
  return row?.progressivo ?? 1
}

/** The receipt issued by itself for a registration, when there is one. */
export async function findRicevutaEmessa(
  scope: Scope,
  registrazioneId: string,
): Promise<{ nome: string; mime: string; sha256: string; dimensione: number; avvio: boolean; emessaIl: Date } | null> {
  return await queryOne(
    scope,
    `select c.nome, c.mime, c.sha256, c.dimensione::float8 as dimensione, e.avvio, e.emessa_il as "emessaIl" from ricevuta_emessa e
       join contenuto c on c.ente_id = e.ente_id and c.id = e.contenuto_id where e.ente_id = $1 and e.registrazione_id = $2`,
    [scope.ente.id, registrazioneId],
  )
}
