import type { CampoErrato } from '../kernel/errors.ts'
import { fasi } from './schema.ts'
import type { Passo, Scheda, VersioneIn } from './schema.ts'

/** Words the pattern of an oggetto may name. */
const SEGNAPOSTO = ['procedimento', 'mittente', 'oggetto', 'anno'] as const
const OGGETTO_MASSIMO = 500

/** Everything wrong in a model that the shapes alone cannot say. Pure. */
export function modelloErrors(input: VersioneIn): CampoErrato[] {
  const campi: CampoErrato[] = []
  const seen = new Set<string>()
  let latest = 0
  input.passi.forEach((p, i) => {
    if (seen.has(p.chiave)) campi.push({ campo: `passi.${i}.chiave`, messaggio: `Due passi hanno la stessa chiave: ${p.chiave}.` })
    seen.add(p.chiave)
    const order = fasi.indexOf(p.fase)
    if (order < latest)
      campi.push({ campo: `passi.${i}.fase`, messaggio: `Il passo «${p.nome}» torna a una fase già passata: spostalo più in alto.` })
    latest = Math.max(latest, order)
  })
  if (!input.passi.some((p) => p.obbligatorio && p.fase === 'Decisoria o deliberativa'))
    campi.push({ campo: 'passi', messaggio: 'Manca un passo obbligatorio nella fase decisoria: ogni procedimento ha una decisione.' })
  for (const [, nome] of input.fascicolo.oggetto.matchAll(/\{([^}]*)\}/gu)) {
    if (!(SEGNAPOSTO as readonly string[]).includes(nome ?? ''))
      campi.push({
        campo: 'fascicolo.oggetto',
        messaggio: `{${nome ?? ''}} non è previsto: usa ${SEGNAPOSTO.map((s) => `{${s}}`).join(', ')}.`,
      })
  }
  if (input.silenzio === 'assenso' && input.iniziativa === 'ufficio')
    campi.push({ campo: 'silenzio', messaggio: 'Il silenzio-assenso c’è solo nei procedimenti a istanza di parte.' })
  return campi
}

/** The oggetto of a new fascicolo from its pattern; a word that is not known leaves no separator behind. Pure. */
export function composeOggetto(modello: string, valori: Readonly<Record<(typeof SEGNAPOSTO)[number], string>>): string {
  const filled = modello.replaceAll(/\{([a-z]+)\}/gu, (_, nome: string) => valori[nome as (typeof SEGNAPOSTO)[number]] ?? '')
  return filled
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\s–-]+|[\s–-]+$/gu, '')
    .slice(0, OGGETTO_MASSIMO)
}

/** What the art. 35 sheet has to say and nobody has said yet, with the words of the sheet. Pure. */
export function daDefinire(v: {
  termineGiorni: number | null
  ufficioId: string | null
  responsabileId: string | null
  iniziativa: string
  scheda: Scheda
}): string[] {
  const { scheda: s } = v
  const missing: [boolean, string][] = [
    [v.ufficioId === null, 'ufficio'],
    [v.responsabileId === null, 'responsabile'],
    [v.termineGiorni === null, 'termine'],
    [s.norme.length === 0, 'norme'],
    [s.contatti.telefono === null, 'telefono'],
    [s.contatti.email === null, 'posta elettronica'],
    [s.potereSostitutivo === null, 'titolare del potere sostitutivo'],
    [s.tutela === null, 'strumenti di tutela'],
    [v.iniziativa === 'parte' && s.moduli.length === 0, 'modulistica'],
    [s.pagamenti.length > 0 && s.modalitaPagamento === null, 'modalità di pagamento'],
    [s.pagamenti.some((p) => p.importo === null), 'importi'],
  ]
  return missing.filter(([is]) => is).map(([, nome]) => nome)
}

/** The phase a practice is in: that of the first step still to be done, or of the last one. Pure. */
export function faseOf(passi: readonly Passo[], aperti: (chiave: string) => boolean): Passo['fase'] {
  const next = passi.find((p) => p.obbligatorio && aperti(p.chiave)) ?? passi.at(-1)
  return next?.fase ?? 'Istruttoria'
}
