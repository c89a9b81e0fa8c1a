import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mailDate, writeDaticert } from './certificazione.ts'
import type { DatiCertificazione } from './certificazione.ts'
import type { Gestore } from './gestore.ts'
import { encodeHeader, leaf, message, messagePart, multipart, serialize, textPart } from './mime.ts'
import type { ParteDaScrivere } from './mime.ts'
import { seededId } from './seme.ts'

export interface AllegatoDaSpedire {
  nome: string
  tipo: string
  contenuto: Buffer
}

export interface MessaggioDaSpedire {
  mittente: { nome: string; indirizzo: string }
  destinatari: readonly { indirizzo: string; tipo?: 'certificato' | 'esterno' }[]
  oggetto: string
  testo: string
  allegati?: readonly AllegatoDaSpedire[]
  istante: Date
}

/** A message accepted by the gestore: what receipts refer to. */
export interface Spedizione {
  messaggio: MessaggioDaSpedire
  originale: Buffer
  msgid: string
  identificativo: string
}

export type VarianteRicevuta = 'completa' | 'breve' | 'sintetica'

function ids(gestore: Gestore, m: MessaggioDaSpedire, kind: string, ...more: readonly string[]): string {
  return seededId(
    gestore.seme,
    kind,
    m.mittente.indirizzo,
    ...m.destinatari.map((item) => item.indirizzo),
    m.oggetto,
    m.istante.toISOString(),
    ...more,
  )
}

