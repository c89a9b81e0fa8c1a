/** The model of a procedure as its form holds it, and back. Pure. */
import type { Procedimento } from './dati.ts'

export interface PassoBozza {
  chiave: string
  nome: string
  fase: string
  obbligatorio: boolean
  firma: string
  documenti: string
}

export interface Scelta {
  id: string
  testo: string
}

const TESTI = [
  'codice',
  'denominazione',
  'materia',
  'iniziativa',
  'codiceVoce',
  'termine',
  'unita',
  'silenzio',
  'descrizione',
  'norme',
  'decorrenza',
  'documenti',
  'esito',
  'organo',
  'tutela',
  'potere',
  'informazioni',
  'moduli',
  'pagamenti',
  'pagamento',
  'telefono',
  'email',
  'orari',
  'servizio',
  'oggetto',
  'motivo',
] as const
export type CampoModello = (typeof TESTI)[number]

export interface Bozza {
  testi: Record<CampoModello, string>
  ufficio: Scelta | null
  responsabile: Scelta | null
  interessati: boolean
  visibile: boolean
  passi: PassoBozza[]
}

const lines = (values: readonly string[]): string => values.join('\n')
const split = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The form of a model: that of a procedure, or an empty one with the least it needs. */
export function bozzaDi(p: Procedimento | null): Bozza {
  const s = p?.scheda
  return {
    testi: {
      codice: p?.codice ?? '',
      denominazione: p?.denominazione ?? '',
      materia: p?.materia ?? '',
      iniziativa: p?.iniziativa ?? 'parte',
      codiceVoce: p?.voce.codice ?? '',
      termine: p?.termineGiorni == null ? '' : String(p.termineGiorni),
      unita: p?.termineUnita ?? 'giorni',
      silenzio: p?.silenzio ?? 'inadempimento',
      descrizione: s?.descrizione ?? '',
      norme: lines(s?.norme ?? []),
      decorrenza: s?.decorrenza ?? 'ricevimento della domanda',
      documenti: lines(s?.documenti ?? []),
      esito: s?.esito ?? '',
      organo: s?.organoCompetente ?? '',
      tutela: s?.tutela ?? '',
      potere: s?.potereSostitutivo ?? '',
      informazioni: s?.informazioni ?? '',
      moduli: lines((s?.moduli ?? []).map((m) => `${m.nome} | ${m.indirizzo}`)),
      pagamenti: lines((s?.pagamenti ?? []).map((x) => (x.importo === null ? x.voce : `${x.voce} | ${euro.format(x.importo)}`))),
      pagamento: s?.modalitaPagamento ?? '',
      telefono: s?.contatti.telefono ?? '',
      email: s?.contatti.email ?? '',
      orari: s?.contatti.orari ?? '',
      servizio: s?.servizioOnline ?? '',
      oggetto: p?.fascicolo.oggetto ?? '{procedimento} – {mittente}',
      motivo: '',
    },
    ufficio: p?.ufficio == null ? null : { id: p.ufficio.id, testo: p.ufficio.nome },
    responsabile: p?.responsabile == null ? null : { id: p.responsabile.id, testo: p.responsabile.nome },
    interessati: p?.fascicolo.interessatiDalMittente ?? true,
    visibile: p?.fascicolo.visibileCittadino ?? true,
    passi: p === null ? [passoVuoto('Istruttoria'), passoVuoto('Decisoria o deliberativa')] : p.passi.map(passoOf),
  }
}

export function passoVuoto(fase: string): PassoBozza {
  return { chiave: '', nome: '', fase, obbligatorio: true, firma: 'nessuna', documenti: '' }
}

function passoOf(p: Procedimento['passi'][number]): PassoBozza {
  return {
    chiave: p.chiave,
    nome: p.nome,
    fase: p.fase,
    obbligatorio: p.obbligatorio,
    firma: p.firma,
    documenti: lines(p.documenti.map((d) => `${d.verso}: ${d.nome}`)),
  }
}

