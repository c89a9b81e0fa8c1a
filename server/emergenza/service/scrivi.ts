import { newId } from '../../kernel/ids.ts'
import { insertRows, query } from '../../kernel/scope.ts'
import type { TxScope } from '../../kernel/scope.ts'
import { romeDay } from '../../kernel/time.ts'
import { verificationCode } from '../formato.ts'
import type { FileLetto } from '../formato.ts'
import { readClock } from '../repository.ts'
import type { RegistroEmergenzaRow } from '../repository.ts'
import { righePerGiorno } from '../rules.ts'
import type { CoppiaDto } from '../schema.ts'
import { fineApertura } from './abbina.ts'
import type { Abbinata } from './abbina.ts'
import { insertAutorizzazione, insertGiornata } from './aperture.ts'
import type { Complementi } from './richiesta.ts'

/**
 * Completes the opening the office had recorded, or writes the one only the device knew, already closed: authorisations and day totals as the device wrote
 * them, now under the responsibility of who recovers. Answers its id.
 */
export async function writeApertura(tx: TxScope, registro: RegistroEmergenzaRow, a: Abbinata): Promise<string> {
  const { letta, ufficio } = a
  const id = ufficio?.id ?? newId()
  if (ufficio === null) {
    const now = (await readClock(tx)).toISOString()
    const { causa, inizio, provvedimento, autorizzataDa, operatore } = letta.fatto
    await insertRows(tx, 'apertura_emergenza', [
      {
        id,
        registro_emergenza_id: registro.id,
        causa,
        inizio,
        provvedimento,
        autorizzata_da: autorizzataDa,
        origine: 'dispositivo',
        aperta_il: now,
        aperta_da: operatore,
        ripristino: letta.ripristino,
        chiusa_il: now,
        chiusa_da: tx.attore.nome,
        righe_dichiarate: letta.righe.length,
      },
    ])
    await insertAutorizzazione(tx, id, 'apertura', { provvedimento, autorizzataDa, dal: new Date(inizio), al: fineApertura(letta) })
  }
  for (const { provvedimento, autorizzataDa, dal, al } of letta.autorizzazioni) {
    const known = a.autorizzazioni.some((x) => x.provvedimento === provvedimento && x.dal.getTime() === Date.parse(dal))
    if (!known) await insertAutorizzazione(tx, id, 'prosecuzione', { provvedimento, autorizzataDa, dal: new Date(dal), al: new Date(al) })
  }
  for (const [giorno, totale] of righePerGiorno(letta.righe))
    if (!a.giornate.some((g) => g.giorno === giorno)) await insertGiornata(tx, id, giorno, totale)
  return id
}

/** One recovery under way. */
export interface Recupero {
  readonly tx: TxScope
  readonly file: { readonly contenutoId: string; readonly impronta: string }
  readonly letto: FileLetto
  readonly registro: RegistroEmergenzaRow
  /** General register the rows go into. */
  readonly registroId: string
  readonly complementi: Complementi
  readonly adesso: Date
}

