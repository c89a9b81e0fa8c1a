import { listDocumenti } from '../fascicoli/index.ts'
import type { FascicoloDto } from '../fascicoli/index.ts'
import type { Ports } from '../kernel/endpoint.ts'
import type { EnteRef, Scope } from '../kernel/scope.ts'
import { formatItalianDay, formatItalianInstant, now, romeDay } from '../kernel/time.ts'
import type { Blocco, StampaLunga } from '../ports/stampa.ts'

/** Documents read at a time: memory does not grow with the fascicolo. */
const PARTE = 200
const COLONNE = ['N.', 'Protocollo', 'Data', 'Oggetto', 'Tipologia', 'Impronta (SHA-256)', 'Stato']
const LARGHEZZE = [0.5, 1.3, 1.05, 3.4, 1.3, 1.9, 1.3]

export const stampeFascicolo = ['indice', 'frontespizio'] as const
export type TipoStampaFascicolo = (typeof stampeFascicolo)[number]

const TITOLI: Readonly<Record<TipoStampaFascicolo, string>> = { indice: 'Indice del fascicolo', frontespizio: 'Fascicolo' }

/** The documents of a fascicolo as rows of its index, a part at a time, as this person sees them; papers follow with their place. `letti` is told how far it is. */
async function* righeIndice(
  scope: Scope,
  f: FascicoloDto,
  letti: (quanti: number) => Promise<void>,
  solo?: ReadonlySet<string>,
): AsyncIterable<{ celle: string[]; barrata: boolean }[]> {
  let da = 0
  let scritti = 0
  for (;;) {
    const { elementi } = await listDocumenti(scope, f.id, { da, quanti: PARTE })
    const chosen = solo === undefined ? elementi : elementi.filter((d) => solo.has(d.documentoId))
    yield chosen.map((d, i) => ({
      celle: [
        String(scritti + i + 1),
        d.registrazione?.etichetta ?? '',
        formatItalianDay(romeDay(new Date(d.registrazione?.istante ?? d.inseritoIl))),
        d.oggetto,
        d.tipologia,
        d.principale?.sha256 ?? '',
        d.annullamento ?? '',
      ],
      barrata: d.annullamento !== null,
    }))
    da += elementi.length
    scritti += chosen.length
    await letti(da)
    if (elementi.length < PARTE) break
  }
  yield f.cartacei.map((c, i) => ({
    celle: [
      String(scritti + i + 1),
      'cartaceo',
      formatItalianDay(c.dataDocumento ?? romeDay(new Date(c.inseritoIl))),
      `${c.oggetto} (${c.consistenza})`,
      c.tipologia,
      c.posizioneFisica,
      '',
    ],
    barrata: false,
  }))
}

/** Index or cover of a fascicolo (REQ-FASC-032, REQ-FASC-033): what it is, then its documents one by one. What may not be read is without its words; `solo`: of these documents only. */
export function composeFascicolo(
  scope: Scope,
  tipo: TipoStampaFascicolo,
  f: FascicoloDto,
  creatoIl: Date,
  letti: (quanti: number) => Promise<void> = async () => await Promise.resolve(),
  solo?: ReadonlySet<string>,
): StampaLunga {
  const titolo = `${TITOLI[tipo]} ${f.codice}`
  const dati = tipo === 'indice' ? essential(f) : complete(scope.ente, f)
  const blocchi: Blocco[] = [
    ...(tipo === 'frontespizio' ? [{ tipo: 'codici' as const, qr: f.codice }] : []),
    { tipo: 'dati', voci: dati.filter(([, valore]) => valore !== '') },
    { tipo: 'titolo', testo: `Documenti: ${f.totaleDocumenti + f.cartacei.length}`, livello: 2 },
  ]
  return {
    titolo,
    intestazione: [scope.ente.denominazione],
    formato: 'A4',
    autore: scope.ente.denominazione,
    creatoIl,
    piede: `${titolo} - stampato il ${formatItalianInstant(creatoIl)}`,
    blocchi,
    tabella: { colonne: COLONNE, larghezze: LARGHEZZE },
    righe: righeIndice(scope, f, letti, solo),
  }
}