function authorHeader(author: { nome: string; indirizzo: string }): string {
  const name = /^[\w .'-]+$/u.test(author.nome) ? `"${author.nome}"` : encodeHeader(author.nome)
  return author.nome === '' ? author.indirizzo : `${name} <${author.indirizzo}>`
}

/** An ordinary message as a mail client writes it. Same input, same bytes. */
export function buildOrdinaria(seed: string, m: MessaggioDaSpedire, extraHeaders: readonly string[] = []): Buffer {
  const key = seededId(seed, 'ordinaria', m.mittente.indirizzo, m.oggetto, m.istante.toISOString())
  const text = textPart(m.testo)
  const attachments = (m.allegati ?? []).map((item) => leaf(item.tipo, item.nome, item.contenuto, 'attachment'))
  const content = attachments.length === 0 ? text : multipart('mixed', `=_${key}`, [text, ...attachments])
  return message(
    [
      `Message-ID: <${key}@${m.mittente.indirizzo.slice(m.mittente.indirizzo.indexOf('@') + 1)}>`,
      `Date: ${mailDate(m.istante)}`,
      `From: ${authorHeader(m.mittente)}`,
      `To: ${m.destinatari.map((item) => item.indirizzo).join(', ')}`,
      `Subject: ${encodeHeader(m.oggetto)}`,
      ...extraHeaders,
    ],
    content,
  )
}

/** Hands a message to the simulated gestore, which gives it its identifier. */
export function spedisci(gestore: Gestore, m: MessaggioDaSpedire): Spedizione {
  const key = seededId(gestore.seme, 'ordinaria', m.mittente.indirizzo, m.oggetto, m.istante.toISOString())
  return {
    messaggio: m,
    originale: buildOrdinaria(gestore.seme, m),
    msgid: `${key}@${m.mittente.indirizzo.slice(m.mittente.indirizzo.indexOf('@') + 1)}`,
    identificativo: `opec.${ids(gestore, m, 'identificativo')}@${gestore.dominio}`,
  }
}

export interface DatiFirmato {
  gestore: Gestore
  intestazioni: readonly string[]
  parti: readonly ParteDaScrivere[]
  istante: Date
  chiave: string
}

/** multipart/signed message of the gestore: the signature covers exactly the first part. */
export async function buildFirmato(data: DatiFirmato): Promise<Buffer> {
  const covered = multipart('mixed', `----=_interno_${data.chiave}`, data.parti)
  const bytes = serialize(covered)
  const signature = await data.gestore.firma(bytes, data.istante)
  const micalg = data.gestore.digest.toLowerCase()
  const outer = multipart(
    'signed',
    `----=_firma_${data.chiave}`,
    [covered, leaf('application/x-pkcs7-signature', 'smime.p7s', signature, 'attachment')],
    ` protocol="application/x-pkcs7-signature"; micalg=${micalg};`,
  )
  return message(data.intestazioni, outer)
}

function daticertOf(gestore: Gestore, s: Spedizione, more: Partial<DatiCertificazione> & { tipo: string; istante: Date }): Buffer {
  return writeDaticert({
    mittente: s.messaggio.mittente.indirizzo,
    destinatari: s.messaggio.destinatari,
    oggetto: s.messaggio.oggetto,
    gestore: gestore.nome,
    identificativo: s.identificativo,
    msgid: s.msgid,
    ...more,
  })
}

/** Busta di trasporto: daticert and the original message, signed. `daticert` replaces the certification data (for broken samples). */
export async function buildBusta(
  gestore: Gestore,
  s: Spedizione,
  altered: { daticert?: Buffer; originale?: Buffer; istante?: Date } = {},
): Promise<Buffer> {
  const { messaggio: m } = s
  const istante = altered.istante ?? m.istante
  const daticert = altered.daticert ?? daticertOf(gestore, s, { tipo: 'posta-certificata', istante, variante: 'completa' })
  return buildFirmato({
    gestore,
    istante,
    chiave: ids(gestore, m, 'busta'),
    intestazioni: [
      'X-Trasporto: posta-certificata',
      'X-TipoRicevuta: completa',
      `X-Riferimento-Message-ID: <${s.msgid}>`,
      `Message-ID: <${s.identificativo}>`,
      `Date: ${mailDate(istante)}`,
      `From: "Per conto di: ${m.mittente.indirizzo}" <${gestore.indirizzo}>`,
      `Reply-To: ${m.mittente.indirizzo}`,
      `To: ${m.destinatari.map((item) => item.indirizzo).join(', ')}`,
      `Subject: POSTA CERTIFICATA: ${encodeHeader(m.oggetto)}`,
    ],
    parti: [
      textPart(`Messaggio di posta certificata di prova inviato da ${m.mittente.indirizzo}.\nIl messaggio originale è allegato.`),
      leaf('application/xml', 'daticert.xml', daticert, 'inline'),
      messagePart('postacert.eml', altered.originale ?? s.originale),
    ],
  })
}

interface DatiRicevuta {
  tipo: string
  prefisso: string
  istante: Date
  testo: string
  daticert?: Partial<DatiCertificazione>
  allegato?: Buffer
  intestazioni?: readonly string[]
}

/** Any receipt or notice of the gestore about a message. */
export async function buildRicevuta(gestore: Gestore, s: Spedizione, data: DatiRicevuta): Promise<Buffer> {
  const key = ids(gestore, s.messaggio, data.tipo, data.daticert?.consegna ?? '', data.istante.toISOString(), data.daticert?.variante ?? '')
  const daticert = daticertOf(gestore, s, { tipo: data.tipo, istante: data.istante, ...data.daticert })
  const parts = [textPart(data.testo), leaf('application/xml', 'daticert.xml', daticert, 'inline')]
  if (data.allegato !== undefined) parts.push(messagePart('postacert.eml', data.allegato))
  return buildFirmato({
    gestore,
    istante: data.istante,
    chiave: key,
    intestazioni: [
      `X-Ricevuta: ${data.tipo}`,
      ...(data.intestazioni ?? []),
      `X-Riferimento-Message-ID: <${s.msgid}>`,
      `Message-ID: <ric.${key}@${gestore.dominio}>`,
      `Date: ${mailDate(data.istante)}`,
      `From: ${gestore.indirizzo}`,
      `To: ${s.messaggio.mittente.indirizzo}`,
      `Subject: ${data.prefisso}: ${encodeHeader(s.messaggio.oggetto)}`,
    ],
    parti: parts,
  })
}

/** Original message of a short receipt: every named part becomes the SHA-1 of its bytes as transferred. */
export function shortOriginal(s: Spedizione): Buffer {
  const m = s.messaggio
  const hashed = (m.allegati ?? []).map((item) => {
    const carried = leaf(item.tipo, item.nome, item.contenuto, 'attachment').corpo
    const hash = createHash('sha1').update(carried).digest('hex')
    return { nome: `${item.nome}.hash`, tipo: 'text/plain', contenuto: Buffer.from(hash) }
  })
  return buildOrdinaria('breve', { ...m, allegati: hashed })
}
