import { emitDai, MetadatiNonEmettibili } from '../../metadata-schemas/allegato5/index.ts'
import type { ContestoDocumento, Impronta, ModelloDai, RuoloDai } from '../../metadata-schemas/allegato5/index.ts'
import { query } from '../kernel/scope.ts'
import type { EnteRef, Scope } from '../kernel/scope.ts'
import { formatItalianDay, romeDay, romeTime } from '../kernel/time.ts'
import type { ParteRow, RegistroGiornalieroRow } from './repository/elenco.ts'
import type { RegistroRow } from './repository/registri.ts'

/** The voice of the plan a daily register is classified under. */
export interface VoceRegistro {
  readonly codice: string
  readonly descrizione: string
  readonly piano: string | null
}

/** A metadata file, or every reason why it cannot be written. */
export interface MetadatiRegistro {
  readonly xml: string | null
  readonly esiti: readonly { readonly regola: string; readonly errore: boolean; readonly percorso: string; readonly messaggio: string }[]
}

const ALLEGATI = [
  ['xml', 'Le stesse registrazioni in XML'],
  ['righe', 'Righe del registro con la catena delle impronte'],
  ['giorno', 'Intestazione del giorno con l’impronta del giorno precedente'],
] as const

/** The parts that travel as attachments of the PDF, with what each is: a day without rows has no file of rows. */
export function allegatiOf(r: RegistroGiornalieroRow): (ParteRow & { readonly id: string; readonly descrizione: string })[] {
  return ALLEGATI.filter(([parte]) => r.parti[parte].dimensione > 0).map(([parte, descrizione]) => ({
    ...r.parti[parte],
    id: `${r.identificativo}.${parte}`,
    descrizione,
  }))
}

const CODICE_FISCALE = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/u
const SEMPRE = 'permanente'

/** Identifier of the series that the daily registers of a year form: the aggregation each of them is in. */
export function serieOf(ente: EnteRef, registro: RegistroRow, r: Pick<RegistroGiornalieroRow, 'giorno' | 'tipo'>): string {
  const kind = r.tipo === 'annuale' ? 'REGISTRI-ANNUALI' : `REGISTRO-GIORNALIERO-${r.giorno.slice(0, 4)}`
  return `${ente.codiceIpa}-${registro.aooCodice}-${registro.codice}-${kind}`
}

/** The voice in force with that code in the plan of the AOO, or null. */
export async function findVoceRegistro(scope: Scope, registro: RegistroRow): Promise<VoceRegistro | null> {
  const rows = await query<VoceRegistro>(
    scope,
    `select v.codice, coalesce(p.denominazione || ' / ', '') || v.denominazione as descrizione, t.uri as piano
       from voce_titolario v join titolario_versione t on t.ente_id = v.ente_id and t.id = v.versione_id
       left join voce_titolario p on p.ente_id = v.ente_id and p.id = v.padre_id
      where v.ente_id = $1 and t.aoo_id = $2 and t.stato = 'ATTIVO' and t.dal <= app.oggi() and (t.al is null or t.al > app.oggi()) and v.codice = $3 and (v.chiusa_dal is null or v.chiusa_dal > app.oggi()) limit 1`,
    [scope.ente.id, registro.aooId, registro.classificazione],
  )
  return rows[0] ?? null
}

const toImpronta = (p: ParteRow): Impronta => ({ valore: Buffer.from(p.sha256, 'hex').toString('base64'), algoritmo: 'SHA-256' })
/** Code of the register that the daily registers themselves form. */
const repertorio = (registro: RegistroRow): string => `RG_${registro.codice}`.slice(0, 16)
const numero = (r: RegistroGiornalieroRow): string => (r.tipo === 'annuale' ? r.giorno.slice(0, 4) : String(r.progressivo))

function soggetti(ente: EnteRef, registro: RegistroRow, r: RegistroGiornalieroRow): RuoloDai[] {
  const own = {
    tipo: 'PAI',
    ipaAmm: { denominazione: ente.denominazione, codice: ente.codiceIpa },
    ipaAoo: { denominazione: registro.aooDenominazione, codice: registro.aooCodice },
    indirizzi: [registro.aooIndirizzo],
  } as const
  const responsabile: RuoloDai[] =
    r.responsabileCognome === ''
      ? []
      : [
          {
            ruolo: 'ResponsabileGestioneDocumentale',
            soggetto: {
              tipo: 'PF',
              nome: r.responsabileNome,
              cognome: r.responsabileCognome,
              ...(CODICE_FISCALE.test(r.responsabileCodiceFiscale) ? { codiceFiscale: r.responsabileCodiceFiscale } : {}),
            },
          },
        ]
  return [
    { ruolo: 'AmministrazioneCheEffettuaLaRegistrazione', soggetto: own },
    { ruolo: 'Autore', soggetto: own },
    { ruolo: 'Destinatario', soggetto: own },
    { ruolo: 'Produttore', soggetto: { tipo: 'SW', denominazione: 'Faldone' } },
    ...responsabile,
  ]
}

function subscribed({ firma }: RegistroGiornalieroRow): string {
  if (firma === null) return ''
  const day = formatItalianDay(romeDay(new Date(firma.raccoltaIl)))
  return firma.modo === 'firma'
    ? ` Firmato da ${firma.firmatario} (PAdES), firma raccolta il ${day}.`
    : ` XML sigillato il ${day}, in mancanza della firma.`
}