type Voci = (readonly [string, string])[]

const day = (giorno: string | null): string => (giorno === null ? '' : formatItalianDay(giorno.slice(0, 10)))

function essential(f: FascicoloDto): Voci {
  return [
    ['Codice', f.codice],
    ['Oggetto', f.oggetto],
    ['Classificazione', `${f.voce.codice} ${f.voce.denominazione}`],
    ['Ufficio', f.ufficio.denominazione],
    ['Responsabile', f.responsabile.nome],
    ['Aperto il', day(f.apertoIl)],
    ['Chiuso il', day(f.chiusoIl)],
  ]
}

const LIVELLI = ['Titolo', 'Classe', 'Sottoclasse']

/** Who may see it, in words: offices only or the people concerned too; whether it holds documents of the reserved area. */
function accessoOf(f: FascicoloDto): string {
  const chi = f.visibileCittadino ? 'uffici e interessati' : 'solo uffici'
  return f.documenti.some((d) => d.area === 'riservata' || !d.leggibile) ? `${chi}, con area riservata` : chi
}

const anni = (n: number | null): string => (n === null ? 'da definire' : n === 9999 ? 'permanente' : `${n} anni`)
const nameOf = (s: FascicoloDto['interessati'][number]): string =>
  'denominazione' in s ? (s.denominazione ?? '') : `${s.cognome ?? ''} ${s.nome ?? ''}`.trim()

function complete(ente: EnteRef, f: FascicoloDto): Voci {
  const [prima, ...resto] = essential(f)
  return [
    ['Amministrazione', `${ente.denominazione} (${ente.codiceIpa})`],
    ['Area organizzativa omogenea', `${f.aoo.denominazione} (${f.aoo.codice})`],
    ...(prima === undefined ? [] : [prima]),
    ['Parte di', f.padre === null ? '' : `${f.padre.codice} ${f.padre.oggetto}`],
    ['Tipo', f.tipo],
    ...f.percorso.map((p, i) => [LIVELLI[i] ?? 'Voce', `${p.codice} ${p.denominazione}`] as const),
    ...resto.filter(([nome]) => nome !== 'Classificazione' && nome !== 'Ufficio' && nome !== 'Responsabile'),
    ['Unità organizzativa responsabile', f.ufficio.denominazione],
    [f.tipo === 'procedimento amministrativo' ? 'Responsabile del procedimento' : 'Responsabile', f.responsabile.nome],
    ['Esito', f.esito ?? ''],
    ['Procedimento', f.procedimento?.denominazione ?? ''],
    ['Interessati', f.interessati.map(nameOf).join('; ')],
    ['Amministrazioni partecipanti', f.amministrazioniPartecipanti.map(nameOf).join('; ')],
    ['Livello di accesso', accessoOf(f)],
    ['Tempo di conservazione', anni(f.conservazioneAnni)],
    ['Posizione fisica', f.posizioneFisica ?? ''],
    ['Sottofascicoli', f.parti.map((p) => `${p.codice} ${p.oggetto}`).join('; ')],
    ['Collegato a', f.collegamenti.map((c) => c.fascicolo.codice).join('; ')],
    ['Riaperto il', f.riaperture.map((r) => `${day(r.riapertoIl)}: ${r.motivo}`).join('; ')],
    ['Parole chiave', f.paroleChiave.join(', ')],
    ['Note', f.note ?? ''],
  ]
}

/** The cover of a fascicolo with some of its documents only, a piece at a time: for a package that leaves the body. */
export function streamFrontespizio(scope: Scope, f: FascicoloDto, solo: ReadonlySet<string>, ports: Ports): AsyncIterable<Uint8Array> {
  return ports.stampa.printLunga(composeFascicolo(scope, 'frontespizio', f, now(), undefined, solo))
}
