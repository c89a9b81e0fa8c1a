import { splitParole } from './parole.ts'

/** What the index knows of a registration beside its words: each value is one word of the index, with a beginning that no person types. */
export interface Sfaccettature {
  readonly tipo: string
  readonly anno: number
  readonly numero: number
  readonly giorno: string
  readonly voce: string
  readonly ufficioId: string | null
  readonly mezzo: string
  readonly stato: string
  readonly annullata: boolean
  readonly impronte: readonly string[]
  readonly emergenza: string | null
  readonly protocolloMittente: string | null
  readonly mittenti: readonly string[]
  readonly destinatari: readonly string[]
}

const bare = (id: string): string => id.replaceAll('-', '')

/** Words of the index for one value. */
export const gettone = {
  chi: (id: string) => `zzc${bare(id)}`,
  ufficio: (id: string) => `zzu${bare(id)}`,
  verso: (tipo: string) => `zzt${tipo.toLowerCase()}`,
  stato: (stato: string) => `zzs${stato.replaceAll('_', '')}`,
  anno: (anno: number) => `zzy${anno}`,
  mese: (mese: string) => `zzm${mese.replace('-', '')}`,
  canale: (mezzo: string) => `zzk${mezzo.replaceAll('_', '').toLowerCase()}`,
  /** Begins also the words of the voices below. */
  voce: (codice: string) => `zzv${codice.toLowerCase().replaceAll('/', 'x')}x`,
  numero: (numero: number, anno: number | null) => (anno === null ? `zzn${numero}` : `zzn${numero}y${anno}`),
  impronta: (prefisso: string) => `zzh${prefisso}`,
  /** With or without the zeros before the progressive. */
  emergenza: (codice: string) =>
    `zzr${splitParole(codice)
      .map((p) => p.replace(/^0+(?=\d)/u, ''))
      .join('x')}`,
  protocolloMittente: (testo: string) => `zzp${splitParole(testo).join('x')}`,
  mittente: (parola: string) => `zza${parola}`,
  destinatario: (parola: string) => `zzd${parola}`,
} as const

/** Every such word of a registration, without who sees it: the database adds those (migration 0005). */
export function gettoniDi(s: Sfaccettature): string[] {
  const all = [
    gettone.verso(s.tipo),
    gettone.anno(s.anno),
    gettone.mese(s.giorno.slice(0, 7)),
    gettone.canale(s.mezzo),
    gettone.voce(s.voce),
    gettone.numero(s.numero, null),
    gettone.numero(s.numero, s.anno),
    gettone.stato(s.annullata ? 'annullata' : 'valida'),
    gettone.stato(s.stato),
    ...(s.ufficioId === null ? [] : [gettone.ufficio(s.ufficioId)]),
    ...s.impronte.filter((i) => i !== '').map(gettone.impronta),
    ...(s.emergenza === null ? [] : [gettone.emergenza(s.emergenza)]),
    ...(s.protocolloMittente === null ? [] : [gettone.protocolloMittente(s.protocolloMittente)]),
    ...s.mittenti.flatMap((m) => splitParole(m).map(gettone.mittente)),
    ...s.destinatari.flatMap((d) => splitParole(d).map(gettone.destinatario)),
  ]
  return [...new Set(all)]
}

/** The months from one day to another, `YYYY-MM`, or null when they are more than `massimo`. */
export function mesiTra(da: string, a: string, massimo: number): string[] | null {
  const index = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const [first, last] = [index(da), index(a)]
  if (last - first >= massimo) return null
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, i) => `${Math.floor((first + i) / 12)}-${String(((first + i) % 12) + 1).padStart(2, '0')}`,
  )
}
