import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mailDate } from './certificazione.ts'
import type { Gestore } from './gestore.ts'
import { encodeHeader, messagePart, textPart } from './mime.ts'
import { buildFirmato, buildOrdinaria, buildRicevuta, shortOriginal } from './posta.ts'
import type { MessaggioDaSpedire, Spedizione, VarianteRicevuta } from './posta.ts'
import { seededId } from './seme.ts'

/** Accettazione: the sender's gestore took the message. */
export function buildAccettazione(gestore: Gestore, s: Spedizione): Promise<Buffer> {
  const testo = `Ricevuta di accettazione di prova: il messaggio «${s.messaggio.oggetto}» è stato accettato.`
  return buildRicevuta(gestore, s, { tipo: 'accettazione', prefisso: 'ACCETTAZIONE', istante: s.messaggio.istante, testo })
}

/** Non accettazione, for a formal reason or for a virus. */
export function buildNonAccettazione(gestore: Gestore, s: Spedizione, motivo: 'formale' | 'virus', istante: Date): Promise<Buffer> {
  const virus = motivo === 'virus'
  return buildRicevuta(gestore, s, {
    tipo: 'non-accettazione',
    prefisso: virus ? 'AVVISO DI NON ACCETTAZIONE PER VIRUS' : 'AVVISO DI NON ACCETTAZIONE',
    istante,
    testo: virus
      ? 'Avviso di prova: nel messaggio è stato trovato un virus.'
      : 'Avviso di prova: il messaggio non rispetta le regole di invio.',
    daticert: {
      errore: virus ? 'virus' : 'altro',
      erroreEsteso: virus ? '5.7.1 - contenuto non sicuro' : '5.6.0 - messaggio non conforme',
    },
    intestazioni: virus ? ['X-VerificaSicurezza: errore'] : [],
  })
}

/** Avvenuta consegna for one recipient, in one of its three forms. */
export function buildConsegna(
  gestore: Gestore,
  s: Spedizione,
  data: { destinatario: string; variante: VarianteRicevuta; istante: Date },
): Promise<Buffer> {
  const original = data.variante === 'completa' ? s.originale : shortOriginal(s)
  return buildRicevuta(gestore, s, {
    tipo: 'avvenuta-consegna',
    prefisso: 'CONSEGNA',
    istante: data.istante,
    testo: `Ricevuta di consegna di prova: il messaggio è nella casella di ${data.destinatario}.`,
    daticert: { variante: data.variante, consegna: data.destinatario },
    ...(data.variante === 'sintetica' ? {} : { allegato: original }),
  })
}

/** Mancata consegna to one recipient: unknown address, other fault, or virus. */
export function buildMancataConsegna(
  gestore: Gestore,
  s: Spedizione,
  data: { destinatario: string; motivo: 'indirizzo' | 'virus'; istante: Date },
): Promise<Buffer> {
  const virus = data.motivo === 'virus'
  return buildRicevuta(gestore, s, {
    tipo: 'errore-consegna',
    prefisso: virus ? 'AVVISO DI MANCATA CONSEGNA PER VIRUS' : 'AVVISO DI MANCATA CONSEGNA',
    istante: data.istante,
    testo: `Avviso di prova: il messaggio non è stato consegnato a ${data.destinatario}.`,
    daticert: {
      consegna: data.destinatario,
      errore: virus ? 'virus' : 'no-dest',
      erroreEsteso: virus ? '5.7.1 - contenuto non sicuro' : '5.1.1 - indirizzo non valido',
    },
    intestazioni: virus ? ['X-VerificaSicurezza: errore'] : [],
  })
}

/** Time-out notice after 12 or 24 hours: same header and type, the second carries code 5.4.1. */
export function buildPreavviso(
  gestore: Gestore,
  s: Spedizione,
  data: { destinatario: string; ore: 12 | 24; istante: Date },
): Promise<Buffer> {
  return buildRicevuta(gestore, s, {
    tipo: 'preavviso-errore-consegna',
    prefisso: 'AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO',
    istante: data.istante,
    testo: `Avviso di prova: dopo ${data.ore} ore il messaggio non risulta consegnato a ${data.destinatario}.`,
    daticert: {
      consegna: data.destinatario,
      errore: 'altro',
      ...(data.ore === 24 ? { erroreEsteso: '5.4.1 - nessuna risposta dal gestore di destinazione' } : {}),
    },
  })
}

/** The two messages gestori exchange between themselves and that never belong in a mailbox. */
export function buildTraGestori(
  gestore: Gestore,
  s: Spedizione,
  tipo: 'presa-in-carico' | 'rilevazione-virus',
  istante: Date,
): Promise<Buffer> {
  const prefisso = tipo === 'presa-in-carico' ? 'PRESA IN CARICO' : 'PROBLEMA DI SICUREZZA'
  return buildRicevuta(gestore, s, {
    tipo,
    prefisso,
    istante,
    testo: 'Messaggio di prova tra gestori.',
    ...(tipo === 'rilevazione-virus' ? { daticert: { errore: 'virus' } } : {}),
  })
}

/** Busta di anomalia: an ordinary message that reached a certified mailbox, wrapped and signed, without daticert. */
export async function buildAnomalia(gestore: Gestore, ordinaria: MessaggioDaSpedire, contenuto?: Buffer): Promise<Buffer> {
  const inner = contenuto ?? buildOrdinaria(gestore.seme, ordinaria)
  const key = seededId(gestore.seme, 'anomalia', createHash('sha256').update(inner).digest('hex'))
  return buildFirmato({
    gestore,
    istante: ordinaria.istante,
    chiave: key,
    intestazioni: [
      'X-Trasporto: errore',
      `Message-ID: <${key}@${ordinaria.mittente.indirizzo.slice(ordinaria.mittente.indirizzo.indexOf('@') + 1)}>`,
      `Date: ${mailDate(ordinaria.istante)}`,
      `From: "Per conto di: ${ordinaria.mittente.indirizzo}" <${gestore.indirizzo}>`,
      `To: ${ordinaria.destinatari.map((item) => item.indirizzo).join(', ')}`,
      `Subject: ANOMALIA MESSAGGIO: ${encodeHeader(ordinaria.oggetto)}`,
    ],
    parti: [textPart('Messaggio di prova: il messaggio allegato non è posta certificata.'), messagePart('messaggio.eml', inner)],
  })
}
