import { randomUUID } from 'node:crypto'
import { passiArchivio } from './archivio.ts'
import { passiAtti } from './atti.ts'
import { Persona } from './client.ts'
import { passiEmergenza } from './emergenza.ts'
import { passiEsportazioni } from './esportazioni.ts'
import { assertImpronta, assertVero, impronta, leggiZip, testoDi } from './prove.ts'
import { passiRegistro } from './registro.ts'
import { assertSegnatura, assertValido } from './schemi.ts'
import { passiStampe } from './stampe.ts'
import { mittentiCon, scegliUfficio, scegliVoce } from './scelte.ts'
import { API, ENTE, of, OSPITE } from './storia.ts'
import { passiUscita } from './uscita.ts'
import { aspettaConservato } from './versamento.ts'
import type { FileDto, Passo, Registrazione, Storia } from './storia.ts'

/** The steps, in their order. */
export const passi: readonly Passo[] = [
  {
    titolo: 'Il prodotto risponde e descrive la propria API',
    svolgi: async (indirizzo) => {
      const nessuno = new Persona('nessuno', indirizzo)
      assertVero((await nessuno.stato('GET', '/health/ready')) === 200, '/health/ready non è 200')
      const openapi = JSON.parse((await nessuno.file('/api/v1/openapi.json')).toString('utf8')) as Record<string, unknown>
      assertVero(String(openapi['openapi']).startsWith('3.1'), 'la descrizione non è OpenAPI 3.1')
      assertVero((await nessuno.stato('GET', `${API}/registrazioni`)) === 401, 'il registro si legge senza accesso')
      return [
        `OpenAPI ${String(openapi['openapi'])}, ${Object.keys(openapi['paths'] as object).length} percorsi`,
        'Senza accesso il registro risponde 401',
      ]
    },
  },
  {
    titolo: 'Lidia Torrebruna, protocollista, entra con l’emittente OIDC e trova una PEC da protocollare',
    svolgi: async (indirizzo, s) => {
      const storia = of(s)
      storia.lidia = new Persona('Lidia', indirizzo)
      await storia.lidia.entra('operatore', 'lidia')
      await storia.lidia.scrivi('POST', `${API}/caselle/controllo`, {})
      const coda = (await storia.lidia.leggi(`${API}/messaggi?vista=pec`)) as unknown as {
        elementi: { id: string; oggetto: string; mittente: string }[]
        totale: number
      }
      const scelto = coda.elementi.find((m) => m.mittente.includes('Ventaglio')) ?? coda.elementi[0]
      assertVero(scelto !== undefined, 'la coda delle PEC è vuota')
      storia.messaggio = await storia.lidia.leggi(`${API}/messaggi/${String(scelto?.id)}`)
      const parti = storia.messaggio['parti'] as { id: string; nome: string; sha256: string }[]
      const prove = [`${coda.totale} PEC in coda; scelta: «${String(scelto?.oggetto)}» da ${String(scelto?.mittente)}`]
      for (const parte of parti)
        prove.push(
          assertImpronta(await storia.lidia.file(`${API}/messaggi/${String(scelto?.id)}/parti/${parte.id}/file`), parte.sha256, parte.nome),
        )
      return prove
    },
  },
  {
    titolo: 'La PEC è registrata in entrata, e ripetere la richiesta non consuma un secondo numero',
    svolgi: async (indirizzo, s) => {
      const storia = of(s)
      const proposta = storia.messaggio['proposta'] as Record<string, unknown>
      const voce = await scegliVoce(storia.lidia, proposta)
      const ufficio = await scegliUfficio(storia.lidia, proposta)
      const principale = (storia.messaggio['parti'] as { id: string; nome: string; principaleProposto: boolean }[]).find(
        (p) => p.principaleProposto,
      )
      assertVero(principale !== undefined, 'nessun documento principale proposto')
      const allegati = (storia.messaggio['parti'] as { id: string; nome: string; ruolo: string }[]).filter(
        (p) => p.ruolo === 'allegato' && p.id !== principale?.id,
      )
      const body = {
        oggetto: proposta['oggetto'],
        mittenti: await mittentiCon(storia, indirizzo, proposta['mittente'] as Record<string, unknown>),
        mezzo: 'PEC',
        dataArrivo: proposta['dataArrivo'],
        voceId: voce,
        assegnazione: { ufficioId: ufficio },
        documento: { contenutoId: principale?.id, nome: principale?.nome, formazione: 'messaggio' },
        allegati: allegati.map((a) => ({ contenutoId: a.id, nome: a.nome, descrizione: '' })),
        tipologia: 'Istanza',
      }
      const chiave = randomUUID()
      const path = `${API}/messaggi/${String(storia.messaggio['id'])}/registrazione`
      const prima = (await storia.lidia.scrivi('POST', path, body, chiave)) as unknown as Registrazione
      const seconda = (await storia.lidia.scrivi('POST', path, body, chiave)) as unknown as Registrazione
      assertVero(
        prima.id === seconda.id && prima.numero === seconda.numero,
        `la stessa chiave ha dato ${prima.etichetta} e ${seconda.etichetta}`,
      )
      assertVero(/^\d{7,}$/u.test(prima.numeroFormattato), 'il numero non ha almeno sette cifre')
      storia.registrazione = prima
      return [`Protocollo ${prima.etichetta}, segnatura ${prima.segnatura.testo}`, 'La stessa chiave restituisce la stessa registrazione']
    },
  },
  {
    titolo: 'I file registrati sono quelli ricevuti, byte per byte',
    svolgi: async (_, s) => {
      const { lidia, registrazione, messaggio } = of(s)
      const ricevute = new Set((messaggio['parti'] as { sha256: string }[]).map((p) => p.sha256))
      const { principale, allegati, annessi } = registrazione.documento
      const prove: string[] = []
      for (const file of [principale, ...allegati, ...annessi]) {
        prove.push(
          assertImpronta(await lidia.file(`${API}/documenti/${registrazione.documento.id}/file/${file.id}`), file.sha256, file.nome),
        )
      }
      assertVero(principale.sha256 === registrazione.impronta, 'l’impronta della registrazione non è quella del documento principale')
      assertVero(ricevute.has(principale.sha256), 'il documento principale non è una parte del messaggio')
      assertVero(annessi.length > 0, 'la busta di trasporto non è conservata con il documento')
      return prove
    },
  },
  {
    titolo: 'La Segnatura.xml è sigillata e dice la verità',
    svolgi: async (_, s) => {
      const { lidia, registrazione } = of(s)
      const xml = await lidia.fileQuandoPronto(`${API}/registrazioni/${registrazione.id}/segnatura.xml`, 30)
      const testo = xml.toString('utf8')
      assertVero(testo.includes('SignatureValue'), 'la segnatura non è sigillata')
      assertVero(testoDi(testo, 'NumeroRegistrazione') === registrazione.numeroFormattato, 'il numero nella segnatura è un altro')
      assertVero(testoDi(testo, 'DataRegistrazione') === registrazione.giorno, 'la data nella segnatura è un’altra')
      assertVero(
        testoDi(testo, 'Impronta') === Buffer.from(registrazione.impronta, 'hex').toString('base64'),
        'l’impronta nella segnatura è un’altra',
      )
      const copia = await lidia.file(`${API}/registrazioni/${registrazione.id}/copia-segnata.pdf`).catch(() => null)
      assertVero(copia === null || copia.subarray(0, 5).toString('latin1') === '%PDF-', 'la copia con segnatura non è un PDF')
      return [`Segnatura.xml: ${xml.length} byte, SHA-256 ${impronta(xml)}`, ...assertSegnatura(xml)]
    },
  },
  ...passiStampe,
  {
    titolo: 'Egidio Pietrafitta, responsabile di settore, prende in carico e apre il fascicolo',
    svolgi: async (indirizzo, s) => {
      const storia = of(s)
      storia.egidio = new Persona('Egidio', indirizzo)
      await storia.egidio.entra('operatore', 'egidio')
      const lavoro = (await storia.egidio.leggi(`${API}/assegnazioni?vista=da-prendere-in-carico&perPagina=200`)) as unknown as {
        elementi: { id: string; registrazione: { id: string } }[]
      }
      const mia = lavoro.elementi.find((a) => a.registrazione.id === storia.registrazione.id)
      assertVero(mia !== undefined, 'la registrazione non è nel lavoro dell’ufficio assegnatario')
      await storia.egidio.scrivi('POST', `${API}/assegnazioni/${String(mia?.id)}/presa-in-carico`, {})
      const titolario = (await storia.egidio.leggi(`${API}/titolario`)) as unknown as {
        voci: { id: string; codice: string; padreId: string | null }[]
      }
      const sottoclasse = titolario.voci.find((v) => v.padreId === storia.registrazione.voce.id)
      const sessione = (await storia.egidio.leggi('/api/v1/sessione')) as unknown as { enti: { slug: string; uffici: { id: string }[] }[] }
      const ufficioId = sessione.enti.find((e) => e.slug === ENTE)?.uffici[0]?.id
      const operatori = (await storia.egidio.leggi(`${API}/operatori`)) as unknown as { id: string; nome: string }[]
      const responsabile = operatori.find((o) => o.nome.includes('Pietrafitta'))
      const dettaglio = (await storia.egidio.leggi(`${API}/registrazioni/${storia.registrazione.id}`)) as unknown as { mittenti: unknown[] }
      storia.fascicolo = (await storia.egidio.scrivi('POST', `${API}/fascicoli`, {
        voceId: sottoclasse?.id ?? storia.registrazione.voce.id,
        tipo: 'procedimento amministrativo',
        oggetto: `Racconto: ${storia.registrazione.etichetta}`,
        responsabileId: responsabile?.id,
        ufficioId,
        interessati: dettaglio.mittenti,
        amministrazioniPartecipanti: [],
        procedimento: { materia: 'Edilizia privata', denominazione: 'Accesso agli atti', termineGiorni: 30 },
        visibileCittadino: false,
        documentoId: storia.registrazione.documento.id,
      })) as unknown as Storia['fascicolo']
      return [`Presa in carico; fascicolo ${storia.fascicolo.codice} (indirizzo ${storia.fascicolo.slug})`]
    },
  },
  {
    titolo: 'I metadati dell’Allegato 5 del documento sono completi e veri',
    svolgi: async (_, s) => {
      const { egidio, registrazione } = of(s)
      const xml = await egidio.file(`${API}/registrazioni/${registrazione.id}/metadati.xml`)
      const testo = xml.toString('utf8')
      assertVero(testo.includes(Buffer.from(registrazione.impronta, 'hex').toString('base64')), 'l’impronta nei metadati è un’altra')
      assertVero(testoDi(testo, 'NumeroProtocolloDocumento') === registrazione.numeroFormattato, 'il numero nei metadati è un altro')
      return assertValido('dai', xml)
    },
  },
  {
    titolo: 'La cittadina non vede nulla finché il fascicolo non è visibile; poi vede il suo, e un’altra cittadina niente',
    svolgi: async (indirizzo, s) => {
      const storia = of(s)
      storia.estranea = new Persona('Fiorenza', indirizzo)
      await storia.estranea.entra('cittadino', 'fiorenza')
      const suo = `${OSPITE}/fascicoli/${storia.fascicolo.slug}`
      assertVero((await storia.ortensia.stato('GET', suo)) === 404, 'il fascicolo si vede prima di essere visibile')
      await storia.egidio.scrivi('PATCH', `${API}/fascicoli/${storia.fascicolo.id}/visibilita`, {
        visibileCittadino: true,
        motivo: 'Procedimento a istanza di parte',
      })
      const visto = (await storia.ortensia.leggi(suo)) as unknown as { documenti: { id: string; protocollo: string; file: FileDto[] }[] }
      const documento = visto.documenti[0]
      const file = documento?.file[0]
      assertVero(documento?.protocollo === storia.registrazione.etichetta, 'la cittadina non vede il numero di protocollo')
      const prova = assertImpronta(
        await storia.ortensia.file(`${OSPITE}/documenti/${String(documento?.id)}/file/${String(file?.id)}`),
        storia.registrazione.impronta,
        'Documento scaricato dalla cittadina',
      )
      assertVero((await storia.estranea.stato('GET', suo)) === 404, 'un’altra cittadina vede il fascicolo')
      assertVero(
        (await storia.estranea.stato('GET', `${OSPITE}/documenti/${String(documento?.id)}/file/${String(file?.id)}`)) === 404,
        'un’altra cittadina scarica il documento',
      )
      return ['Prima: 404; dopo la decisione dell’ufficio: numero e documento', prova, 'Un’altra cittadina riceve 404']
    },
  },
  {
    titolo: 'Il fascicolo si chiude e i suoi metadati (AGG) sono validi',
    svolgi: async (_, s) => {
      const storia = of(s)
      const path = `${API}/fascicoli/${storia.fascicolo.id}`
      const ora = (await storia.egidio.leggi(path)) as unknown as { versione: number }
      await storia.egidio.scrivi('POST', `${path}/chiusura`, {
        versione: ora.versione,
        esito: 'archiviazione',
        nota: 'Racconto dimostrativo: accesso soddisfatto.',
      })
      const xml = await storia.egidio.file(`${path}/metadati.xml`)
      assertVero(xml.toString('utf8').includes(storia.fascicolo.codice), 'l’identificativo del fascicolo non è nei metadati')
      return [`Fascicolo ${storia.fascicolo.codice} chiuso`, ...assertValido('agg', xml)]
    },
  },
  {
    titolo: 'Il pacchetto di versamento è conservato solo con un rapporto che cita l’impronta del suo indice',
    svolgi: async (indirizzo, s) => {
      const storia = of(s)
      storia.marta = new Persona('Marta', indirizzo)
      await storia.marta.entra('operatore', 'marta')
      storia.versamento = await aspettaConservato(storia)
      const { marta, versamento } = storia
      const base = `${API}/versamenti/${versamento.id}`
      const indice = await marta.file(`${base}/indice.xml`)
      const rapporto = await marta.file(`${base}/rapporto.xml`)
      const prova = assertImpronta(indice, versamento.improntaIndice, 'PIndex')
      assertVero(rapporto.toString('utf8').includes(impronta(indice)), 'il rapporto di versamento non cita l’impronta dell’indice')
      return [
        `Versamento ${versamento.idPdv}: CONSERVATO`,
        prova,
        ...assertValido('pindex', indice),
        ...assertValido('rapporto', rapporto),
        'Il rapporto cita l’impronta dell’indice',
      ]
    },
  },
  {
    titolo: 'Il pacchetto contiene proprio quei byte, e nient’altro',
    svolgi: async (_, s) => {
      const { marta, versamento, registrazione } = of(s)
      const zip = await marta.file(`${API}/versamenti/${versamento.id}/pacchetto`)
      const prove = [assertImpronta(zip, versamento.improntaPacchetto, 'Pacchetto')]
      const files = await leggiZip(zip)
      const indice = [...files].find(([name]) => name.endsWith('/PIndex.xml'))
      assertVero(
        indice !== undefined && impronta(indice[1]) === versamento.improntaIndice,
        'l’indice nel pacchetto non è quello dichiarato',
      )
      const elencati = [
        ...(indice?.[1].toString('utf8') ?? '').matchAll(
          /<(?:\w+:)?Path>([^<]+)<\/(?:\w+:)?Path>\s*<(?:\w+:)?Hash[^>]*>([0-9a-fA-F]{64})</gu,
        ),
      ]
      for (const [, path, dichiarata] of elencati) {
        const bytes = files.get(`${versamento.idPdv}/${decodeURIComponent(path ?? '')}`)
        assertVero(bytes !== undefined, `nel pacchetto manca ${String(path)}`)
        assertImpronta(bytes as Buffer, (dichiarata ?? '').toLowerCase(), String(path))
      }
      assertVero(elencati.length === files.size - 1, `l’indice elenca ${elencati.length} file, il pacchetto ne ha ${files.size - 1}`)
      assertVero(
        [...files.values()].some((bytes) => impronta(bytes) === registrazione.impronta),
        'il documento registrato non è nel pacchetto',
      )
      prove.push(`${elencati.length} file ricalcolati uno per uno: tutti quelli dell’indice, nessuno in più`)
      return prove
    },
  },
  ...passiUscita,
  ...passiAtti,
  ...passiEsportazioni,
  ...passiRegistro,
  ...passiEmergenza,
  ...passiArchivio,
]