/** Openings, authorisations, rows, day totals, and the statement that will always be printed the same. */
export async function writeRecupero(r: Recupero, nuove: readonly Abbinata[], coppie: readonly CoppiaDto[]): Promise<string> {
  const { tx, registro, letto } = r
  const id = newId()
  const made = new Map(coppie.map((c) => [c.numero, c]))
  const aperture: string[] = []
  for (const abbinata of nuove) aperture.push(await writeApertura(tx, registro, abbinata))
  await insertRows(tx, 'recupero_emergenza', [
    {
      id,
      registro_emergenza_id: registro.id,
      serie_id: letto.serie.serie,
      contenuto_id: r.file.contenutoId,
      impronta: r.file.impronta,
      istante: r.adesso.toISOString(),
      operatore_nome: tx.attore.nome,
      righe: coppie.length,
      verbale: JSON.stringify(statementOf(r, nuove, coppie)),
    },
  ])
  const rows = nuove.flatMap((n, i) => n.letta.righe.map((riga) => ({ riga, aperturaId: aperture[i] ?? '' })))
  await insertRows(
    tx,
    'riga_emergenza',
    rows.map(({ riga: { fatto, impronta }, aperturaId }) => ({
      id: newId(),
      registro_emergenza_id: registro.id,
      aoo_id: registro.aooId,
      apertura_id: aperturaId,
      recupero_id: id,
      registrazione_id: made.get(fatto.numero)?.registrazioneId,
      numero: fatto.numero,
      anno: fatto.anno,
      progressivo: fatto.progressivo,
      istante: fatto.istante,
      giorno: romeDay(new Date(fatto.istante)),
      codice: verificationCode(impronta),
      impronta,
      dati: JSON.stringify(fatto),
    })),
  )
  await query(tx, 'update apertura_emergenza set recuperata_il = $3 where ente_id = $1 and id = any($2::uuid[])', [
    tx.ente.id,
    aperture,
    r.adesso.toISOString(),
  ])
  tx.audit({
    azione: 'emergenza-recuperata',
    oggettoTipo: 'recupero-emergenza',
    oggettoId: id,
    dopo: {
      registro: registro.codice,
      registrazioni: coppie.length,
      primo: coppie[0]?.etichetta ?? '',
      ultimo: coppie.at(-1)?.etichetta ?? '',
      file: r.file.impronta,
    },
  })
  return id
}

/** What the statement says, frozen: no oggetto and no name, which live in the registrations and under their reserve. */
export interface VerbaleRecupero {
  readonly dispositivo: string
  readonly serie: string
  readonly impronta: string
  readonly firmaDispositivo: 'verificata'
  readonly aperture: readonly {
    readonly causa: string
    readonly inizio: string
    readonly ripristino: string
    readonly autorizzazioni: readonly {
      readonly provvedimento: string
      readonly autorizzataDa: string
      readonly dal: string
      readonly al: string
    }[]
    readonly giornate: readonly { readonly giorno: string; readonly totale: number }[]
  }[]
  readonly coppie: readonly Pick<
    CoppiaDto,
    'numero' | 'istante' | 'registrazioneId' | 'etichetta' | 'istanteRegistrazione' | 'codice' | 'differenze'
  >[]
}

function statementOf(r: Recupero, nuove: readonly Abbinata[], coppie: readonly CoppiaDto[]): VerbaleRecupero {
  return {
    dispositivo: r.letto.serie.dispositivo,
    serie: r.letto.serie.provvedimento,
    impronta: r.letto.impronta,
    firmaDispositivo: 'verificata',
    aperture: nuove.map(({ letta, autorizzazioni }) => ({
      causa: letta.fatto.causa,
      inizio: letta.fatto.inizio,
      ripristino: letta.ripristino ?? '',
      autorizzazioni: [
        { provvedimento: letta.fatto.provvedimento, autorizzataDa: letta.fatto.autorizzataDa, dal: letta.fatto.inizio, al: '' },
        ...letta.autorizzazioni.map(({ provvedimento, autorizzataDa, dal, al }) => ({ provvedimento, autorizzataDa, dal, al })),
        ...autorizzazioni
          .filter((a) => a.tipo === 'prosecuzione' && !letta.autorizzazioni.some((x) => x.provvedimento === a.provvedimento))
          .map((a) => ({
            provvedimento: a.provvedimento,
            autorizzataDa: a.autorizzataDa,
            dal: a.dal.toISOString(),
            al: a.al.toISOString(),
          })),
      ],
      giornate: [...righePerGiorno(letta.righe)].map(([giorno, totale]) => ({ giorno, totale })),
    })),
    coppie: coppie.map(({ numero, istante, registrazioneId, etichetta, istanteRegistrazione, codice, differenze }) => ({
      numero,
      istante,
      registrazioneId,
      etichetta,
      istanteRegistrazione,
      codice,
      differenze,
    })),
  }
}
