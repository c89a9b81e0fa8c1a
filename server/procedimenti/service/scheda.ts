import { Readable } from 'node:stream'
import { FileReply } from '../../kernel/endpoint.ts'
import type { Ports } from '../../kernel/endpoint.ts'
import { inReadTransaction, inTransaction, json, query } from '../../kernel/scope.ts'
import type { Scope } from '../../kernel/scope.ts'
import { formatItalianDay } from '../../kernel/time.ts'
import type { Stampa } from '../../ports/stampa.ts'
import { procedimentoAssente } from '../errors.ts'
import { presentScheda } from '../presenter.ts'
import { findAooPredefinita, findCatalogo, findRegole, findUltimaByCodice } from '../repository.ts'
import type { RegoleTermini, SchedaPubblicaDto } from '../schema.ts'

/** The sheets of the procedures in use, as anybody reads them (d.lgs. 33/2013 art. 35). */
export async function listSchede(
  scope: Scope,
): Promise<{ ente: string; elementi: { codice: string; denominazione: string; materia: string; termine: string }[] }> {
  const rows = await inReadTransaction(scope, async (s) => await findCatalogo(s, { attivi: 'si' }))
  return {
    ente: scope.ente.denominazione,
    elementi: rows.map((v) => {
      const scheda = presentScheda(v, scope.ente.denominazione)
      const termine = scheda.sezioni.flatMap((x) => x.voci).find((x) => x.nome === 'Termine di conclusione')?.valore ?? ''
      return { codice: v.codice, denominazione: v.denominazione, materia: v.materia, termine }
    }),
  }
}

/** One sheet, by the code of its procedure. Throws NotFound, also for a procedure that is no longer in use. */
export async function readScheda(scope: Scope, codice: string): Promise<SchedaPubblicaDto> {
  const row = await inReadTransaction(scope, async (s) => await findUltimaByCodice(s, codice))
  if (row === null || !row.attivo) throw procedimentoAssente()
  return presentScheda(row, scope.ente.denominazione)
}

/** The printed sheet. Pure: the same sheet gives the same document. */
export function composeScheda(scheda: SchedaPubblicaDto): Stampa {
  return {
    titolo: scheda.denominazione,
    intestazione: [scheda.ente, scheda.materia],
    formato: 'A4',
    autore: scheda.ente,
    creatoIl: new Date(`${scheda.aggiornataIl}T12:00:00Z`),
    piede: `Procedimento ${scheda.codice}, versione ${scheda.versione} del ${formatItalianDay(scheda.aggiornataIl)}`,
    blocchi: scheda.sezioni.flatMap((s) => [
      { tipo: 'titolo' as const, testo: s.titolo, livello: 2 as const },
      { tipo: 'dati' as const, voci: s.voci.map((v) => [v.nome, v.valore] as const) },
    ]),
  }
}

/** The sheet as PDF/A. Throws NotFound. */
export async function printScheda(scope: Scope, codice: string, ports: Ports): Promise<FileReply> {
  const bytes = await ports.stampa.print(composeScheda(await readScheda(scope, codice)))
  return new FileReply({
    nome: `procedimento-${codice}.pdf`,
    tipo: 'application/pdf',
    stream: Readable.from([Buffer.from(bytes)]),
    dimensione: bytes.length,
  })
}

/** How the default AOO counts its terms. Throws NotFound. */
export async function readRegole(scope: Scope): Promise<RegoleTermini> {
  return await inReadTransaction(scope, async (s) => {
    const aooId = await findAooPredefinita(s)
    if (aooId === null) throw procedimentoAssente()
    return (await findRegole(s, aooId)).regole
  })
}

/** Replaces them; terms already computed move only with their next event. Old and new values in the trail. Throws NotFound. */
export async function saveRegole(scope: Scope, regole: RegoleTermini): Promise<RegoleTermini> {
  await inTransaction(scope, async (tx) => {
    const aooId = await findAooPredefinita(tx)
    if (aooId === null) throw procedimentoAssente()
    const prima = (await findRegole(tx, aooId)).regole
    await query(
      tx,
      'insert into regole_termini (ente_id, aoo_id, regole) values ($1, $2, $3) on conflict (ente_id, aoo_id) do update set regole = excluded.regole',
      [tx.ente.id, aooId, json(regole)],
    )
    tx.audit({ azione: 'regole-termini-modificate', oggettoTipo: 'aoo', oggettoId: aooId, prima, dopo: regole })
  })
  return await readRegole(scope)
}
