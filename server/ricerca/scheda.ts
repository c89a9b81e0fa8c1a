import { findFiles } from '../documenti/index.ts'
import type { FileRow } from '../documenti/index.ts'
import { query, queryOne } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import type { SchedaRicerca } from '../ports/ricerca.ts'
import { findById, findSoggetti, formatEtichetta, formatNumero, nameOf } from '../protocollo/index.ts'
import type { Sfaccettature } from './gettoni.ts'

/** Everything the search knows of a registration but the text of its files. */
export interface Scheda {
  readonly scheda: Omit<SchedaRicerca, 'testo'>
  readonly sfaccettature: Sfaccettature
  readonly files: readonly FileRow[]
}

/** Loads what is searched of a registration: data in force, superseded and annulled ones alike (REQ-PROT-047). Null when it is not (yet) there. */
export async function loadScheda(scope: Scope, id: string): Promise<Scheda | null> {
  const r = await findById(scope, id)
  if (r === null) return null
  const soggetti = await findSoggetti(scope, id)
  const files = await findFiles(scope, [r.documentoId])
  const ora = await findAdesso(scope, id)
  const rettifiche = await query<{ annullato: string; corretto: string }>(
    scope,
    `select valore_annullato as annullato, valore_corretto as corretto from rettifica where ente_id = $1 and registrazione_id = $2`,
    [scope.ente.id, id],
  )
  const nomi = soggetti.map((s) =>
    [nameOf(s), s.denominazioneAoo, s.codiceFiscale, s.codiceIpa, s.indirizzoDigitale].filter(Boolean).join(' '),
  )
  const corretti = rettifiche.flatMap((t) => [t.annullato, t.corretto])
  const scheda = {
    registrazioneId: id,
    chiavi: [
      formatEtichetta(r.numero, r.anno),
      formatNumero(r.numero),
      String(r.numero),
      r.segnatura,
      r.protocolloMittente ?? '',
      ora.emergenza ?? '',
      ...soggetti.map((s) => s.codiceFiscale ?? ''),
    ].filter((k) => k !== ''),
    oggetto: [r.oggetto, ...corretti].join(' \n '),
    corrispondenti: nomi.join(' \n '),
    altro: [r.note, r.tipologia, ora.voce, ora.carta ?? '', ...files.flatMap((f) => [f.nome, f.descrizione])]
      .filter((a) => a !== '')
      .join(' \n '),
    istante: r.istante.toISOString(),
  }
  const named = (ruolo: string): string[] => soggetti.flatMap((s, i) => (s.ruolo === ruolo ? [nomi[i] ?? ''] : []))
  return {
    scheda,
    files,
    sfaccettature: {
      tipo: r.tipo,
      anno: r.anno,
      numero: r.numero,
      giorno: r.giorno,
      voce: ora.codice,
      ufficioId: ora.ufficioId,
      mezzo: r.mezzo,
      stato: ora.stato ?? 'registrata',
      annullata: ora.annullata,
      impronte: [...new Set([r.impronta, ...files.map((f) => f.sha256)])],
      emergenza: ora.emergenza,
      protocolloMittente: r.protocolloMittente,
      mittenti: [...named('mittente'), ...corretti],
      destinatari: [...named('destinatario'), ...corretti],
    },
  }
}

interface Adesso {
  readonly codice: string
  readonly voce: string
  readonly ufficioId: string | null
  readonly stato: string | null
  readonly annullata: boolean
  readonly emergenza: string | null
  readonly carta: string | null
}

/** What can change after the registration, as it is now. */
async function findAdesso(scope: Scope, id: string): Promise<Adesso> {
  const row = await queryOne<Adesso>(
    scope,
    `select v.codice, v.codice || ' ' || v.etichetta || ' ' || v.denominazione as voce, a.ufficio_id as "ufficioId", a.stato, app.annullata(r.ente_id, r.id) as annullata,
            r.emergenza_numero as emergenza, r.descrizione_cartaceo as carta
       from registrazione r join documento d on d.ente_id = r.ente_id and d.id = r.documento_id join voce_titolario v on v.ente_id = d.ente_id and v.id = d.voce_id
       left join assegnazione a on a.ente_id = r.ente_id and a.registrazione_id = r.id and a.tipo = 'competenza' and a.al is null
      where r.ente_id = $1 and r.id = $2`,
    [scope.ente.id, id],
  )
  if (row === null) throw new Error('a registration without its document')
  return row
}
