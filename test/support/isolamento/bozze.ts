import { saveModello } from '../../../server/bozze/service/modelli.ts'
import { createBozza, saveBozza } from '../../../server/bozze/service/draft.ts'
import { startUnione } from '../../../server/bozze/service/unione.ts'
import { discardBozza } from '../../../server/bozze/service/passi.ts'
import { prepareDocumento } from '../../../server/bozze/service/forma.ts'
import type { BozzaDto } from '../../../server/bozze/index.ts'
import { datiBozza, nuovoModello } from '../../../server/bozze/schema.ts'
import { newId } from '../../../server/kernel/ids.ts'
import { stage } from '../factories.ts'
import { createFirmatario } from '../../../server/demo/dati/documenti/firma.ts'
import { buildDocx } from '../ufficio.ts'
import { readContenuto } from '../../../server/bozze/service/documento.ts'
import { groundOf } from './protocollo.ts'
import type { CasoIsolamento, Casi, Mondo, Preparato } from './tipi.ts'

const SEGRETO = 'Bozza segretissima di ente A'
const CORPO = '<p>{{oggetto}}</p>'

const modello = (nome: string) => nuovoModello.parse({ nome, formato: 'HTML', corpo: CORPO, oggetto: SEGRETO })

/** A new draft of ente A, with text and addressee. */
async function draft(m: Mondo): Promise<BozzaDto> {
  const scope = m.scopeA()
  const ground = await groundOf(m)
  const { id } = await saveModello(scope, modello(`${SEGRETO} ${newId()}`), m.t.ports.store)
  return await createBozza(
    scope,
    {
      tipo: 'U',
      modelloId: id,
      ufficioId: ground.uffici.edilizia,
      dati: {
        oggetto: SEGRETO,
        voceId: ground.voci.get('VI/3') ?? '',
        mezzo: 'PEC',
        destinatari: [{ tipo: 'PG', denominazione: 'Ponteggi Aurora' }],
      },
    },
    newId(),
  )
}

const ELENCO = 'Ponteggi Aurora Srl'

/** A draft of ente A that needs no signature. */
async function unsigned(m: Mondo): Promise<BozzaDto> {
  const b = await draft(m)
  return await saveBozza(m.scopeA(), b.id, { versione: b.versione, dati: b.dati, richiedeFirma: false })
}

async function prepared(m: Mondo): Promise<BozzaDto> {
  const { id, versione } = await draft(m)
  return await prepareDocumento(m.scopeA(), id, { versione, formato: 'PDF' }, m.t.ports)
}

async function signedFile(m: Mondo, b: BozzaDto): Promise<string> {
  const bytes = await readContenuto(m.scopeA(), m.t.ports.store, b.documento?.sha256 ?? '')
  const firmatario = await createFirmatario('isolamento', { nome: 'Pina Provetta', codiceFiscale: 'VNTRNS74E50X901Q' })
  return await stage(m.scopeA(), m.t.ports.store, await firmatario.firmaBusta(bytes, new Date()), 'documento.pdf.p7m')
}

const on = (
  make: (m: Mondo) => Promise<BozzaDto>,
  more: (b: BozzaDto, m: Mondo) => Partial<Preparato> | Promise<Partial<Preparato>> = () => ({}),
): CasoIsolamento => ({
  prepara: async (m) => {
    const b = await make(m)
    const { params, ...rest } = await more(b, m)
    return { params: { id: b.id, ...params }, ...rest, segreti: [SEGRETO] }
  },
  attesi: [404],
})

const withVersione = (b: BozzaDto): Partial<Preparato> => ({ body: { versione: b.versione } })

