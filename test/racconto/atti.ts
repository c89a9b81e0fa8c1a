import { readTesto } from '../support/lettore.ts'
import { buildCarta } from './carte.ts'
import { assertVero, impronta } from './prove.ts'
import { API, of } from './storia.ts'
import type { FileDto, Passo, Registrazione, Storia } from './storia.ts'

interface Riga {
  id: string
  etichetta: string
  annullata: boolean
  annullamento: string | null
}

const GIORNI_30 = 30 * 86_400_000

/** Acts on what is registered: annulment with its provvedimento, registers of their own, the albo, what an authority may read. */
export const passiAtti: readonly Passo[] = [
  {
    titolo: 'Un annullamento chiesto da Lidia e autorizzato da Marta con il provvedimento: il numero resta, con il suo segno, ovunque',
    svolgi: async (_, s) => {
      const { lidia, marta } = of(s)
      const parola = `zampogna${Date.now()}`
      const r = await registra(of(s), `Richiesta di ${parola}`, /edilizia/iu)
      const richiesta = (await lidia.scrivi('POST', `${API}/registrazioni/${r.id}/annullamento`, {
        motivo: 'Registrata due volte per errore materiale.',
      })) as unknown as { id: string; stato: string; registrazione: Riga }
      assertVero(
        richiesta.stato === 'RICHIESTO' && !richiesta.registrazione.annullata,
        'la registrazione è annullata prima dell’autorizzazione',
      )
      const provvedimento = { numero: `R${r.numero}`, data: r.giorno }
      const decisa = (await marta.scrivi('POST', `${API}/annullamenti/${richiesta.id}/autorizzazione`, {
        provvedimento,
        confermaDestinatario: true,
      })) as unknown as { stato: string }
      assertVero(decisa.stato === 'AUTORIZZATO', `la richiesta è ${decisa.stato}`)
      const registro = (await lidia.leggi(`${API}/registrazioni?perPagina=20`)) as unknown as { elementi: Riga[] }
      assertSegno(registro.elementi, r.id, provvedimento.numero, 'il registro')
      const trovate = (await lidia.leggi(`${API}/ricerca?q=${parola}`)) as unknown as { elementi: { riga: Riga }[] }
      assertSegno(
        trovate.elementi.map((e) => e.riga),
        r.id,
        provvedimento.numero,
        'la ricerca',
      )
      const stampa = await lidia.file(`${API}/stampe/registro.pdf?da=${r.giorno}&a=${r.giorno}`, 'registro-con-annullata.pdf')
      const parole = (await readTesto(stampa)).join(' ').replaceAll(/\s+/gu, '')
      assertVero(parole.includes(r.etichetta) && /annullat/iu.test(parole), 'la stampa del registro non dice che è annullata')
      const elenco = (await marta.leggi(`${API}/provvedimenti-annullamento`)) as unknown as {
        numero: string
        registrazione: { id: string }
      }[]
      assertVero(
        elenco.some((p) => p.numero === provvedimento.numero && p.registrazione.id === r.id),
        'il provvedimento non è nell’elenco dei provvedimenti',
      )
      of(s).annullata = r
      return [`Protocollo ${r.etichetta} annullato con provvedimento ${provvedimento.numero}: segnato in registro, ricerca e stampa`]
    },
  },
  {
    titolo:
      'Una determinazione nel suo repertorio, pubblicata all’albo: chiunque la scarica uguale; la relata di una pubblicazione conclusa',
    svolgi: async (indirizzo, s) => {
      const { egidio, registrazione } = of(s)
      const atto = await buildCarta('Determinazione', `Affidamento del servizio di rilievo ${registrazione.etichetta}`)
      const contenuto = await egidio.carica(`${API}/contenuti`, atto, 'determinazione.pdf')
      const { elementi } = (await egidio.leggi(`${API}/repertori`)) as unknown as { elementi: { id: string; codice: string }[] }
      const repertorio = elementi.find((r) => r.codice === 'DET')
      const riga = (await egidio.scrivi('POST', `${API}/repertori/${String(repertorio?.id)}/righe`, {
        oggetto: 'Affidamento del servizio di rilievo',
        formatore: 'Egidio Pietrafitta',
        voceId: registrazione.voce.id,
        dati: { importo: '1200,00' },
        documento: { contenutoId: contenuto['id'], nome: 'determinazione.pdf', formazione: 'redatto' },
      })) as unknown as { id: string; etichetta: string; giorno: string; impronta: string; principale: FileDto }
      assertVero(riga.impronta === impronta(atto), 'l’impronta nel repertorio non è quella del documento')
      const pubblicata = (await egidio.scrivi('POST', `${API}/righe-repertorio/${riga.id}/pubblicazione`, {
        dal: riga.giorno,
        fileIds: [riga.principale.id],
        richiedente: 'Egidio Pietrafitta',
      })) as unknown as { id: string }
      const albo = (await (await fetch(new URL(`${API}/albo`, indirizzo))).json()) as {
        elementi: { id: string; etichetta: string; file: FileDto[] }[]
      }
      const voce = albo.elementi.find((e) => e.id === pubblicata.id)
      assertVero(voce !== undefined, 'l’atto non è all’albo')
      const pubblico = await fetch(new URL(`${API}/albo/${pubblicata.id}/file/${String(voce?.file[0]?.id)}`, indirizzo))
      assertVero(Buffer.from(await pubblico.arrayBuffer()).equals(atto), 'il file all’albo non è quello registrato')
      await egidio.file(`${API}/righe-repertorio/${riga.id}/metadati.xml`)
      return [
        `${riga.etichetta} registrata e pubblicata come ${String(voce?.etichetta)}; scaricata senza accesso: stessi byte`,
        await relata(of(s)),
      ]
    },
  },
  {
    titolo: 'L’accesso chiesto da un’autorità vale per la persona e il tempo scritti, e si chiude',
    svolgi: async (_, s) => {
      const { marta, lidia, egidio } = of(s)
      const r = await registra(of(s), 'Segnalazione sulla stagione dei concerti', /cultura/iu)
      const vede = async (): Promise<number> => await egidio.stato('GET', `${API}/registrazioni/${r.id}`)
      assertVero((await vede()) === 404, 'prima dell’accesso la registrazione di un altro ufficio si vede già')
      const operatori = (await marta.leggi(`${API}/operatori`)) as unknown as { id: string; nome: string }[]
      const chi = operatori.find((o) => o.nome.includes('Pietrafitta'))
      const { id } = (await marta.scrivi('POST', `${API}/accessi-autorita`, {
        autorita: 'Procura presso il Tribunale di Pietralta',
        baseGiuridica: 'Art. 256 c.p.p.',
        riferimento: 'Decreto 14/2026',
        oggetto: 'Esibizione dei documenti del fascicolo edilizio',
        operatoreId: chi?.id,
        al: new Date(Date.now() + GIORNI_30).toISOString().slice(0, 10),
        registrazioni: [r.id],
      })) as unknown as { id: string }
      const aperti = (await marta.leggi(`${API}/accessi-autorita`)) as unknown as { id: string; aperto: boolean }[]
      assertVero(aperti.find((a) => a.id === id)?.aperto === true, 'l’accesso non è aperto')
      assertVero((await lidia.stato('GET', `${API}/accessi-autorita`)) === 403, 'chi non è responsabile legge gli accessi delle autorità')
      assertVero((await vede()) === 200, 'la persona indicata non vede la registrazione')
      await marta.scrivi('POST', `${API}/accessi-autorita/${id}/chiusura`, {})
      const chiusi = (await marta.leggi(`${API}/accessi-autorita`)) as unknown as { id: string; aperto: boolean }[]
      assertVero(chiusi.find((a) => a.id === id)?.aperto === false, 'l’accesso non si è chiuso')
      assertVero((await vede()) === 404, 'chiuso l’accesso, la registrazione si vede ancora')
      return [`${r.etichetta}, di un altro ufficio: 404; aperta a ${String(chi?.nome)}: 200; chiuso l’accesso: 404`]
    },
  },
]

