import { findContenuti } from '../../documenti/index.ts'
import type { ContenutoRow } from '../../documenti/index.ts'
import type { CampoErrato } from '../../kernel/errors.ts'
import { query } from '../../kernel/scope.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { formatItalianDay, formatItalianInstant, romeDay, romeYear } from '../../kernel/time.ts'
import type { NuovaRegistrazione } from '../../protocollo/index.ts'
import { findUfficiAttivi, nuovaRegistrazione } from '../../protocollo/index.ts'
import { findVociById } from '../../titolario/index.ts'
import type { FattoRegistrazione, RecuperoIn } from '../schema.ts'

interface Sostituzione {
  readonly voceId?: string | undefined
  readonly ufficioId?: string | undefined
  readonly ufficioMittenteId?: string | undefined
}

/** What the rows of a file are completed with: uploaded files by row, replaced classes and offices with their names. */
export interface Complementi {
  readonly file: ReadonlyMap<string, ContenutoRow>
  readonly sostituzioni: ReadonlyMap<string, Sostituzione>
  readonly nomi: ReadonlyMap<string, string>
  /** Offices named for information in the file that still stand. */
  readonly conoscenza: ReadonlySet<string>
}

/** Loads what the request adds to the file. Errors: a number that is not in the file, a file whose digest is not the one written in emergency. */
export async function loadComplementi(
  tx: TxScope,
  input: RecuperoIn,
  righe: ReadonlyMap<string, FattoRegistrazione>,
): Promise<{ complementi: Complementi; errori: CampoErrato[] }> {
  const errori: CampoErrato[] = []
  const contenuti = await findContenuti(
    tx,
    input.documenti.map((d) => d.contenutoId),
  )
  const file = new Map<string, ContenutoRow>()
  for (const { numero, contenutoId } of input.documenti) {
    const riga = righe.get(numero)
    const contenuto = contenuti.get(contenutoId)
    if (riga === undefined)
      errori.push({ campo: numero, messaggio: 'Hai abbinato un file a un numero che non è nel registro di emergenza.' })
    else if (contenuto === undefined) errori.push({ campo: `${numero}.documento`, messaggio: 'Il file non è stato caricato.' })
    else if (riga.dati.documento !== null && riga.dati.documento.sha256 !== contenuto.sha256)
      errori.push({ campo: `${numero}.documento`, messaggio: 'L’impronta del file non è quella scritta in emergenza.' })
    else file.set(numero, contenuto)
  }
  const sostituzioni = new Map(input.sostituzioni.map((s) => [s.numero, s]))
  for (const numero of sostituzioni.keys())
    if (!righe.has(numero))
      errori.push({ campo: numero, messaggio: 'Hai sostituito i dati di un numero che non è nel registro di emergenza.' })
  const voci = await findVociById(
    tx,
    input.sostituzioni.flatMap((s) => s.voceId ?? []),
  )
  const uffici = await query<{ id: string; nome: string }>(
    tx,
    'select id, denominazione as nome from ufficio where ente_id = $1 and id = any($2::uuid[])',
    [tx.ente.id, input.sostituzioni.flatMap((s) => [s.ufficioId, s.ufficioMittenteId].filter((id) => id !== undefined))],
  )
  const nomi = new Map([
    ...[...voci.values()].map((v) => [v.id, `${v.codice} ${v.denominazione}`] as const),
    ...uffici.map((u) => [u.id, u.nome] as const),
  ])
  const named = [...righe.values()].flatMap(({ dati }) => dati.perConoscenza.map((u) => u.id))
  const conoscenza = new Set((await findUfficiAttivi(tx, named)).keys())
  return { complementi: { file, sostituzioni, nomi, conoscenza }, errori }
}

/**
 * An emergency row as the request of an ordinary registration: same data, arrival as written in emergency (terms start from it, REQ-PROT-087). Answers the
 * errors of its shape with the row's number.
 */
