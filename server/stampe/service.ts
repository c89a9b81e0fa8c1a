import { Readable } from 'node:stream'
import { findFiles, replyWith } from '../documenti/index.ts'
import { readFascicolo } from '../fascicoli/index.ts'
import { recordFact } from '../kernel/audit.ts'
import { FileReply } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { NotFound } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { inReadTransaction, inTransaction } from '../kernel/scope.ts'
import type { Scope } from '../kernel/scope.ts'
import { formatItalianDay, now } from '../kernel/time.ts'
import type { Stampa } from '../ports/stampa.ts'
import { findRighe, findRigheById, findVisibleById, formatEtichetta, registrazioneAssente } from '../protocollo/index.ts'
import type { RigaRegistroDto } from '../protocollo/index.ts'
import { composeElenco } from './elenco.ts'
import { periodoTroppoLungo } from './errors.ts'
import { composeEtichette, composeProva } from './etichetta.ts'
import {
  findCompetente,
  findCorrispondenti,
  findImpostazioni,
  findRicevutaEmessa,
  findStampabili,
  insertStampata,
  saveImpostazioni,
} from './repository.ts'
import type { ImpostazioniRow, RegistrazioneStampata } from './repository.ts'
import { composeFascicolo } from './fascicolo.ts'
import type { TipoStampaFascicolo } from './fascicolo.ts'
import { composeRicevuta, testiMancanti } from './ricevuta.ts'
import type { DatiRicevuta } from './ricevuta.ts'
import type { FormatoEtichetta, FormatoRicevuta, ImpostazioniDto, ImpostazioniIn, Periodo } from './schema.ts'

/** Rows of the register in one print: more are an export's work. */
const RIGHE_MASSIME = 2000
const PAGINA = 200

/** Everything a receipt says of a registration that exists; asks nothing about who may see it. Null when it is not there. */
export async function readDatiRicevuta(scope: Scope, id: string, indirizzoPubblico: string): Promise<DatiRicevuta | null> {
  return await inReadTransaction(scope, async (s) => {
    const [registrazione] = await findStampabili(s, [id])
    if (registrazione === undefined) return null
    return {
      ente: s.ente,
      registrazione,
      corrispondenti: await findCorrispondenti(s, id),
      files: await findFiles(s, [registrazione.documentoId]),
      competente: await findCompetente(s, id),
      impostazioni: await findImpostazioni(s),
      areaPersonale: `${indirizzoPubblico}/${s.ente.slug}/area-personale`,
    }
  })
}

/**
 * The receipt of a registration this person may see, also before any scan; each print is written beside the others and no number changes (REQ-PROT-123,
 * REQ-PROT-124). Throws NotFound.
 */
export async function printRicevuta(scope: Scope, id: string, formato: FormatoRicevuta | undefined, ports: Ports): Promise<FileReply> {
  await findVisibleById(scope, id)
  const dati = await readDatiRicevuta(scope, id, ports.indirizzoPubblico)
  if (dati === null) throw registrazioneAssente()
  const scelto = formato ?? dati.impostazioni.formatoRicevuta
  const reply = await printed(ports, composeRicevuta(dati, scelto), `ricevuta-${nameOf(dati.registrazione)}.pdf`)
  await recordStampe(scope, 'ricevuta', scelto, [dati.registrazione])
  return reply
}

/** The receipt issued by itself, as it was issued. Throws NotFound while it is not there. */
export async function openRicevutaEmessa(scope: Scope, id: string, ports: Ports): Promise<FileReply> {
  const row = await findVisibleById(scope, id)
  const emessa = await findRicevutaEmessa(scope, id)
  if (emessa === null) throw new NotFound('ricevuta-non-emessa', 'Per questa registrazione non c’è una ricevuta emessa automaticamente.')
  await recordFact(scope, {
    azione: 'documento-letto',
    oggettoTipo: 'registrazione',
    oggettoId: id,
    documentoId: row.documentoId,
    dopo: { file: emessa.nome, impronta: emessa.sha256 },
  })
  return await replyWith(scope, emessa, ports.store)
}

/** Labels of registrations this person may see, one a page, in the order asked; each is written as a print (REQ-PROT-043). Throws NotFound when one may not be seen. */
export async function printEtichette(
  scope: Scope,
  ids: readonly string[],
  formato: FormatoEtichetta | undefined,
  ports: Ports,
): Promise<FileReply> {
  const { registrazioni, scelto } = await inReadTransaction(scope, async (s) => {
    for (const id of ids) await findVisibleById(s, id)
    return { registrazioni: await findStampabili(s, ids), scelto: formato ?? (await findImpostazioni(s)).formatoEtichetta }
  })
  const [first] = registrazioni
  if (first === undefined || registrazioni.length !== ids.length) throw registrazioneAssente()
  const nome = registrazioni.length === 1 ? `etichetta-${nameOf(first)}.pdf` : 'etichette.pdf'
  const reply = await printed(ports, composeEtichette(scope.ente, registrazioni, scelto), nome)
  await recordStampe(scope, 'etichetta', scelto, registrazioni)
  return reply
}

/** A label with invented data, to try printer and paper. */
export async function printProva(scope: Scope, formato: FormatoEtichetta, ports: Ports): Promise<FileReply> {
  return await printed(ports, composeProva(scope.ente, formato, now()), `etichetta-di-prova-${formato}.pdf`)
}

