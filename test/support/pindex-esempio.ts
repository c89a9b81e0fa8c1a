import type { EnteSincro, PIndex } from '../../metadata-schemas/sincro/index.ts'

const COMUNE: EnteSincro = {
  tipo: 'ente',
  denominazione: 'Comune di Castelvento',
  identificativi: ['CF:IT-90000000901'],
  documenti: [
    {
      descrizione: 'Manuale di conservazione, versione 1',
      sha256: '5e'.repeat(32),
      indirizzo: 'https://www.castelvento.example/manuale.pdf',
    },
  ],
}

/** The index of a closed fascicolo with two documents, one attachment, one signed file; invented. */
export const PINDEX_ESEMPIO: PIndex = {
  idPdv: 'c_x901-AX90101-20261122-000042',
  applicazione: { nome: 'Faldone', versione: '0.1.0', produttore: 'Comune di Castelvento' },
  etichetta: 'Fascicolo 2026-VI/3.12',
  descrizione: 'Permesso di costruire, via dell’Ombra & vicoli',
  gruppo: { id: 'c_x901.fascicoli.2026', etichetta: 'Serie dei fascicoli 2026' },
  aggregazione: {
    id: '2026-VI/3.12#metadati',
    percorso: 'aggregazione/metadati.xml',
    sha256: 'a1'.repeat(32),
    schema: 'AggregazioneDocumentaliInformatiche.xsd',
  },
  documenti: [
    {
      id: 'c1b6a5e2-0000-7000-8000-000000000001',
      etichetta: 'Prot. PG 0000123 del 11/03/2026',
      descrizione: 'Richiesta di permesso',
      file: [
        {
          id: 'c1b6a5e2-0000-7000-8000-000000000001#principale',
          percorso: 'documenti/c1b6a5e2-0000-7000-8000-000000000001/principale/istanza.pdf',
          sha256: 'b1'.repeat(32),
          mime: 'application/pdf',
        },
        {
          id: 'c1b6a5e2-0000-7000-8000-000000000001#allegato-1',
          percorso: 'documenti/c1b6a5e2-0000-7000-8000-000000000001/allegati/01-planimetria.pdf',
          sha256: 'b2'.repeat(32),
          mime: 'application/pdf',
          relazione: { tipo: 'allegato_di', valore: 'c1b6a5e2-0000-7000-8000-000000000001#principale' },
        },
      ],
      metadati: {
        id: 'c1b6a5e2-0000-7000-8000-000000000001#metadati',
        percorso: 'documenti/c1b6a5e2-0000-7000-8000-000000000001/metadati.xml',
        sha256: 'b3'.repeat(32),
        schema: 'DocumentoAmministrativoInformatico.xsd',
      },
    },
    {
      id: 'c1b6a5e2-0000-7000-8000-000000000002',
      file: [
        {
          id: 'c1b6a5e2-0000-7000-8000-000000000002#principale',
          percorso: 'documenti/c1b6a5e2-0000-7000-8000-000000000002/principale/permesso.pdf.p7m',
          sha256: 'c1'.repeat(32),
          mime: 'application/pkcs7-mime',
        },
      ],
      metadati: {
        id: 'c1b6a5e2-0000-7000-8000-000000000002#metadati',
        percorso: 'documenti/c1b6a5e2-0000-7000-8000-000000000002/metadati.xml',
        sha256: 'c2'.repeat(32),
        schema: 'DocumentoAmministrativoInformatico.xsd',
      },
    },
  ],
  versante: COMUNE,
  titolari: [{ ...COMUNE, ruolo: 'soggetto produttore' }],
  firmatari: [
    {
      tipo: 'persona',
      nome: 'Lidia',
      cognome: 'Ventimiglia',
      identificativi: ['TINIT-VNTLDI80A41X901K'],
      documenti: [{ descrizione: 'Decreto di nomina n. 7 del 12 gennaio 2026' }],
      ruolo: 'Responsabile della gestione documentale',
    },
  ],
  istante: new Date('2026-11-22T08:00:00Z'),
  norme: 'CAD artt. 34, 43, 44; Linee guida AgID, capitolo 4',
}
