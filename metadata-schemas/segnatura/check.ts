import { readFileSync } from 'node:fs'
import { child, children, childText, compileSchema, readXml } from '../xml/index.ts'
import type { ElementoXml, EsitoXml, ErroreXml, SchemaXml } from '../xml/index.ts'

const BYTE_PER_ALGORITMO: Readonly<Record<string, number>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 }
const MASSIMO_NOME = 100
// oxlint-disable-next-line no-control-regex
const CARATTERI_DI_CONTROLLO = /[\u0000-\u001F\u007F-\u009F]/u

let schema: SchemaXml | undefined

/** Compiled at first use: programs that never write a segnatura do not pay for it. */
function segnaturaSchema(): SchemaXml {
  schema ??= compileSchema('segnatura.xsd', readFileSync(new URL('./segnatura.xsd', import.meta.url), 'utf8'))
  return schema
}

function fileNames(descrizione: ElementoXml | undefined): { nome: string; riga: number }[] {
  const documenti = [...children(descrizione, 'DocumentoPrimario'), ...children(descrizione, 'Allegato')]
  return documenti.map((documento) => ({ nome: documento.attributi['nomeFile'] ?? '', riga: documento.riga }))
}

/** REQ-SEGN-022: names are matched without regard to case by those who receive, so two that differ only by case are one name. */
function nameFaults(descrizione: ElementoXml | undefined): ErroreXml[] {
  const visti = new Set<string>()
  const errori: ErroreXml[] = []
  for (const { nome, riga } of fileNames(descrizione)) {
    const chiave = nome.normalize('NFC').toLowerCase()
    if (visti.has(chiave))
      errori.push({ riga, messaggio: `Il nome di file «${nome}» compare due volte nel messaggio (maiuscole e minuscole non contano).` })
    visti.add(chiave)
    if (/[/\\]/.test(nome) || CARATTERI_DI_CONTROLLO.test(nome) || nome === '.' || nome === '..')
      errori.push({ riga, messaggio: `Il nome di file «${nome}» contiene caratteri non ammessi.` })
    if (nome.length > MASSIMO_NOME) errori.push({ riga, messaggio: `Il nome di file «${nome}» supera ${MASSIMO_NOME} caratteri.` })
  }
  return errori
}

/** The schema accepts the hexadecimal text of a digest as base64 of 48 bytes: only the length against the declared algorithm tells. */
function digestFaults(descrizione: ElementoXml | undefined): ErroreXml[] {
  const errori: ErroreXml[] = []
  for (const documento of [...children(descrizione, 'DocumentoPrimario'), ...children(descrizione, 'Allegato')]) {
    const impronta = child(documento, 'Impronta')
    const algoritmo = impronta?.attributi['algoritmo'] ?? 'SHA-256'
    const lunghezza = Buffer.from(childText(documento, 'Impronta') ?? '', 'base64').length
    if (BYTE_PER_ALGORITMO[algoritmo] !== lunghezza)
      errori.push({
        riga: documento.riga,
        messaggio: `L’impronta di «${documento.attributi['nomeFile'] ?? ''}» è di ${lunghezza} byte: non è una ${algoritmo}.`,
      })
  }
  return errori
}

/**
 * REQ-SEGN-020, first half: the unsealed XML against our own schema (no signature, nothing we must not emit) and against what a schema cannot say
 * (names unique ignoring case, digest lengths). `valido` is true when `errori` is empty; never throws for a faulty document.
 */
export function checkSegnatura(xml: string | Uint8Array): EsitoXml {
  const esito = segnaturaSchema().validate(xml)
  if (!esito.valido) return esito
  const descrizione = child(readXml(xml), 'Descrizione')
  const errori = [...nameFaults(descrizione), ...digestFaults(descrizione)]
  return { valido: errori.length === 0, errori }
}