/** The register between two Rome days, as this person sees it, newest last. Throws InvalidInput when it is too long for one print. */
export async function printRegistro(scope: Scope, periodo: Periodo, ports: Ports): Promise<FileReply> {
  const { da, a, tipo } = periodo
  const righe = await inReadTransaction(scope, async (s) => {
    const rows: RigaRegistroDto[] = []
    for (let pagina = 1; ; pagina++) {
      const found = await findRighe(s, { da, a, ...(tipo === undefined ? {} : { tipo }), pagina, perPagina: PAGINA })
      rows.push(...found.elementi)
      if (rows.length > RIGHE_MASSIME) throw periodoTroppoLungo(RIGHE_MASSIME)
      if (found.elementi.length < PAGINA) break
    }
    return rows.toReversed()
  })
  const days =
    da === a ? `Registrazioni del ${formatItalianDay(da)}` : `Registrazioni dal ${formatItalianDay(da)} al ${formatItalianDay(a)}`
  const stampa = composeElenco(scope.ente, righe, {
    titolo: 'Registro di protocollo',
    sotto: `${days}: ${righe.length}. Le registrazioni riservate mostrano solo numero e data.`,
    creatoIl: now(),
  })
  const reply = await printed(ports, stampa, `registro-${da}-${a}.pdf`)
  await recordFact(scope, {
    azione: 'registro-stampato',
    oggettoTipo: 'ente',
    oggettoId: scope.ente.id,
    dopo: { da, a, righe: righe.length },
  })
  return reply
}

/** A list of chosen registrations; those that this person may not read show number and date only. */
export async function printElenco(scope: Scope, ids: readonly string[], ports: Ports): Promise<FileReply> {
  const found = await findRigheById(scope, ids)
  const righe = ids.flatMap((id) => found.get(id) ?? [])
  if (righe.length !== ids.length) throw registrazioneAssente()
  const stampa = composeElenco(scope.ente, righe, {
    titolo: 'Elenco di registrazioni',
    sotto: `Registrazioni scelte: ${righe.length}.`,
    creatoIl: now(),
  })
  const reply = await printed(ports, stampa, 'elenco.pdf')
  await recordFact(scope, { azione: 'elenco-stampato', oggettoTipo: 'ente', oggettoId: scope.ente.id, dopo: { registrazioni: ids } })
  return reply
}

/** Index or cover of a fascicolo as this person sees it, page by page while it is made; the read is recorded. Throws NotFound. */
export async function printFascicolo(scope: Scope, idOrSlug: string, tipo: TipoStampaFascicolo, ports: Ports): Promise<FileReply> {
  const fascicolo = await readFascicolo(scope, idOrSlug)
  const pieces = ports.stampa.printLunga(composeFascicolo(scope, tipo, fascicolo, now()))
  return new FileReply({
    nome: `${tipo}-${fascicolo.slug}.pdf`,
    tipo: 'application/pdf',
    stream: Readable.from(pieces, { objectMode: false }),
  })
}

/** What the ente chose of its prints, and what is still missing for its receipts to be communications of start. */
export async function readImpostazioni(scope: Scope): Promise<ImpostazioniDto> {
  return presentImpostazioni(await findImpostazioni(scope))
}

/** Changes what the ente chose of its prints; before and after go to the trail. */
export async function changeImpostazioni(scope: Scope, input: ImpostazioniIn): Promise<ImpostazioniDto> {
  return await inTransaction(scope, async (tx) => {
    const { aggiornateIl: _quando, autore: _chi, ...prima } = await findImpostazioni(tx)
    await saveImpostazioni(tx, input)
    tx.audit({ azione: 'stampe-impostate', oggettoTipo: 'ente', oggettoId: tx.ente.id, prima, dopo: input })
    return presentImpostazioni(await findImpostazioni(tx))
  })
}

function presentImpostazioni(i: ImpostazioniRow): ImpostazioniDto {
  return { ...i, aggiornateIl: i.aggiornateIl?.toISOString() ?? null, mancanti: testiMancanti(i) }
}

/** Writes the prints beside the others of the same registrations, in one transaction, before the first byte leaves. */
async function recordStampe(
  scope: Scope,
  tipo: 'ricevuta' | 'etichetta',
  formato: string,
  registrazioni: readonly RegistrazioneStampata[],
): Promise<void> {
  await inTransaction(scope, async (tx) => {
    for (const r of registrazioni) {
      const volta = await insertStampata(tx, { id: newId(), registrazioneId: r.id, tipo, formato })
      tx.audit({
        azione: `${tipo}-${volta === 1 ? 'stampata' : 'ristampata'}`,
        oggettoTipo: 'registrazione',
        oggettoId: r.id,
        documentoId: r.documentoId,
        dopo: { formato, volta },
      })
    }
  })
}

async function printed(ports: Ports, stampa: Stampa, nome: string): Promise<FileReply> {
  const bytes = await ports.stampa.print(stampa)
  return new FileReply({ nome, tipo: 'application/pdf', stream: Readable.from([Buffer.from(bytes)]), dimensione: bytes.length })
}

function nameOf(r: RegistrazioneStampata): string {
  return formatEtichetta(r.numero, r.anno).replace('/', '-')
}
