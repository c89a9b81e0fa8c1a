/** The form of a repertory's configuration: from what the server tells to what it wants. Pure. */
import type { CampoRepertorio, Repertorio } from './tipi.ts'

export interface Bozza {
  codice: string
  denominazione: string
  tipologia: string
  ufficio: { id: string; testo: string } | null
  numerazione: string
  mandato: string
  visibilita: string
  conservazioneAnni: string
  albo: boolean
  giorniAlbo: string
  attivo: boolean
  campi: CampoRepertorio[]
}

/** The form as it opens: the repertory's values, or those of a new one. */
export function bozzaDi(r: Repertorio | null): Bozza {
  return {
    codice: r?.codice ?? '',
    denominazione: r?.denominazione ?? '',
    tipologia: r?.tipologia ?? '',
    ufficio: r?.ufficio ? { id: `ufficio:${r.ufficio.id}`, testo: r.ufficio.denominazione } : null,
    numerazione: r?.numerazione ?? 'annuale',
    mandato: r?.mandato ?? '',
    visibilita: r?.visibilita ?? 'ente',
    conservazioneAnni: r?.conservazioneAnni?.toString() ?? '',
    albo: r?.albo ?? false,
    giorniAlbo: String(r?.giorniAlbo ?? 15),
    attivo: r?.attivo ?? true,
    campi: r?.campi ?? [],
  }
}

/** A key from the name of a datum: letters and digits, first lower case (`Data della seduta` → `dataDellaSeduta`). */
export function chiaveDi(etichetta: string): string {
  const words = etichetta
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .split(/[^A-Za-z0-9]+/u)
    .filter((w) => w !== '')
  const key = words.map((w, i) => (i === 0 ? w.toLowerCase() : w.charAt(0).toUpperCase() + w.slice(1).toLowerCase())).join('')
  return key.replace(/^\d+/u, '').slice(0, 40)
}

/** The request of the form; a new repertory has also code and numbering. */
export function corpoDi(b: Bozza, nuovo: boolean): Record<string, unknown> {
  const common = {
    denominazione: b.denominazione,
    tipologia: b.tipologia,
    ufficioId: b.ufficio === null ? null : b.ufficio.id.replace('ufficio:', ''),
    campi: b.campi,
    visibilita: b.visibilita,
    conservazioneAnni: b.conservazioneAnni.trim() === '' ? null : Number(b.conservazioneAnni),
    albo: b.albo,
    giorniAlbo: Number(b.giorniAlbo),
    mandato: b.numerazione === 'mandato' ? b.mandato : null,
  }
  return nuovo ? { ...common, codice: b.codice, numerazione: b.numerazione } : { ...common, attivo: b.attivo }
}
