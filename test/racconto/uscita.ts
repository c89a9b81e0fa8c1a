import { createFirmatario } from '../../server/demo/dati/documenti/firma.ts'
import { appendFirma } from '../support/firma-pdf.ts'
import { readTesto } from '../support/lettore.ts'
import { buildDocx, readPart } from '../support/ufficio.ts'
import { keep } from './client.ts'
import { buildCarta } from './carte.ts'
import { assertVero, impronta, testoDi } from './prove.ts'
import { assertSegnatura } from './schemi.ts'
import { API, of } from './storia.ts'
import type { Passo, Registrazione, Storia } from './storia.ts'

interface Bozza {
  id: string
  versione: number
  stato: string
  dati: Record<string, unknown>
  documento: { id: string; nome: string; sha256: string } | null
}

const OGGETTO = 'Esito della richiesta di accesso agli atti'
const destinatari = [
  { tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio', indirizzoDigitale: 'ortensia.ventaglio@pec.cittadini.example' },
  { tipo: 'PG', denominazione: 'Studio Ponteggi e Rilievi', indirizzoDigitale: 'studio@pec.ponteggi.example' },
  { tipo: 'PAI', denominazione: 'Unione dei Comuni del Vento', codiceIpa: 'u_x900', perConoscenza: true, canale: 'PEC' },
] as const

/** What the body writes: to many addressees, from a template, signed before it is registered. */
export const passiUscita: readonly Passo[] = [
  {
    titolo: 'Una lettera in uscita a tre destinatari ha un numero solo, e la segnatura li dice tutti',
    svolgi: async (_, s) => {
      const { lidia, registrazione } = of(s)
      const ufficio = await ufficioDi(of(s), /edilizia/iu)
      const lettera = await buildCarta('Convocazione del tavolo tecnico', 'Si convoca il tavolo tecnico per la prossima settimana.')
      const contenuto = await lidia.carica(`${API}/contenuti`, lettera, 'convocazione.pdf')
      const uscita = (await lidia.scrivi('POST', `${API}/registrazioni`, {
        tipo: 'U',
        oggetto: 'Convocazione del tavolo tecnico',
        voceId: registrazione.voce.id,
        destinatari,
        mezzo: 'PEC',
        ufficioMittenteId: ufficio,
        documento: { contenutoId: contenuto['id'], nome: 'convocazione.pdf', formazione: 'redatto' },
      })) as unknown as Registrazione & { destinatari: unknown[] }
      assertVero(uscita.destinatari.length === 3, `i destinatari sono ${uscita.destinatari.length}`)
      assertVero(uscita.numero > registrazione.numero, 'il numero non viene dopo quello dell’entrata')
      const { elementi: consegne } = (await lidia.leggi(`${API}/registrazioni/${uscita.id}/consegne`)) as unknown as {
        elementi: { destinatario: string; canale: string; stato: string }[]
      }
      assertVero(consegne.length === 3, `le consegne seguite sono ${consegne.length}`)
      const xml = await lidia.fileQuandoPronto(`${API}/registrazioni/${uscita.id}/segnatura.xml`, 30)
      const testo = xml.toString('utf8')
      for (const nome of ['Ventaglio', 'Studio Ponteggi e Rilievi', 'Unione dei Comuni del Vento'])
        assertVero(testo.includes(nome), `la segnatura non dice ${nome}`)
      assertVero(testoDi(testo, 'NumeroRegistrazione') === uscita.numeroFormattato, 'il numero nella segnatura è un altro')
      await lidia.fileQuandoPronto(`${API}/registrazioni/${uscita.id}/copia-segnata.pdf`, 30, [404])
      return [
        `Protocollo ${uscita.etichetta}; consegne: ${consegne.map((c) => `${c.destinatario} (${c.canale}, ${c.stato})`).join(', ')}`,
        ...assertSegnatura(xml),
      ]
    },
  },
  {
    titolo:
      'Una lettera da un modello: preparata in PDF, firmata da Egidio con il suo dispositivo, protocollata per ultima senza un byte di più',
    svolgi: async (_, s) => {
      const { egidio, registrazione } = of(s)
      const modelloId = await modello(of(s), {
        formato: 'HTML',
        corpo: '<h2>{{oggetto}}</h2><p>A {{destinatario}}, in riferimento alla richiesta n. {{richiesta.numero}}.</p><p>{{autore}}</p>',
      })
      const bozza = await comincia(of(s), { modelloId, rispostaA: registrazione.id })
      const pronta = (await egidio.scrivi('POST', `${API}/bozze/${bozza.id}/documento`, {
        versione: bozza.versione,
        formato: 'PDF',
      })) as unknown as Bozza
      const preparato = await egidio.file(`${API}/bozze/${bozza.id}/file/${String(pronta.documento?.id)}`)
      assertVero(impronta(preparato) === pronta.documento?.sha256, 'l’impronta del documento preparato è un’altra')
      const parole = (await readTesto(preparato)).join(' ')
      assertVero(parole.includes(OGGETTO) && parole.includes(registrazione.numeroFormattato), 'il documento non dice oggetto e richiesta')
      const firmatario = await createFirmatario('racconto', { nome: 'Egidio Pietrafitta', codiceFiscale: 'PTRGDE70A01X901R' })
      keep('autorita-di-firma.pem', Buffer.from(firmatario.autoritaPem, 'utf8'))
      const firmato = await appendFirma(preparato, 'Egidio Pietrafitta', new Date(), firmatario.firmaDistaccata)
      const contenuto = await egidio.carica(`${API}/contenuti`, firmato, 'esito-firmato.pdf')
      const firmata = (await egidio.scrivi('POST', `${API}/bozze/${bozza.id}/firma`, {
        versione: pronta.versione,
        contenutoId: contenuto['id'],
      })) as unknown as Bozza
      assertVero(firmata.stato === 'FIRMATA', `la bozza è ${firmata.stato}`)
      const uscita = await protocolla(of(s), firmata)
      const servito = await egidio.file(`${API}/documenti/${uscita.documento.id}/file/${uscita.documento.principale.id}`)
      assertVero(servito.equals(firmato), 'il documento protocollato non è quello firmato')
      assertVero(uscita.impronta === impronta(firmato), 'l’impronta registrata non è quella del documento firmato')
      return [
        `Preparato ${preparato.length} byte, firmato ${firmato.length} byte: comincia con gli stessi byte`,
        `Protocollo ${uscita.etichetta}, SHA-256 ${uscita.impronta}`,
      ]
    },
  },
  {
    titolo: 'Una lettera da un modello DOCX: compilata, in PDF dove c’è il programma d’ufficio, altrimenti nel suo formato',
    svolgi: async (_, s) => {
      const { egidio, marta } = of(s)
      const docx = buildDocx('<w:p><w:r><w:t>Oggetto: {{oggetto}}. A {{destinatario}}.</w:t></w:r></w:p>')
      const contenuto = await marta.carica(`${API}/contenuti`, docx, 'modello.docx')
      const modelloId = await modello(of(s), { formato: 'DOCX', contenutoId: contenuto['id'], richiedeFirma: false })
      const bozza = await comincia(of(s), { modelloId })
      const path = `${API}/bozze/${bozza.id}/documento`
      const chiesta = await egidio.chiama('POST', path, JSON.stringify({ versione: bozza.versione, formato: 'PDF' }), {
        'Content-Type': 'application/json',
      })
      const risposta = (await chiesta.json()) as { codice?: string }
      if (chiesta.ok) return ['Il programma d’ufficio c’è: la conversione in PDF è un lavoro in sottofondo']
      assertVero(risposta.codice === 'conversione-assente', `la preparazione è rifiutata per ${String(risposta.codice)}`)
      const pronta = (await egidio.scrivi('POST', path, { versione: bozza.versione, formato: 'ORIGINALE' })) as unknown as Bozza
      const uscita = await protocolla(of(s), pronta)
      const servito = await egidio.file(`${API}/documenti/${uscita.documento.id}/file/${uscita.documento.principale.id}`)
      const testo = readPart(servito, 'word/document.xml')
      assertVero(testo.includes(`Oggetto: ${OGGETTO}. A Ventaglio Ortensia`), `il documento dice «${testo.replaceAll(/<[^>]+>/gu, '')}»`)
      return [
        'Senza programma d’ufficio la conversione è rifiutata per nome, e nulla è consumato',
        `Protocollo ${uscita.etichetta}: ${uscita.documento.principale.nome}`,
      ]
    },
  },
]

async function ufficioDi({ lidia }: Storia, nome: RegExp): Promise<string> {
  const uffici = (await lidia.leggi(`${API}/uffici`)) as unknown as { id: string; denominazione: string }[]
  return uffici.find((u) => nome.test(u.denominazione))?.id ?? ''
}

async function modello({ marta }: Storia, dati: object): Promise<string> {
  const nuovo = { nome: `Racconto ${new Date().toISOString()}`, oggetto: OGGETTO, tipologia: 'Provvedimento', ...dati }
  return String((await marta.scrivi('POST', `${API}/modelli`, nuovo))['id'])
}

async function comincia({ egidio, registrazione }: Storia, nuova: object): Promise<Bozza> {
  return (await egidio.scrivi('POST', `${API}/bozze`, {
    tipo: 'U',
    ...nuova,
    dati: { oggetto: OGGETTO, voceId: registrazione.voce.id, mezzo: 'PEC', destinatari: destinatari.slice(0, 1) },
  })) as unknown as Bozza
}

/** The draft goes to the protocol office, which gives the number. */
async function protocolla({ egidio, lidia }: Storia, bozza: Bozza): Promise<Registrazione> {
  const inviata = (await egidio.scrivi('POST', `${API}/bozze/${bozza.id}/al-protocollo`, {
    versione: bozza.versione,
    nota: '',
  })) as unknown as Bozza
  return (await lidia.scrivi('POST', `${API}/bozze/${bozza.id}/registrazione`, {
    versione: inviata.versione,
  })) as unknown as Registrazione
}
