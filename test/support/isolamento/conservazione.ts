import { writeRapporto } from '../../../metadata-schemas/rdv/index.ts'
import { conservazioneJobs } from '../../../server/conservazione/index.ts'
import { closeFascicolo, openFascicolo } from '../../../server/fascicoli/index.ts'
import type { Ports } from '../../../server/kernel/endpoint.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { inTransaction, query, queryOne } from '../../../server/kernel/scope.ts'
import type { Conservatore } from '../../../server/ports/conservatore.ts'
import { registerInArrivo } from '../../../server/protocollo/index.ts'
import { adoptTitolarioWithin } from '../../../server/titolario/index.ts'
import { readTitolarioComuni } from '../../../titolario/index.ts'
import { createIncarico, createOperatore, systemScope } from '../enti.ts'
import { buildPdf, stage } from '../factories.ts'
import type { CasoIsolamento, Casi, Mondo } from './tipi.ts'

const SEGRETO = 'Permesso di via dei Mulini segreti'

interface Archivio {
  readonly registrazioneId: string
  readonly fascicoloId: string
  readonly versamentoId: string
  readonly idPdv: string
}

const prepared = new WeakMap<Mondo, Promise<Archivio>>()

/** One registered document of ente A in a closed fascicolo that was transferred and whose report came back: made once for all the cases. */
async function archivioOf(m: Mondo): Promise<Archivio> {
  const made = prepared.get(m) ?? createArchivio(m)
  prepared.set(m, made)
  return await made
}

export async function voceOf(m: Mondo): Promise<string> {
  const scope = systemScope(m.t.deps, m.a)
  const find = async () =>
    await queryOne<{ id: string }>(scope, `select id from voce_titolario where ente_id = $1 and codice = 'VI/3/4' limit 1`, [m.a.id])
  const there = await find()
  if (there !== null) return there.id
  await inTransaction(scope, async (tx) => {
    const piano = readTitolarioComuni().titolario
    await adoptTitolarioWithin(tx, {
      aooId: m.a.aooId,
      denominazione: 'Titolario',
      atto: 'Atto di prova',
      dal: '2020-01-01',
      uri: null,
      piano,
      uffici: new Map(),
    })
  })
  return (await find())?.id ?? ''
}

async function createArchivio(m: Mondo): Promise<Archivio> {
  const voceId = await voceOf(m)
  const scope = m.scopeA()
  const store = m.t.ports.store
  const contenutoId = await stage(scope, store, await buildPdf(newId()), 'istanza.pdf')
  const registrazione = await registerInArrivo(
    scope,
    {
      oggetto: SEGRETO,
      mittenti: [{ tipo: 'PF', nome: 'Ortensia', cognome: 'Ventaglio' }],
      mezzo: 'A_MANO',
      dataArrivo: new Date(Date.now() - 60_000).toISOString(),
      voceId,
      assegnazione: { ufficioId: m.a.uffici.sue },
      perConoscenza: [],
      documento: { contenutoId, nome: 'istanza.pdf', descrizione: '', formazione: 'file' },
      allegati: [],
      tipologia: 'Istanza',
      riservatezza: 'ORDINARIO',
      note: '',
    },
    newId(),
  )
  const row = await queryOne<{ documentoId: string }>(
    scope,
    'select documento_id as "documentoId" from registrazione where ente_id = $1 and id = $2',
    [m.a.id, registrazione.id],
  )
  const fascicolo = await openFascicolo(
    scope,
    {
      voceId,
      tipo: 'affare',
      oggetto: SEGRETO,
      responsabileId: scope.attore.id,
      ufficioId: m.a.uffici.sue,
      amministrazioniPartecipanti: [],
      visibileCittadino: false,
      documentoId: row?.documentoId ?? '',
    },
    newId(),
  )
  await closeFascicolo(scope, fascicolo.id, { versione: 1, esito: 'conclusione', nota: '', motivoForzatura: 'Prova' }, [])
  return { registrazioneId: registrazione.id, fascicoloId: fascicolo.id, ...(await transfer(m, fascicolo.id)) }
}