/** An incoming paper for the office whose name is like that. */
async function registra({ lidia, registrazione }: Storia, oggetto: string, ufficio: RegExp): Promise<Registrazione> {
  const contenuto = await lidia.carica(`${API}/contenuti`, await buildCarta('Richiesta', oggetto), 'richiesta.pdf')
  const uffici = (await lidia.leggi(`${API}/uffici`)) as unknown as { id: string; denominazione: string }[]
  return (await lidia.scrivi('POST', `${API}/registrazioni`, {
    oggetto,
    mittenti: [{ tipo: 'PF', nome: 'Aldo', cognome: 'Ponteggi' }],
    mezzo: 'A_MANO',
    dataArrivo: new Date(Date.now() - 60_000).toISOString(),
    voceId: registrazione.voce.id,
    assegnazione: { ufficioId: uffici.find((u) => ufficio.test(u.denominazione))?.id },
    documento: { contenutoId: contenuto['id'], nome: 'richiesta.pdf', formazione: 'file' },
  })) as unknown as Registrazione
}

function assertSegno(righe: readonly Riga[], id: string, provvedimento: string, dove: string): void {
  const riga = righe.find((r) => r.id === id)
  assertVero(riga !== undefined, `${dove} non mostra più il numero annullato`)
  assertVero(
    riga?.annullata === true && riga.annullamento?.includes(provvedimento) === true,
    `${dove} dice «${String(riga?.annullamento)}» e non il provvedimento`,
  )
}

async function relata({ egidio }: Storia): Promise<string> {
  const { elementi } = (await egidio.leggi(`${API}/pubblicazioni`)) as unknown as {
    elementi: { id: string; etichetta: string; stato: string; relata: boolean; oggetto: string }[]
  }
  const conclusa = elementi.find((p) => p.stato === 'conclusa')
  assertVero(conclusa !== undefined, 'nessuna pubblicazione è conclusa')
  const pdf = await egidio.fileQuandoPronto(`${API}/pubblicazioni/${String(conclusa?.id)}/relata.pdf`, 60)
  const parole = (await readTesto(pdf)).join(' ').replaceAll(/\s+/gu, '')
  assertVero(parole.includes(String(conclusa?.oggetto).replaceAll(/\s+/gu, '')), 'la relata non dice l’oggetto')
  return `Relata di ${String(conclusa?.etichetta)}: ${pdf.length} byte`
}
