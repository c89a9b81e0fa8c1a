import { Buffer } from 'node:buffer'
import { writeDaticert } from './certificazione.ts'
import type { Gestore } from './gestore.ts'
import { message, messagePart, multipart, textPart } from './mime.ts'
import { buildBusta } from './posta.ts'
import type { Spedizione } from './posta.ts'

/** Broken messages, to show and test that the queue goes on. */
export const GUASTI = [
  'daticert-malformato',
  'daticert-con-dtd',
  'troncato',
  'senza-confine',
  'alterato',
  'tipo-discorde',
  'bomba',
  'vuoto',
] as const
export type Guasto = (typeof GUASTI)[number]

/** The envelope of `s` spoiled in one known way. Same input, same bytes. */
export async function buildGuasto(gestore: Gestore, s: Spedizione, guasto: Guasto): Promise<Buffer> {
  switch (guasto) {
    case 'daticert-malformato':
      return buildBusta(gestore, s, {
        daticert: Buffer.from(daticert(gestore, s, 'posta-certificata').toString().replace('</intestazione>', '')),
      })
    case 'daticert-con-dtd':
      return buildBusta(gestore, s, {
        daticert: Buffer.from(
          daticert(gestore, s, 'posta-certificata').toString().replace('?>\n', '?>\n<!DOCTYPE postacert [<!ENTITY a "b">]>\n'),
        ),
      })
    case 'tipo-discorde':
      return buildBusta(gestore, s, { daticert: daticert(gestore, s, 'avvenuta-consegna') })
    case 'troncato': {
      const whole = await buildBusta(gestore, s)
      return whole.subarray(0, Math.floor(whole.length * 0.6))
    }
    case 'senza-confine':
      return Buffer.from((await buildBusta(gestore, s)).toString('latin1').replace(/; boundary="[^"]*"/u, ''), 'latin1')
    case 'alterato':
      return flipByte(await buildBusta(gestore, s))
    case 'bomba':
      return buildBusta(gestore, s, { originale: nest(s.originale, 40) })
    case 'vuoto':
      return Buffer.alloc(0)
  }
}

function daticert(gestore: Gestore, s: Spedizione, tipo: string): Buffer {
  const m = s.messaggio
  return writeDaticert({
    tipo,
    mittente: m.mittente.indirizzo,
    destinatari: m.destinatari,
    oggetto: m.oggetto,
    gestore: gestore.nome,
    istante: m.istante,
    identificativo: s.identificativo,
    msgid: s.msgid,
  })
}

/** One bit changed inside the original message, after the signature was made. */
function flipByte(envelope: Buffer): Buffer {
  const out = Buffer.from(envelope)
  const at = out.indexOf('Subject: ', out.indexOf('postacert.eml'))
  out[at + 9] = (out[at + 9] ?? 0) ^ 1
  return out
}

function nest(inner: Buffer, levels: number): Buffer {
  let out = inner
  for (let level = 0; level < levels; level++) {
    out = message(
      [`Subject: livello ${level}`, 'From: prova@mittente.example'],
      multipart('mixed', `=_livello_${level}`, [textPart('dentro'), messagePart('dentro.eml', out)]),
    )
  }
  return out
}
