import { formatItalianDay, formatItalianInstant, romeDay } from '../kernel/time.ts'
import type { Stampa } from '../ports/stampa.ts'
import type { PubblicazioneRow } from './albo.ts'
import { formatEtichettaRepertorio, giorniPubblicati } from './rules.ts'

/** The relata di pubblicazione as a printed document: what was published, from when to when, and the digests of what everybody could read. */
export function relata(r: {
  ente: string
  pubblicazione: PubblicazioneRow
  files: readonly { nome: string; sha256: string }[]
  creatoIl: Date
}): Stampa {
  const p = r.pubblicazione
  const numero = formatEtichettaRepertorio(p.codice, p.serie, p.numero)
  const fine = p.ritirataIl === null ? p.al : romeDay(p.ritirataIl)
  const esito =
    p.ritirataIl === null
      ? `L’atto è rimasto pubblicato all’albo pretorio dal ${formatItalianDay(p.dal)} al ${formatItalianDay(p.al)} (${giorniPubblicati(p, fine)} giorni).`
      : `La pubblicazione, cominciata il ${formatItalianDay(p.dal)}, è stata ritirata il ${formatItalianInstant(p.ritirataIl)}. Motivo: ${p.motivoRitiro ?? ''}`
  return {
    titolo: `Relata di pubblicazione ${numero}`,
    intestazione: [r.ente, 'Albo pretorio'],
    formato: 'A4',
    autore: r.ente,
    creatoIl: r.creatoIl,
    blocchi: [
      {
        tipo: 'dati',
        voci: [
          ['Numero di pubblicazione', numero],
          ['Atto', p.dati['atto'] ?? ''],
          ['Oggetto', p.oggetto],
          ['Richiedente', p.richiedente],
        ],
      },
      { tipo: 'testo', testo: esito, forte: true },
      { tipo: 'titolo', testo: 'File pubblicati', livello: 2 },
      { tipo: 'tabella', colonne: ['Nome', 'Impronta SHA-256'], larghezze: [1, 2], righe: r.files.map((f) => [f.nome, f.sha256]) },
    ],
    piede: `Relata ${numero}`,
  }
}
