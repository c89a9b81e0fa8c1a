import { identitaDi } from '../kernel/scope.ts'
import type { Attore } from '../kernel/scope.ts'
import type { AutorizzazioneRow, ContoRow, findPassi, ProceduraRow, VoceRow } from './repository.ts'
import type { ProceduraDto, VoceScartoDto } from './schema.ts'

/** How people name a disposal: `2026/3`. */
export function formatProcedura(p: { readonly anno: number; readonly numero: number }): string {
  return `${p.anno}/${p.numero}`
}

const sum = (conti: readonly ContoRow[], what: (c: ContoRow) => number): number => conti.reduce((total, c) => total + what(c), 0)

/** A disposal as its page shows it. */
export function presentProcedura(
  p: ProceduraRow,
  conti: readonly ContoRow[],
  autorizzazioni: readonly AutorizzazioneRow[],
  etichette: ReadonlyMap<string, string>,
  attore: Attore,
): ProceduraDto {
  const ref = (id: string) => ({ id, etichetta: etichette.get(id) ?? '' })
  const invio = (il: Date | null, id: string | null, interno: string | null) =>
    il === null || id === null ? null : { il: il.toISOString(), registrazione: ref(id), interno: interno === null ? null : ref(interno) }
  const vive = conti.filter((c) => c.stato !== 'ESCLUSO' && c.stato !== 'NON_AUTORIZZATO')
  return {
    id: p.id,
    etichetta: formatProcedura(p),
    scadutiAl: p.scadutiAl,
    note: p.note,
    composizione: p.composizione,
    esaminati: p.esaminati,
    daEsaminare: p.daEsaminare,
    creataIl: p.creataIl.toISOString(),
    propostaDa: p.propostaDaNome,
    voci: Object.fromEntries(conti.map((c) => [c.stato, c.voci])),
    totale: sum(conti, (c) => c.voci),
    riservate: sum(vive, (c) => c.riservate),
    versate: sum(vive, (c) => c.versate),
    quantita: {
      fascicoli: sum(vive, (c) => c.fascicoli),
      documenti: sum(vive, (c) => c.documenti),
      file: sum(vive, (c) => c.file),
      byte: sum(vive, (c) => c.byte),
      cartacei: sum(vive, (c) => c.cartacei),
    },
    verifica: p.verificataIl === null ? null : { il: p.verificataIl.toISOString(), da: p.verificataDaNome ?? '' },
    provvedimento:
      p.provvedimento === null ? null : { estremi: p.provvedimento, del: p.provvedimentoDel ?? '', motivazione: p.motivazione ?? '' },
    richiesta: invio(p.richiestaIl, p.richiestaId, p.richiestaInternoId),
    autorizzazioni: autorizzazioni.map((a) => ({
      autorita: a.autorita,
      esito: a.esito,
      protocollo: a.protocollo,
      del: a.del,
      registrazione: ref(a.registrazioneId),
      note: a.note,
      registrataIl: a.registrataIl.toISOString(),
      registrataDa: a.registrataDaNome,
    })),
    ordine: p.ordinataIl === null ? null : { il: p.ordinataIl.toISOString(), da: p.ordinataDaNome ?? '' },
    verbale: p.verbale === null ? null : { estremi: p.verbale, del: p.verbaleDel ?? '' },
    comunicazione: invio(p.comunicataIl, p.comunicazioneId, p.comunicazioneInternoId),
    propostaDaMe: identitaDi(attore).includes(p.propostaDa),
  }
}

/** An item with its steps. */
export function presentVoce(v: VoceRow, passi: Awaited<ReturnType<typeof findPassi>>): VoceScartoDto {
  return {
    id: v.id,
    fascicolo: { id: v.fascicoloId, codice: v.codice, slug: v.slug, oggetto: v.oggetto },
    voce: { codice: v.codiceVoce, denominazione: v.denominazioneVoce },
    stato: v.stato,
    statoDal: v.statoDal.toISOString(),
    motivo: v.motivo,
    sospesaDa: v.sospesaDa,
    nonPrimaDel: v.nonPrimaDel,
    regola: v.regola,
    anni: v.anni,
    chiusoIl: v.chiusoIl,
    decorrenza: v.decorrenza,
    scadenza: v.scadenza,
    estremi: { dal: v.estremoDal, al: v.estremoAl },
    fascicoli: v.fascicoli,
    documenti: v.documenti,
    file: v.file,
    byte: v.byte,
    cartacei: v.cartacei,
    trattenuti: v.trattenuti,
    tipologie: v.tipologie,
    riservata: v.riservata,
    versata: v.versata,
    vincolata: v.vincolata,
    passi: passi.map((p) => ({ da: p.da, a: p.a, motivo: p.motivo, il: p.istante.toISOString(), autore: p.autore })),
  }
}
