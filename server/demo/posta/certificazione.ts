import { Buffer } from 'node:buffer'
import { formatItalianDay, romeDay, romeTime } from '../../kernel/time.ts'

export interface DatiCertificazione {
  tipo: string
  errore?: string
  mittente: string
  destinatari: readonly { indirizzo: string; tipo?: 'certificato' | 'esterno' }[]
  oggetto: string
  gestore: string
  istante: Date
  identificativo: string
  msgid: string
  variante?: string
  consegna?: string
  erroreEsteso?: string
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Offset of Europe/Rome at an instant, as `+0100`. */
export function romeOffset(at: Date): string {
  const minutes = Math.round((Date.parse(`${romeDay(at)}T${romeTime(at)}Z`) - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
  const digits = `${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}${String(Math.abs(minutes) % 60).padStart(2, '0')}`
  return `${minutes < 0 ? '-' : '+'}${digits}`
}

/** Date header in Rome local time. */
export function mailDate(at: Date): string {
  const local = new Date(`${romeDay(at)}T${romeTime(at)}Z`)
  return local.toUTCString().replace('GMT', romeOffset(at))
}

/** The certification data of a simulated gestore, with the element names of the technical rules of the PEC. */
export function writeDaticert(data: DatiCertificazione): Buffer {
  const element = (name: string, value: string | undefined, attributes = '') =>
    value === undefined ? '' : `<${name}${attributes}>${escapeXml(value)}</${name}>`
  const recipients = data.destinatari.map((item) => element('destinatari', item.indirizzo, ` tipo="${item.tipo ?? 'certificato'}"`))
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${data.tipo}" errore="${data.errore ?? 'nessuno'}">`,
    '<intestazione>',
    element('mittente', data.mittente),
    ...recipients,
    element('risposte', data.mittente),
    element('oggetto', data.oggetto),
    '</intestazione>',
    '<dati>',
    element('gestore-emittente', data.gestore),
    `<data zona="${romeOffset(data.istante)}"><giorno>${formatItalianDay(romeDay(data.istante))}</giorno><ora>${romeTime(data.istante)}</ora></data>`,
    element('identificativo', data.identificativo),
    element('msgid', `<${data.msgid}>`),
    data.variante === undefined ? '' : `<ricevuta tipo="${data.variante}"/>`,
    element('consegna', data.consegna),
    element('errore-esteso', data.erroreEsteso),
    '</dati>',
    '</postacert>',
  ]
  return Buffer.from(`${lines.filter((line) => line !== '').join('\n')}\n`)
}
