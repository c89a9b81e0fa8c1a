import type { Scope } from '../kernel/scope.ts'
import { findVociById } from '../titolario/index.ts'
import { campi, valoriDi } from './modello/campi.ts'
import { compila } from './modello/compila.ts'
import type { Valori } from './modello/compila.ts'
import { findNomi } from './repository.ts'
import type { BozzaRow, ModelloRow } from './repository.ts'
import { azioniOf, nomeOf } from './rules.ts'
import { datiBozza } from './schema.ts'
import type { BozzaDto, CampoDto, ModelloDto, RigaBozzaDto } from './schema.ts'
import { loadFatti } from './service/fatti.ts'

/** A draft in lists. */
export function presentRiga(row: BozzaRow): RigaBozzaDto {
  const soggetti = row.tipo === 'E' ? row.dati.mittenti : row.dati.destinatari
  const [first, ...others] = soggetti
  return {
    id: row.id,
    tipo: row.tipo,
    stato: row.stato,
    oggetto: row.dati.oggetto,
    corrispondente: first === undefined ? '' : others.length === 0 ? nomeOf(first) : `${nomeOf(first)} e altri ${others.length}`,
    ufficio: row.ufficio,
    autore: row.autoreNome,
    aggiornataIl: row.aggiornataIl.toISOString(),
    alProtocolloIl: row.alProtocolloIl?.toISOString() ?? null,
    notaProtocollo: row.notaProtocollo,
    fascicolo: row.fascicoloCodice,
    etichetta: row.registrazioneEtichetta,
  }
}

/** A draft as its page shows it. */
export async function presentBozza(s: Scope, row: BozzaRow): Promise<BozzaDto> {
  const dati = datiBozza.parse(row.dati)
  const { mancanti, sconosciuti } = compila(row.corpo, valoriDi(await loadFatti(s, row)), (value) => value)
  const voce = dati.voceId === null ? undefined : (await findVociById(s, [dati.voceId])).get(dati.voceId)
  return {
    id: row.id,
    tipo: row.tipo,
    stato: row.stato,
    versione: row.versione,
    dati,
    corpo: row.corpo,
    modello:
      row.modelloId === null || row.modelloNome === null || row.modelloFormato === null
        ? null
        : { id: row.modelloId, nome: row.modelloNome, formato: row.modelloFormato },
    ufficio: row.ufficioId === null ? null : { id: row.ufficioId, denominazione: row.ufficio ?? '' },
    fascicolo:
      row.fascicoloId === null ? null : { id: row.fascicoloId, codice: row.fascicoloCodice ?? '', oggetto: row.fascicoloOggetto ?? '' },
    voce: voce === undefined ? null : { id: voce.id, codice: voce.codice, denominazione: voce.denominazione },
    nomi: await findNomi(s, [
      ...(dati.assegnazione === null ? [] : [dati.assegnazione.ufficioId]),
      ...(dati.assegnazione?.operatoreId === undefined ? [] : [dati.assegnazione.operatoreId]),
      ...dati.perConoscenza,
      ...dati.collegamenti.map((link) => link.registrazioneId),
    ]),
    rispostaA: row.rispostaA === null ? null : { id: row.rispostaA, testo: row.rispostaEtichetta ?? '' },
    richiedeFirma: row.richiedeFirma,
    documento: row.documento,
    firmato: row.firmato,
    preparazione: row.preparazione,
    alProtocolloIl: row.alProtocolloIl?.toISOString() ?? null,
    notaProtocollo: row.notaProtocollo,
    motivoScarto: row.motivoScarto,
    registrazione: row.registrazioneId === null ? null : { id: row.registrazioneId, testo: row.registrazioneEtichetta ?? '' },
    autore: row.autoreNome,
    aggiornataDa: row.aggiornataDa,
    aggiornataIl: row.aggiornataIl.toISOString(),
    campiMancanti: [...mancanti],
    campiSconosciuti: [...sconosciuti],
    azioni: azioniOf(s.attore, row),
  }
}

const wordsOf = (value: Valori[string] | undefined): string | null =>
  value === undefined || value === null || value === ''
    ? null
    : typeof value === 'string'
      ? value
      : value.map((row) => Object.values(row)[0] ?? '').join(', ') || null

/** Every field with its value in a draft; without a draft, every field. */
export function presentCampi(valori: Valori): CampoDto[] {
  return campi.map((campo) => ({
    nome: campo.nome,
    descrizione: campo.descrizione,
    gruppo: campo.gruppo,
    righe: [...(campo.righe ?? [])],
    valore: wordsOf(valori[campo.nome]),
  }))
}

export function presentModello(row: ModelloRow): ModelloDto {
  return {
    id: row.id,
    nome: row.nome,
    descrizione: row.descrizione,
    formato: row.formato,
    corpo: row.corpo,
    file: row.contenutoId === null ? null : { id: row.contenutoId, nome: row.fileNome ?? '', dimensione: row.fileDimensione ?? 0 },
    oggetto: row.oggetto,
    tipologia: row.tipologia,
    richiedeFirma: row.richiedeFirma,
    attivo: row.attivo,
    versione: row.versione,
    aggiornatoDa: row.aggiornatoDa,
    aggiornatoIl: row.aggiornatoIl.toISOString(),
  }
}
