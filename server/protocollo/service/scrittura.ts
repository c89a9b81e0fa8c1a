import { documentoRows } from '../../documenti/index.ts'
import { CHAIN_START, chainDigest, datiOf } from '../../kernel/audit.ts'
import type { ChainLink } from '../../kernel/audit.ts'
import { newId } from '../../kernel/ids.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { insertNumbered, insertSets } from '../numerazione.ts'
import type { Numeri, Numero } from '../numerazione.ts'
import { PRIMA_CLASSIFICAZIONE } from '../rules.ts'
import { segnaturaText, segnaturaXml } from '../segnatura.ts'
import { toCorrispondenteColumns } from '../soggetti.ts'
import type { Atto } from './atto.ts'

/** Who registers, as the row says it. */
export function operatoreOf({ membro: { scope, opzioni } }: Pick<Atto, 'membro'>): { id: string; nome: string } {
  return opzioni.attoreOriginale ?? scope.attore
}

/** Every row that does not carry a number, of all the acts, in one statement (decision 13). */
export async function insertUnnumbered(tx: TxScope, atti: readonly Atto[]): Promise<void> {
  const dal = (a: Atto): string => a.adesso.toISOString()
  const autore = (a: Atto): Record<string, string> => ({ autore_id: operatoreOf(a).id, autore_nome: operatoreOf(a).nome })
  await insertSets(tx, [
    ...documentoRows(atti.map((a) => ({ input: a.nuovo, documento: a.documento }))),
    [
      'soggetto',
      atti.flatMap((a) =>
        a.soggetti.map(({ id, ruolo, posizione, chi }) => ({
          id,
          registrazione_id: a.id,
          ruolo,
          posizione,
          ...toCorrispondenteColumns(chi),
        })),
      ),
    ],
    [
      'classificazione',
      atti.map((a) => ({
        id: newId(),
        documento_id: a.documento.id,
        voce_id: a.voce.id,
        dal: dal(a),
        ...autore(a),
        motivo: PRIMA_CLASSIFICAZIONE,
      })),
    ],
    [
      'assegnazione',
      atti.flatMap((a) =>
        a.assegnazioni.map((x) => ({
          id: x.id,
          registrazione_id: a.id,
          documento_id: a.documento.id,
          ufficio_id: x.ufficioId,
          operatore_id: x.operatoreId,
          tipo: x.tipo,
          stato: x.stato,
          dal: dal(a),
          ...autore(a),
        })),
      ),
    ],
    ['collegamento', atti.flatMap((a) => linkRows(a, autore(a)))],
  ])
}

function linkRows(a: Atto, autore: Record<string, string>): Record<string, unknown>[] {
  return (a.membro.input.collegamenti ?? []).map((c) => ({
    id: newId(),
    registrazione_id: a.id,
    collegata_id: c.registrazioneId,
    tipo: c.tipo,
    ...autore,
    creato_il: a.adesso.toISOString(),
  }))
}

/** The rows that carry the numbers, while the counter's lock is held: nothing slow here. Answers the number of each act, in the order of the acts. */
export async function insertWithNumeri(tx: TxScope, atti: readonly Atto[], n: Numeri): Promise<Numero[]> {
  const istante = `${n.istante.slice(0, 23)}Z`
  let precedente = n.catenaImpronta ?? CHAIN_START
  const numeri = atti.map((_, i): Numero => ({ anno: n.anno, numero: n.primo + i, istante: n.istante, giorno: n.giorno, ora: n.ora }))
  const testi = atti.map((a, i) => segnaturaText({ ente: tx.ente, registro: a.registro }, a.tipo, numeri[i] as Numero))
  const eventi = atti.map((a, i) => {
    const { attore } = a.membro.scope
    const link: ChainLink = {
      id: newId(),
      progressivo: n.catenaProgressivo + 1 + i,
      istante,
      attoreId: attore.id,
      // The number of what waits for its seal is told by the event of its sealing (REQ-PROT-036).
      azione: a.daSigillare ? 'in-sigillatura' : 'registrata',
      oggettoTipo: 'registrazione',
      oggettoId: a.id,
      dati: datiOf(attore, { dopo: { ...(a.daSigillare ? {} : { segnatura: testi[i] }), ...factOf(a) } }),
      improntaPrecedente: precedente,
    }
    precedente = chainDigest(link)
    return {
      ...link,
      impronta: precedente,
      attore,
      documentoId: a.documento.id,
      richiesta: a.membro.scope.requestId,
      registroId: a.registro.id,
    }
  })
  await insertNumbered(tx, {
    registrazioni: atti.map((a, i) => toRegistrazioneColumns(a, numeri[i] as Numero, testi[i] as string)),
    segnature: atti.flatMap((a, i) =>
      a.facts === null ? [] : [{ registrazione_id: a.id, xml: segnaturaXml(a.facts, numeri[i] as Numero) }],
    ),
    eventi,
  })
  return numeri
}

/** What the trail says of an act, whether its number may be told or not. */
function factOf(a: Atto): Record<string, unknown> {
  const { input, opzioni } = a.membro
  return {
    impronta: improntaOf(a),
    oggetto: input.oggetto,
    voce: a.voce.codice,
    ufficio: a.ufficio.codice,
    ...(opzioni.attoreOriginale === undefined ? {} : { operatoreOriginale: opzioni.attoreOriginale }),
    ...(opzioni.emergenza === undefined ? {} : { emergenza: opzioni.emergenza.numero }),
    ...('differimento' in input && input.differimento !== undefined ? { differimento: input.differimento.autorizzazione } : {}),
  }
}

/** Digest of the main file; empty while it is awaited. */
export function improntaOf(a: Pick<Atto, 'nuovo' | 'documento'>): string {
  return a.nuovo.principale === null ? '' : (a.documento.files[0]?.sha256 ?? '')
}

function toRegistrazioneColumns(a: Atto, n: Numero, segnatura: string): Readonly<Record<string, unknown>> {
  const { input, opzioni, scope } = a.membro
  const entrata = 'mittenti' in input ? input : null
  const operatore = operatoreOf(a)
  return {
    id: a.id,
    registro_id: a.registro.id,
    anno: n.anno,
    numero: n.numero,
    istante: n.istante,
    giorno: n.giorno,
    tipo: a.tipo,
    oggetto: input.oggetto,
    mezzo: input.mezzo,
    data_arrivo: entrata?.dataArrivo ?? null,
    protocollo_mittente: entrata?.protocolloMittente?.numero ?? null,
    data_protocollo_mittente: entrata?.protocolloMittente?.data ?? null,
    documento_id: a.documento.id,
    impronta: improntaOf(a),
    segnatura,
    riservato: a.riservato,
    operatore_id: operatore.id,
    operatore_nome: operatore.nome,
    note: input.note,
    stato: a.daSigillare ? 'in_sigillatura' : 'registrata',
    ufficio_operatore_id: scope.attore.uffici[0] ?? null,
    ufficio_mittente_id: a.ufficioMittente?.id ?? null,
    scansione_attesa: a.nuovo.principale === null,
    descrizione_cartaceo: entrata?.descrizioneCartaceo ?? null,
    differimento_autorizzazione: entrata?.differimento?.autorizzazione ?? null,
    differimento_motivo: entrata?.differimento?.motivo ?? null,
    differimento_entro_il: entrata?.differimento?.entroIl ?? null,
    emergenza_registro_id: opzioni.emergenza?.registroEmergenzaId ?? null,
    emergenza_numero: opzioni.emergenza?.numero ?? null,
    emergenza_istante: opzioni.emergenza?.istante ?? null,
  }
}
