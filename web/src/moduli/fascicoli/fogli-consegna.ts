/** Sheets of the handing over to another body, of the upload and of the data sheet: their fields, and what each sends. */
import { api, chiama, conParametri } from '../../api/client.ts'
import type { MovimentoFascicolo } from '../../api/tipi-fascicolo.ts'
import type { Lista, RigaRegistro } from '../../api/tipi.ts'
import type { Fascicolo } from '../../api/tipi-messaggi.ts'
import { t } from '../../testi/it.ts'
import type { GruppoOpzioni } from '../../ui/Combobox.tsx'
import type { CampoAtto } from './FoglioAtto.tsx'

export interface Foglio {
  titolo: string
  campi: CampoAtto[]
  /** Below the address of the fascicolo. */
  percorso: string[]
  metodo?: 'PATCH'
  /** Key of an act that must not be done twice. */
  atto?: string
  corpo: (v: Record<string, string>) => unknown
  fatto: string
}

const w = t.consegnaFascicolo
const motivo: CampoAtto = { id: 'motivo', etichetta: t.fascicoli.motivo, errore: t.fascicoli.motivoErrore, righe: 3 }

/** Registrations of a direction by number or words. */
async function cercaRegistrazioni(ente: string, tipo: 'E' | 'U', testo: string): Promise<GruppoOpzioni[]> {
  const found = await chiama<Lista<RigaRegistro>>(conParametri(api(ente, 'registrazioni'), { q: testo.trim(), tipo, perPagina: 10 }))
  return [{ nome: '', opzioni: found.elementi.map((r) => ({ id: r.id, testo: `${r.etichetta} ${r.oggetto}` })) }]
}

const registrazione = (ente: string, tipo: 'E' | 'U'): CampoAtto => ({
  id: 'registrazioneId',
  etichetta: tipo === 'U' ? w.registrazione : w.registrazioneEntrata,
  cerca: (testo) => cercaRegistrazioni(ente, tipo, testo),
  chiave: ['registrazioni', ente, tipo],
})

const given = (v: Record<string, string>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (v[name] === undefined || v[name] === '' ? [] : [[name, v[name]]])))

export type AttoConsegna = 'carica' | 'dati' | 'consegna' | 'registraConsegna' | 'riscontro' | 'rinuncia'

/** The handing over that is not finished yet, if there is one. */
export function trasmissioneAperta(dati: Fascicolo): MovimentoFascicolo | undefined {
  return dati.movimenti.find((m) => m.tipo === 'trasmissione' && (m.stato === 'richiesto' || m.stato === 'eseguito'))
}

export function fogliConsegna(ente: string, dati: Fascicolo): Record<AttoConsegna, Foglio> {
  const id = trasmissioneAperta(dati)?.id ?? ''
  return {
    carica: {
      titolo: w.carica,
      campi: [
        { id: 'file', etichetta: w.file, errore: w.fileErrore, file: true },
        { id: 'oggetto', etichetta: t.fascicolo.oggetto, errore: t.fascicolo.oggettoErrore },
        { id: 'tipologia', etichetta: t.fascicolo.tipologia, errore: t.fascicolo.tipologiaErrore },
      ],
      percorso: ['non-protocollati'],
      atto: `non-protocollato ${dati.id}`,
      corpo: (v) => ({ oggetto: v['oggetto'], tipologia: v['tipologia'], file: [JSON.parse(v['file'] ?? '{}')] }),
      fatto: w.caricato,
    },
    dati: {
      titolo: w.dati,
      campi: [
        { id: 'posizioneFisica', etichetta: t.fascicolo.posizione, iniziale: dati.posizioneFisica ?? '' },
        { id: 'paroleChiave', etichetta: t.nuovoFascicolo.parolaChiave, iniziale: dati.paroleChiave.join(', ') },
        { id: 'note', etichetta: t.nuovoFascicolo.note, righe: 3, iniziale: dati.note ?? '' },
      ],
      percorso: ['descrizione'],
      metodo: 'PATCH',
      corpo: (v) => ({
        posizioneFisica: v['posizioneFisica'],
        note: v['note'],
        paroleChiave: (v['paroleChiave'] ?? '')
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word !== ''),
      }),
      fatto: w.datiSalvati,
    },
    consegna: {
      titolo: w.prepara,
      campi: [
        { id: 'destinatario', etichetta: w.destinatario, errore: w.destinatarioErrore },
        { id: 'codiceIpa', etichetta: w.codiceIpa },
        {
          id: 'conRiservati',
          etichetta: w.riservati,
          iniziale: 'no',
          opzioni: [
            { valore: 'no', testo: w.riservatiNo },
            { valore: 'si', testo: w.riservatiSi },
          ],
        },
        motivo,
      ],
      percorso: ['trasmissioni'],
      atto: `trasmissione ${dati.id}`,
      corpo: (v) => ({ ...given(v, 'destinatario', 'codiceIpa', 'motivo'), conRiservati: v['conRiservati'] === 'si' }),
      fatto: w.inPreparazione,
    },
    registraConsegna: {
      titolo: w.consegna,
      campi: [
        registrazione(ente, 'U'),
        {
          id: 'dopo',
          etichetta: w.dopo,
          iniziale: 'continua',
          opzioni: [{ valore: 'continua', testo: w.continua }, ...(dati.azioni.chiudi ? [{ valore: 'chiudi', testo: w.chiudi }] : [])],
        },
        { id: 'motivoForzatura', etichetta: w.forzatura, righe: 2 },
        { id: 'nota', etichetta: t.nuovoFascicolo.note },
      ],
      percorso: ['trasmissioni', id, 'consegna'],
      corpo: (v) => ({
        ...given(v, 'registrazioneId', 'nota'),
        ...(v['dopo'] === 'chiudi' ? { chiusura: { versione: dati.versione, ...given(v, 'motivoForzatura') } } : {}),
      }),
      fatto: w.consegnata,
    },
    riscontro: {
      titolo: w.riscontro,
      campi: [
        {
          id: 'accettato',
          etichetta: w.risposta,
          iniziale: 'si',
          opzioni: [
            { valore: 'si', testo: w.accettato },
            { valore: 'no', testo: w.rifiutato },
          ],
        },
        registrazione(ente, 'E'),
        { id: 'nota', etichetta: t.nuovoFascicolo.note },
      ],
      percorso: ['trasmissioni', id, 'riscontro'],
      corpo: (v) => ({ accettato: v['accettato'] === 'si', ...given(v, 'registrazioneId', 'nota') }),
      fatto: w.riscontrata,
    },
    rinuncia: { titolo: w.rinuncia, campi: [motivo], percorso: ['trasmissioni', id, 'rinuncia'], corpo: (v) => v, fatto: w.rinunciato },
  }
}

/** What of the handing over may be done now. */
export function attiConsegna(dati: Fascicolo, chiude: boolean): AttoConsegna[] {
  const m = trasmissioneAperta(dati)
  const own: AttoConsegna[] = dati.azioni.inserisci ? ['carica', 'dati'] : dati.azioni.decidi ? ['dati'] : []
  if (!chiude || !dati.azioni.decidi || dati.stato === 'APERTO_PER_ERRORE') return own
  if (m === undefined) return [...own, 'consegna']
  if (m.stato === 'eseguito') return [...own, 'riscontro']
  return m.impronta === null ? [...own, 'rinuncia'] : [...own, 'registraConsegna', 'rinuncia']
}