function model(
  ente: EnteRef,
  registro: RegistroRow,
  r: RegistroGiornalieroRow,
  voce: VoceRegistro,
  prima: RegistroGiornalieroRow | null,
): ModelloDai {
  const giorno = romeDay(r.prodottoIl)
  const counts = `Registrazioni ${r.registrazioni}${r.primo === null ? '' : `, dalla ${r.primo} alla ${r.ultimo}`}; annullamenti ${r.annullamenti}; modifiche ${r.modifiche}.`
  return {
    profilo: 'DAI',
    idDoc: { impronta: toImpronta(r.parti.pdf), identificativo: r.identificativo },
    modalita: 'd',
    tipologiaDocumentale: r.tipo === 'annuale' ? 'Registro annuale di protocollo' : 'Registro giornaliero di protocollo',
    flusso: 'I',
    registro: { tipo: 'repertorio', data: giorno, ora: romeTime(r.prodottoIl), numero: numero(r), codiceRegistro: repertorio(registro) },
    soggetti: soggetti(ente, registro, r),
    chiaveDescrittiva: { oggetto: r.oggetto },
    allegati: {
      indice: allegatiOf(r).map((a) => ({ idDoc: { impronta: toImpronta(a), identificativo: a.id }, descrizione: a.descrizione })),
    },
    classificazione: { indice: voce.codice, descrizione: voce.descrizione, piano: voce.piano },
    riservato: r.riservate > 0,
    formato: { formato: r.parti.pdf.mime },
    // Of formation type d no check of signatures is due (R37): who signed is told in the note.
    verifica: { firmato: false, sigillato: false, marcato: false, conformitaCopia: false },
    aggregazioni: [{ tipo: 'Serie Documentale', id: serieOf(ente, registro, r) }],
    nome: r.parti.pdf.nome,
    versione: String(r.versione),
    ...(prima === null
      ? {}
      : {
          modifica: {
            tipo: 'Integrazione' as const,
            autore: { nome: 'Faldone', cognome: 'Faldone' },
            data: giorno,
            ora: romeTime(r.prodottoIl),
            versionePrecedente: { impronta: toImpronta(prima.parti.pdf), identificativo: prima.identificativo },
          },
        }),
    tempoDiConservazione: SEMPRE,
    note: `Registro ${r.registroCodice} del ${formatItalianDay(r.giorno)}. ${counts} Impronta del giorno ${r.impronta}.${subscribed(r)}`,
  }
}

function context(
  ente: EnteRef,
  registro: RegistroRow,
  m: ModelloDai,
  r: RegistroGiornalieroRow,
  prima: RegistroGiornalieroRow | null,
): ContestoDocumento {
  const data = romeDay(r.prodottoIl)
  return {
    oggi: data,
    pubblicaAmministrazione: true,
    improntePerIdentificativo: Object.fromEntries([
      [m.idDoc.identificativo, m.idDoc.impronta],
      ...m.allegati.indice.map((a) => [a.idDoc.identificativo, a.idDoc.impronta] as const),
    ]),
    conservazioneDelPiano: SEMPRE,
    registrazione: { tipo: 'repertorio', numero: numero(r), data, codiceRegistro: repertorio(registro) },
    dataDocumento: data,
    aoo: { codiceIpa: ente.codiceIpa, codiceAoo: registro.aooCodice },
    scambioInternoAoo: true,
    voceClassificazione: 'attiva',
    controlloFirme: { firmato: false, sigillato: false, marcato: false },
    firmaNelFile: false,
    attestazione: { presente: false },
    aggregazioni: [{ tipo: 'Serie Documentale', id: serieOf(ente, registro, r), elencaDocumento: true, conservazione: SEMPRE }],
    completaAltroDocumento: false,
    annullato: false,
    versionePrecedente: prima === null ? null : { data: romeDay(prima.prodottoIl) },
    numeroDestinatari: 1,
    prodottoAutomaticamente: true,
    ufficiAssegnatari: [],
    fascicoloDiProcedimento: false,
  }
}

/**
 * Allegato 5 metadata of a daily register: a documento amministrativo informatico of formation type (d), whose main file is the PDF (REQ-PROT-104). `prima` is
 * the version it follows. Pure.
 */
export function emitMetadati(
  ente: EnteRef,
  registro: RegistroRow,
  r: RegistroGiornalieroRow,
  voce: VoceRegistro | null,
  prima: RegistroGiornalieroRow | null,
): MetadatiRegistro {
  if (voce === null) {
    const messaggio = `La voce ${registro.classificazione} non è nel titolario in vigore: scegli nelle impostazioni del registro giornaliero la voce sotto cui classificarlo.`
    return { xml: null, esiti: [{ regola: 'R40', errore: true, percorso: 'Classificazione', messaggio }] }
  }
  const modello = model(ente, registro, r, voce, prima)
  const of = (e: { regola: string; stato: string; gravita: string; percorso: string; messaggio: string }) => ({
    regola: e.regola,
    errore: e.stato !== 'non verificata' && e.gravita === 'E',
    percorso: e.percorso,
    messaggio: e.messaggio,
  })
  try {
    const { xml, esiti } = emitDai(modello, context(ente, registro, modello, r, prima))
    return { xml, esiti: esiti.map(of) }
  } catch (error) {
    if (!(error instanceof MetadatiNonEmettibili)) throw error
    return { xml: null, esiti: error.esiti.map(of) }
  }
}
