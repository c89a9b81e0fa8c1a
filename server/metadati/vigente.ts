import { romeDay, romeTime } from '../kernel/time.ts'
import { toSoggettoColumns } from '../protocollo/index.ts'
import type { Condizione, Correzione, SoggettoDto } from '../protocollo/index.ts'
import type { PersonaFatti, SoggettoFatti, VariazioneFatti } from './facts.ts'

/** The last authorised value of a datum, or undefined when it was never corrected. */
export function inForce(c: Condizione | undefined, campo: Correzione['campo']): string | undefined {
  return c?.correzioni.findLast((k) => k.campo === campo)?.valoreCorretto
}

/** Rome day of the corrected arrival. */
export function arrivoInForce(c: Condizione | undefined): string | undefined {
  const valore = inForce(c, 'dataArrivo')
  return valore === undefined ? undefined : romeDay(new Date(valore))
}

/** Correspondents with their authorised corrections: names and codes of the corrected one in the place of the wrong one (REQ-PROT-045). */
export function soggettiInForce<T extends SoggettoFatti & { readonly posizione: number }>(
  soggetti: readonly T[],
  c: Condizione | undefined,
): SoggettoFatti[] {
  return soggetti.map((s) => {
    const found = c?.correzioni.findLast((k) => k.campo === s.ruolo && k.posizione === s.posizione && k.dati !== null)
    return found?.dati === undefined || found.dati === null ? s : { ...s, ...toFatti(found.dati.corretto as SoggettoDto) }
  })
}

function toFatti(s: SoggettoDto): Omit<SoggettoFatti, 'ruolo'> {
  const c = toSoggettoColumns(s)
  return {
    tipo: s.tipo,
    nome: c['nome'] ?? null,
    cognome: c['cognome'] ?? null,
    denominazione: c['denominazione'] ?? null,
    codiceFiscale: c['codice_fiscale'] ?? null,
    codiceIpa: c['codice_ipa'] ?? null,
    codiceAoo: c['codice_aoo'] ?? null,
    denominazioneAoo: c['denominazione_aoo'] ?? null,
    indirizzoDigitale: c['indirizzo_digitale'] ?? null,
  }
}

/** Who authorised each change, to be looked up among people. */
export function deciders(c: Condizione): string[] {
  return [...c.correzioni.map((k) => k.operatoreId), ...(c.annullata === null ? [] : [c.annullata.operatoreId])]
}

/** Corrections and annulment as versions of the document, oldest first. */
export function variazioniOf(c: Condizione | undefined, persone: ReadonlyMap<string, PersonaFatti>): VariazioneFatti[] {
  if (c === undefined) return []
  const variazione = (tipo: VariazioneFatti['tipo'], il: Date, operatoreId: string): VariazioneFatti => ({
    tipo,
    giorno: romeDay(il),
    ora: romeTime(il),
    operatore: persone.get(operatoreId) ?? null,
  })
  return [
    // Where nothing stood before, the datum is added, not corrected.
    ...c.correzioni.map((k) => variazione(k.valoreAnnullato.trim() === '' ? 'Integrazione' : 'Rettifica', k.il, k.operatoreId)),
    ...(c.annullata === null ? [] : [variazione('Annullamento', c.annullata.il, c.annullata.operatoreId)]),
  ]
}
