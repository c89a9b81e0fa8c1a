import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CasellaCartella } from '../adapters/casella-cartella/index.ts'
import { createConservatoreHttp } from '../adapters/conservatore-http/index.ts'
import { findConvertitore } from '../adapters/libreoffice/index.ts'
import { openFirmaEmergenza } from '../adapters/firma-emergenza/index.ts'
import { createIdentitaFromConfig } from '../adapters/oidc/index.ts'
import { createMotoreMeilisearch } from '../adapters/meilisearch/index.ts'
import { stampatorePdfLib } from '../adapters/pdf-lib/index.ts'
import { stampatricePdf } from '../adapters/stampa-pdf/index.ts'
import { createSigilloXades, openTestSigillo } from '../adapters/sigillo-xades/index.ts'
import { createEmittenteDimostrativo } from '../demo/emittente/index.ts'
import { DOMINIO_SDI_DIMOSTRATIVO } from '../demo/posta/index.ts'
import type { Middleware } from 'koa'
import type { Config } from '../kernel/config.ts'
import type { Ports } from '../kernel/endpoint.ts'
import { Unavailable } from '../kernel/errors.ts'
import type { Logger } from '../kernel/log.ts'
import { createFilesystemStore } from '../../storage/filesystem.ts'
import type { ObjectStore } from '../../storage/index.ts'
import { createS3Store } from '../../storage/s3.ts'
import { hasAncoraDimostrativa, loadAncore } from '../pec/index.ts'
import type { Caselle } from '../ports/casella.ts'
import type { Conservatore } from '../ports/conservatore.ts'
import type { Sigillo } from '../ports/sigillo.ts'
import { startSimulatore } from './conservatore.ts'
import type { Simulatore } from './conservatore.ts'

/** Everything outside the database that this start uses. */
export interface Adapters {
  readonly ports: Ports
  readonly montaggi: readonly Middleware[]
  /** Address of the conservatore in use; absent in production without one. */
  readonly indirizzoConservatore: string | undefined
  readonly stop: () => Promise<void>
}

/** The store of the documents: a folder, or S3 (decision 24). */
export async function openStore(config: Config): Promise<ObjectStore> {
  if (config.FALDONE_ARCHIVIO === 'filesystem') return await createFilesystemStore(join(config.cartellaDati, 'documenti'))
  return await createS3Store({
    endpoint: config.FALDONE_S3_ENDPOINT ?? '',
    accessKey: config.FALDONE_S3_CHIAVE ?? '',
    secretKey: config.FALDONE_S3_SEGRETO ?? '',
    bucket: config.FALDONE_S3_BUCKET,
    region: config.FALDONE_S3_REGIONE,
    stagingFolder: join(config.cartellaDati, 'in-arrivo'),
  })
}

/** Folder of the mailboxes kept on disk: one folder for each address. */
export function mailboxFolder(config: Config): string {
  return config.FALDONE_CASELLA_CARTELLA ?? join(config.cartellaDati, 'caselle')
}

/** The mailboxes on disk, with the authorities trusted for the gestori's signatures. */
export async function openCaselle(config: Config): Promise<Caselle> {
  const folder = mailboxFolder(config)
  const own = join(folder, 'autorita-di-prova.pem')
  const file = config.FALDONE_PEC_ANCORE ?? (existsSync(own) && config.ambiente === 'dimostrazione' ? own : null)
  const ancore =
    file === null ? [] : ((await readFile(file, 'utf8')).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [])
  if (config.ambiente === 'produzione' && hasAncoraDimostrativa(loadAncore(ancore)))
    throw new Unavailable('ancora-di-prova', 'FALDONE_PEC_ANCORE contiene un’autorità di prova: in produzione è rifiutata.')
  return {
    apri: (_ente, indirizzo) => {
      if (!/^[a-z0-9][a-z0-9.@_-]*$/iu.test(indirizzo))
        throw new Unavailable('casella-non-leggibile', `L’indirizzo ${indirizzo} non può essere una cartella.`)
      return new CasellaCartella(join(folder, indirizzo))
    },
    ancore,
    // The invented exchange system of the demonstration; elsewhere the real one's domains are the default.
    ...(config.ambiente === 'dimostrazione' ? { dominiSdi: [DOMINIO_SDI_DIMOSTRATIVO] } : {}),
  }
}

/** The identity port: the issuers of the configuration, or in a demonstration without them the issuer of invented people. */
function openIdentita(config: Config, log: Logger, indirizzoLocale: () => string): { porta: Ports['identita']; montaggi: Middleware[] } {
  if (config.ambiente === 'produzione' || config.FALDONE_OIDC_OPERATORI_EMITTENTE !== undefined)
    return { porta: createIdentitaFromConfig(config, log), montaggi: [] }
  const emittente = createEmittenteDimostrativo({ config, log, indirizzoLocale })
  return { porta: emittente.porta, montaggi: [emittente.montaggio] }
}