/** Freezes, packs, sends and reads a refusal: the fascicolo has everything a transfer can have, and can be asked for again. */
async function transfer(m: Mondo, fascicoloId: string): Promise<{ versamentoId: string; idPdv: string }> {
  // The produttore signs the index with his fiscal code: the operators of the two enti have none.
  const produttore = await createOperatore(m.t.deps, { codiceFiscale: 'VNTRNS74E50X901Q' })
  await createIncarico(m.t.deps, m.a, produttore.id, { profilo: 'responsabileGestioneDocumentale', dal: '2021-01-01' })
  const scope = systemScope(m.t.deps, m.a)
  const run = async (tipo: string, id: string, conservatore?: Conservatore) => {
    const ports = { store: m.t.ports.store, conservatore } as unknown as Ports
    await conservazioneJobs.find((j) => j.type === `conservazione.${tipo}`)?.handler(scope, { id }, ports)
  }
  await run('prepareVersamento', fascicoloId)
  const [row] = await query<{ id: string; idPdv: string }>(
    scope,
    'select id, id_pdv as "idPdv" from versamento where ente_id = $1 and fascicolo_id = $2',
    [m.a.id, fascicoloId],
  )
  if (row === undefined) throw new Error('no versamento')
  await run('buildSip', row.id)
  await run('sendSip', row.id, answering(row.idPdv))
  await run('readEsito', row.id, answering(row.idPdv))
  return { versamentoId: row.id, idPdv: row.idPdv }
}

/** Takes everything and reports on something else: the transfer stops, with a report in the archive. */
function answering(idPdv: string): Conservatore {
  const xml = writeRapporto({
    idRapporto: 'PROVA-1',
    riferimentoTemporale: new Date(),
    conservatore: { denominazione: 'Conservatore di prova', identificativo: 'PROVA' },
    titolare: { denominazione: 'Comune di Alfa Segreta', identificativo: 'PROVA', codiceIpa: 'c_x000' },
    esito: 'POSITIVO',
    pacchetti: [
      {
        idPdv,
        impronte: [{ oggetto: 'INDICE', algoritmo: 'SHA-256', esadecimale: 'f'.repeat(64) }],
        esito: 'POSITIVO',
        anomalie: [],
        oggetti: [],
      },
    ],
  })
  return {
    transmit: async (p) => {
      p.pacchetto.destroy()
      return await Promise.resolve({ presaInCarico: 'PIC-PROVA' })
    },
    report: async () => await Promise.resolve({ xml }),
  }
}

function ofRegistrazione(): CasoIsolamento {
  return {
    prepara: async (m) => {
      const { registrazioneId, fascicoloId } = await archivioOf(m)
      return { params: { id: registrazioneId }, segreti: [SEGRETO, registrazioneId, fascicoloId] }
    },
    attesi: [404],
  }
}

function ofFascicolo(): CasoIsolamento {
  return {
    prepara: async (m) => {
      const { fascicoloId } = await archivioOf(m)
      return { params: { id: fascicoloId }, segreti: [SEGRETO, fascicoloId] }
    },
    attesi: [404],
  }
}

function ofVersamento(): CasoIsolamento {
  return {
    prepara: async (m) => {
      const { versamentoId, idPdv } = await archivioOf(m)
      return { params: { id: versamentoId }, segreti: [SEGRETO, versamentoId, idPdv] }
    },
    attesi: [404],
  }
}

export const casiMetadati: Casi = {
  'GET /api/v1/:ente/registrazioni/:id/metadati': ofRegistrazione(),
  'GET /api/v1/:ente/registrazioni/:id/metadati.xml': ofRegistrazione(),
  'GET /api/v1/:ente/registrazioni/:id/metadati/stato': ofRegistrazione(),
  'GET /api/v1/:ente/fascicoli/:id/metadati/stato': ofFascicolo(),
  'GET /api/v1/:ente/fascicoli/:id/metadati': ofFascicolo(),
  'GET /api/v1/:ente/fascicoli/:id/metadati.xml': ofFascicolo(),
}

export const casiConservazione: Casi = {
  'GET /api/v1/:ente/versamenti': {
    prepara: async (m) => {
      const { versamentoId, idPdv } = await archivioOf(m)
      return { segreti: [SEGRETO, versamentoId, idPdv] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/versamenti/:id': ofVersamento(),
  'GET /api/v1/:ente/versamenti/:id/pacchetto': ofVersamento(),
  'GET /api/v1/:ente/versamenti/:id/indice.xml': ofVersamento(),
  'GET /api/v1/:ente/versamenti/:id/rapporto.xml': ofVersamento(),
  'POST /api/v1/:ente/versamenti/:id/trasmissione': ofVersamento(),
}