/** 'uscita: Provvedimento' as a document; without a direction it is internal. */
export function documentoDi(line: string): { nome: string; verso: string } {
  const [first = '', ...rest] = line.split(':')
  const verso = first.trim().toLowerCase()
  if (rest.length > 0 && ['entrata', 'uscita', 'interno'].includes(verso)) return { verso, nome: rest.join(':').trim() }
  return { verso: 'interno', nome: line.trim() }
}

const euro = new Intl.NumberFormat('it-IT', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** 'Domanda di accesso | https://…' as a form with its address; without one the server asks for it. */
export function moduloDi(line: string): { nome: string; indirizzo: string } {
  const [nome = '', ...rest] = line.split('|')
  return { nome: nome.trim(), indirizzo: rest.join('|').trim() }
}

/** 'Diritti di segreteria | 51,65' as a payment; without an amount it is still to be set. What is no amount is sent as it is, to be refused by name. */
export function pagamentoDi(line: string): { voce: string; importo: number | string | null } {
  const [voce = '', ...rest] = line.split('|')
  const text = rest.join('|').replaceAll(/[€\s]/gu, '')
  if (text === '') return { voce: voce.trim(), importo: null }
  const plain = text.includes(',') ? text.replaceAll('.', '').replace(',', '.') : text
  return { voce: voce.trim(), importo: /^\d+(\.\d{1,2})?$/u.test(plain) ? Number(plain) : text }
}

/** A key for a new step, from its name: letters, figures and hyphens, different from the others. */
export function chiaveDi(nome: string, usate: readonly string[]): string {
  const plain = nome
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^[^a-z]+|-+$/gu, '')
    .slice(0, 40)
  const base = plain.length < 2 ? `passo-${plain}`.replaceAll(/-+$/gu, '') : plain
  let key = base
  for (let n = 2; usate.includes(key); n++) key = `${base}-${n}`
  return key
}

/** The body of the request: a new procedure, or a new version of `p`. What the form does not show stays as it is. */
export function corpoDi(b: Bozza, p: Procedimento | null): unknown {
  const x = b.testi
  const used: string[] = b.passi.map((s) => s.chiave).filter((c) => c !== '')
  const passi = b.passi.map((s) => {
    const chiave = s.chiave === '' ? chiaveDi(s.nome, used) : s.chiave
    used.push(chiave)
    return {
      chiave,
      nome: s.nome,
      fase: s.fase,
      obbligatorio: s.obbligatorio,
      firma: s.firma,
      documenti: split(s.documenti).map(documentoDi),
    }
  })
  return {
    ...(p === null ? { codice: x.codice.trim() } : { versione: p.versione, motivo: x.motivo }),
    denominazione: x.denominazione,
    materia: x.materia,
    iniziativa: x.iniziativa,
    codiceVoce: x.codiceVoce.trim(),
    ufficioId: b.ufficio?.id.replace(/^ufficio:/u, '') ?? null,
    responsabileId: b.responsabile?.id ?? null,
    termineGiorni: x.termine.trim() === '' ? null : Number(x.termine),
    termineUnita: x.unita,
    silenzio: x.silenzio,
    scheda: {
      ...p?.scheda,
      descrizione: x.descrizione,
      norme: split(x.norme),
      decorrenza: x.decorrenza,
      documenti: split(x.documenti),
      esito: orNull(x.esito),
      organoCompetente: orNull(x.organo),
      tutela: orNull(x.tutela),
      potereSostitutivo: orNull(x.potere),
      informazioni: orNull(x.informazioni),
      moduli: split(x.moduli).map(moduloDi),
      pagamenti: split(x.pagamenti).map(pagamentoDi),
      modalitaPagamento: orNull(x.pagamento),
      contatti: { telefono: orNull(x.telefono), email: orNull(x.email), orari: orNull(x.orari) },
      servizioOnline: orNull(x.servizio),
    },
    passi,
    fascicolo: {
      tipo: p?.fascicolo.tipo ?? 'procedimento amministrativo',
      oggetto: x.oggetto,
      interessatiDalMittente: b.interessati,
      visibileCittadino: b.visibile,
    },
  }
}