export const casiBozze: Casi = {
  'GET /api/v1/:ente/modelli': {
    prepara: async (m) => {
      await draft(m)
      return { segreti: [SEGRETO] }
    },
    attesi: [200],
  },
  'GET /api/v1/:ente/bozze/:id/metadati': { ...on(prepared), attesiInCasa: [200] },
  'GET /api/v1/:ente/bozze/:id/metadati.xml': on(prepared),
  'GET /api/v1/:ente/modelli/:id': on(draft, (b) => ({ params: { id: b.modello?.id ?? '' } })),
  'PUT /api/v1/:ente/modelli/:id': on(draft, (b) => ({
    params: { id: b.modello?.id ?? '' },
    body: { versione: 1, modello: modello(`${SEGRETO} ${newId()}`) },
  })),
  // A file template of ente B made of a file of ente A: the file does not exist there.
  'POST /api/v1/:ente/modelli': {
    prepara: async (m) => {
      const contenutoId = await stage(
        m.scopeA(),
        m.t.ports.store,
        buildDocx('<w:p><w:r><w:t>{{oggetto}}</w:t></w:r></w:p>'),
        `${SEGRETO}.docx`,
      )
      return { body: { nome: `Modello ${newId()}`, formato: 'DOCX', contenutoId }, segreti: [SEGRETO] }
    },
    attesi: [400],
  },
  'GET /api/v1/:ente/bozze': { prepara: async (m) => ({ params: { id: (await draft(m)).id }, segreti: [SEGRETO] }), attesi: [200] },
  // A draft of ente B from a template of ente A.
  'POST /api/v1/:ente/bozze': {
    prepara: async (m) => ({ body: { tipo: 'E', modelloId: (await draft(m)).modello?.id }, segreti: [SEGRETO] }),
    attesi: [404],
  },
  'GET /api/v1/:ente/bozze/:id': on(draft),
  'PUT /api/v1/:ente/bozze/:id': on(draft, (b) => ({ body: { versione: b.versione, dati: datiBozza.parse({ oggetto: SEGRETO }) } })),
  'GET /api/v1/:ente/bozze/:id/campi': on(draft),
  'GET /api/v1/:ente/bozze/:id/anteprima': on(draft),
  'GET /api/v1/:ente/bozze/:id/file/:contenutoId': on(prepared, (b) => ({ params: { contenutoId: b.documento?.id ?? '' } })),
  'POST /api/v1/:ente/bozze/:id/documento': on(draft, withVersione),
  'POST /api/v1/:ente/bozze/:id/firma': on(prepared, async (b, m) => ({
    body: { versione: b.versione, contenutoId: await signedFile(m, b) },
  })),
  'POST /api/v1/:ente/bozze/:id/ripresa': on(prepared, withVersione),
  'POST /api/v1/:ente/bozze/:id/al-protocollo': on(draft, withVersione),
  'POST /api/v1/:ente/bozze/:id/scarto': on(draft, (b) => ({ body: { versione: b.versione, motivo: 'Prova' } })),
  'POST /api/v1/:ente/bozze/:id/ripristino': on(async (m) => {
    const b = await draft(m)
    return await discardBozza(m.scopeA(), b.id, b.versione, 'Prova')
  }, withVersione),
  'POST /api/v1/:ente/bozze/:id/registrazione': on(async (m) => {
    const b = await draft(m)
    const versione = { versione: b.versione, dati: b.dati, richiedeFirma: false }
    const { versione: saved } = await saveBozza(m.scopeA(), b.id, versione)
    return await prepareDocumento(m.scopeA(), b.id, { versione: saved, formato: 'PDF' }, m.t.ports)
  }, withVersione),
  // It knows no ente: what is pasted is checked and comes back to who pasted it.
  'POST /api/v1/:ente/destinatari/verifica': {
    prepara: async () => await Promise.resolve({ body: { testo: 'Ponteggi Aurora Srl' }, segreti: ['Comune di Alfa Segreta'] }),
    attesi: [200],
  },
  'POST /api/v1/:ente/bozze/:id/unione/verifica': on(unsigned, () => ({ body: { testo: ELENCO } })),
  'POST /api/v1/:ente/bozze/:id/unione': on(unsigned, () => ({ body: { testo: ELENCO } })),
  'GET /api/v1/:ente/bozze/:id/unioni': {
    prepara: async (m) => {
      const b = await unsigned(m)
      const { id } = await startUnione(m.scopeA(), b.id, ELENCO, newId())
      return { params: { id: b.id }, segreti: [id] }
    },
    attesi: [404],
  },
  'POST /api/v1/:ente/unioni/:id/interruzione': {
    prepara: async (m) => {
      const { id } = await startUnione(m.scopeA(), (await unsigned(m)).id, ELENCO, newId())
      return { params: { id }, segreti: [SEGRETO, id] }
    },
    attesi: [404],
  },
}