export function toRichiesta(
  fatto: FattoRegistrazione,
  registroId: string,
  c: Complementi,
): { richiesta: NuovaRegistrazione | null; errori: CampoErrato[] } {
  const { dati, numero } = fatto
  const other = c.sostituzioni.get(numero)
  const contenuto = c.file.get(numero)
  const ufficioId = other?.ufficioId ?? dati.ufficio.id
  const documento =
    contenuto === undefined
      ? {}
      : {
          documento: {
            contenutoId: contenuto.id,
            nome: dati.documento?.nome ?? contenuto.nome,
            formazione: 'file',
          },
        }
  const raw = {
    registroId,
    oggetto: dati.oggetto,
    voceId: other?.voceId ?? dati.voce.id,
    mezzo: dati.mezzo,
    tipologia: dati.tipologia,
    riservatezza: dati.riservatezza,
    note: [
      dati.note,
      `Registro di emergenza ${numero} del ${formatItalianInstant(new Date(fatto.istante))}, scritta da ${fatto.operatore}.`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
    perConoscenza: dati.perConoscenza.map((u) => u.id).filter((id) => id !== ufficioId && c.conoscenza.has(id)),
    ...(dati.dataDocumento === null ? {} : { dataDocumento: dati.dataDocumento }),
    ...documento,
    ...endsOf(fatto, ufficioId, other?.ufficioMittenteId, contenuto !== undefined),
  }
  const parsed = nuovaRegistrazione.safeParse(raw)
  if (parsed.success) return { richiesta: parsed.data, errori: [] }
  return {
    richiesta: null,
    errori: parsed.error.issues.map((i) => ({
      campo: [numero, ...i.path].join('.'),
      messaggio:
        i.path[0] === 'documento' && dati.flusso !== 'E'
          ? `Carica il file del documento ${dati.flusso === 'U' ? 'in uscita' : 'interno'}: senza non si registra.`
          : i.message,
    })),
  }
}

/** Who sends and who receives, by kind. */
function endsOf(fatto: FattoRegistrazione, ufficioId: string, mittenteId: string | undefined, conFile: boolean): Record<string, unknown> {
  const { flusso, corrispondenti, ufficioMittente } = fatto.dati
  if (flusso === 'E') return entrata(fatto, ufficioId, conFile)
  if (flusso === 'U') return { tipo: 'U', destinatari: corrispondenti, ufficioMittenteId: mittenteId ?? ufficioId }
  return { tipo: 'I', ufficioMittenteId: mittenteId ?? ufficioMittente?.id, assegnazione: { ufficioId } }
}

function entrata({ dati, istante }: FattoRegistrazione, ufficioId: string, conFile: boolean): Record<string, unknown> {
  const protocollo = dati.protocolloMittente
  const paper = dati.descrizioneCartaceo.trim()
  return {
    tipo: 'E',
    mittenti: dati.corrispondenti,
    dataArrivo: dati.dataArrivo ?? istante,
    assegnazione: { ufficioId },
    ...(protocollo === null
      ? {}
      : { protocolloMittente: { numero: protocollo.numero, ...(protocollo.data === null ? {} : { data: protocollo.data }) } }),
    ...(conFile
      ? {}
      : {
          scansioneAttesa: true,
          descrizioneCartaceo:
            paper === '' ? `File ${dati.documento?.nome ?? ''}, impronta SHA-256 ${dati.documento?.sha256 ?? ''}` : paper,
        }),
  }
}

/** In what the ordinary registration differs from the emergency one: told in the dry run and in the statement. */
export function differenzeOf(fatto: FattoRegistrazione, c: Complementi, adesso: Date): string[] {
  const { dati, numero } = fatto
  const found: string[] = []
  const istante = new Date(fatto.istante)
  if (romeYear(istante) !== romeYear(adesso)) found.push(`Anno di emergenza ${romeYear(istante)}, anno di protocollo ${romeYear(adesso)}.`)
  else if (romeDay(istante) !== romeDay(adesso))
    found.push(`Data di emergenza ${formatItalianDay(romeDay(istante))}, data di protocollo ${formatItalianDay(romeDay(adesso))}.`)
  const other = c.sostituzioni.get(numero)
  if (other?.voceId !== undefined)
    found.push(`Classificazione: «${dati.voce.nome}» sostituita da «${c.nomi.get(other.voceId) ?? other.voceId}».`)
  if (other?.ufficioId !== undefined)
    found.push(`Ufficio: «${dati.ufficio.nome}» sostituito da «${c.nomi.get(other.ufficioId) ?? other.ufficioId}».`)
  if (other?.ufficioMittenteId !== undefined && dati.flusso !== 'E') {
    const named = dati.ufficioMittente ?? dati.ufficio
    found.push(`Ufficio mittente: «${named.nome}» sostituito da «${c.nomi.get(other.ufficioMittenteId) ?? other.ufficioMittenteId}».`)
  }
  for (const ufficio of dati.perConoscenza)
    if (!c.conoscenza.has(ufficio.id)) found.push(`Per conoscenza: «${ufficio.nome}» è chiuso e non lo riceve.`)
  if (!c.file.has(numero))
    found.push(
      dati.documento === null
        ? 'Documento su carta: scansione attesa.'
        : `Il file «${dati.documento.nome}» non è stato caricato: scansione attesa.`,
    )
  if (fatto.trascritta) found.push('Copiata dal modulo stampato.')
  return found
}