async function openConservatore(config: Config): Promise<{ porta: Conservatore; simulatore: Simulatore | null }> {
  if (config.FALDONE_CONSERVATORE_URL !== undefined)
    return { porta: createConservatoreHttp({ indirizzo: config.FALDONE_CONSERVATORE_URL }), simulatore: null }
  if (config.ambiente === 'produzione') return { porta: conservatoreAssente, simulatore: null }
  const simulatore = await startSimulatore(join(config.cartellaDati, 'conservatore'))
  return { porta: createConservatoreHttp({ indirizzo: simulatore.indirizzo }), simulatore }
}

/**
 * The seal of the installation: the configured key and certificate, or the test one. Production refuses a certificate that is not a qualified one for seals,
 * unless the derogation is set, and then says so in the log (REQ-SEGN-010).
 */
async function openSigillo(config: Config, log: Logger): Promise<Sigillo> {
  const own = config.FALDONE_SIGILLO_CHIAVE !== undefined && config.FALDONE_SIGILLO_CERTIFICATO !== undefined
  const sigillo = own
    ? await createSigilloXades({
        chiavePem: await readFile(config.FALDONE_SIGILLO_CHIAVE ?? '', 'utf8'),
        certificatoPem: await readFile(config.FALDONE_SIGILLO_CERTIFICATO ?? '', 'utf8'),
      })
    : await openTestSigillo({
        cartella: join(config.cartellaDati, 'sigillo'),
        organizzazione: 'SIGILLO DI PROVA',
        identificativo: 'VATIT-00999000001',
      })
  if (config.ambiente === 'produzione' && !sigillo.certificato().qualificato) {
    if (!config.FALDONE_SIGILLO_DEROGA)
      throw new Unavailable(
        'sigillo-non-qualificato',
        'Il certificato del sigillo non è qualificato: configura FALDONE_SIGILLO_CHIAVE e FALDONE_SIGILLO_CERTIFICATO, oppure FALDONE_SIGILLO_DEROGA=si.',
      )
    log.warn({ soggetto: sigillo.certificato().soggetto }, 'deroga: sigillo non qualificato in produzione')
  }
  return sigillo
}

/** Production without a configured conservatore: packages are made and wait, nothing is ever called preserved (REQ-CONS-001). */
const conservatoreAssente: Conservatore = {
  transmit: async () =>
    await Promise.reject(
      new Unavailable('conservatore-non-configurato', 'Nessun conservatore è configurato: imposta FALDONE_CONSERVATORE_URL.'),
    ),
  report: async () => await Promise.resolve(null),
}

/** The search engine beside PostgreSQL, when one is configured (decision 23). */
function openMotore(config: Config): Ports['motoreRicerca'] {
  const { FALDONE_MEILISEARCH_URL: indirizzo, FALDONE_MEILISEARCH_CHIAVE: chiave } = config
  return indirizzo === undefined ? null : createMotoreMeilisearch({ indirizzo, ...(chiave === undefined ? {} : { chiave }) })
}

/** Builds every adapter. `indirizzoLocale` gives the address the server listens at, once it does. */
export async function openAdapters(config: Config, log: Logger, store: ObjectStore, indirizzoLocale: () => string): Promise<Adapters> {
  const { porta: identita, montaggi } = openIdentita(config, log, indirizzoLocale)
  const { porta: conservatore, simulatore } = await openConservatore(config)
  const ports: Ports = {
    store,
    identita,
    conservatore,
    caselle: await openCaselle(config),
    sigillo: await openSigillo(config, log),
    pdf: stampatorePdfLib,
    stampa: stampatricePdf,
    conversione: await findConvertitore(),
    firmaEmergenza: openFirmaEmergenza(
      config.FALDONE_EMERGENZA_CHIAVE ?? join(config.cartellaDati, 'emergenza', 'chiave.pem'),
      config.FALDONE_EMERGENZA_CHIAVE === undefined,
    ),
    motoreRicerca: openMotore(config),
    maxUploadBytes: config.FALDONE_MAX_CARICAMENTO_MB * 1024 * 1024,
    indirizzoPubblico: config.urlPubblico,
  }
  const indirizzoConservatore = config.FALDONE_CONSERVATORE_URL ?? simulatore?.indirizzo
  return { ports, montaggi, indirizzoConservatore, stop: async () => await simulatore?.stop() }
}
