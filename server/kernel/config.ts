import { resolve } from 'node:path'
import { z } from 'zod'

const flag = z.enum(['si', 'no']).transform((v) => v === 'si')
const port = z.coerce.number().int().min(0).max(65_535)

/**
 * Every setting of the product, with its default and meaning: `docs/configurazione.md` is generated from here.
 * Nothing else reads the environment.
 */
export const settings = z.object({
  PORT: port.default(8080).describe('Porta HTTP del prodotto (0: una porta libera).'),
  FALDONE_INDIRIZZO: z
    .string()
    .default('127.0.0.1')
    .describe('Indirizzo su cui il server ascolta; 0.0.0.0 dietro un proxy o in un contenitore.'),
  FALDONE_URL_PUBBLICO: z
    .url()
    .optional()
    .describe(
      'Indirizzo pubblico. Http è ammesso solo su loopback: altrove il server rifiuta di partire. Predefinito: http://localhost:PORT.',
    ),
  FALDONE_PROXY_FIDATO: flag.default(false).describe('si: gli header X-Forwarded-* del proxy sono creduti.'),
  FALDONE_DATA_DIR: z
    .string()
    .default('dati')
    .describe('Cartella dei dati incorporati: base dati, documenti, casella di prova, certificati di prova.'),
  FALDONE_AMBIENTE: z
    .enum(['dimostrazione', 'produzione'])
    .optional()
    .describe('Predefinito: dimostrazione con la base dati incorporata, produzione quando è impostato DATABASE_URL.'),
  FALDONE_DEMO: z
    .enum(['piena', 'minima', 'no'])
    .default('piena')
    .describe('Dati dimostrativi caricati al primo avvio in ambiente dimostrazione.'),
  FALDONE_DEMO_SEME: z.string().default('valserena').describe('Seme del generatore dei dati dimostrativi.'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe('PostgreSQL esterno: accesso non privilegiato usato dal server. Assente: PostgreSQL incorporato.'),
  DATABASE_OWNER_URL: z.string().optional().describe('Accesso proprietario, usato solo da `faldone migra`.'),
  FALDONE_RUOLI_PREFISSO: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,30}$/u)
    .default('faldone_')
    .describe('Prefisso dei ruoli nella base dati.'),
  FALDONE_CONNESSIONI: z.coerce.number().int().min(2).max(200).default(12).describe('Connessioni alla base dati per processo.'),
  FALDONE_RUOLI: z.string().default('web,lavori').describe('Compiti di questo processo: web, lavori o entrambi.'),
  FALDONE_ARCHIVIO: z.enum(['filesystem', 's3']).default('filesystem').describe('Dove stanno i file dei documenti.'),
  FALDONE_S3_ENDPOINT: z.url().optional().describe('Indirizzo del servizio S3.'),
  FALDONE_S3_BUCKET: z.string().default('faldone').describe('Bucket S3.'),
  FALDONE_S3_CHIAVE: z.string().optional().describe('Chiave di accesso S3.'),
  FALDONE_S3_SEGRETO: z.string().optional().describe('Segreto S3.'),
  FALDONE_S3_REGIONE: z.string().default('us-east-1').describe('Regione S3.'),
  FALDONE_MAX_CARICAMENTO_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(200)
    .describe('Dimensione massima di un file caricato, in MB.'),
  FALDONE_OIDC_OPERATORI_EMITTENTE: z
    .url()
    .optional()
    .describe('Emittente OIDC degli operatori. Assente in dimostrazione: emittente dimostrativo.'),
  FALDONE_OIDC_OPERATORI_CLIENT: z.string().optional().describe('Identificativo client OIDC degli operatori.'),
  FALDONE_OIDC_OPERATORI_SEGRETO: z.string().optional().describe('Segreto del client OIDC degli operatori.'),
  FALDONE_OIDC_CITTADINI_EMITTENTE: z.url().optional().describe('Emittente OIDC dei cittadini (in attesa degli adattatori SPID e CIE).'),
  FALDONE_OIDC_CITTADINI_CLIENT: z.string().optional().describe('Identificativo client OIDC dei cittadini.'),
  FALDONE_OIDC_CITTADINI_SEGRETO: z.string().optional().describe('Segreto del client OIDC dei cittadini.'),
  FALDONE_SESSIONE_MINUTI: z.coerce
    .number()
    .int()
    .min(5)
    .max(1440)
    .default(60)
    .describe('Durata della sessione senza attività, in minuti.'),
  FALDONE_CASELLA_CARTELLA: z
    .string()
    .optional()
    .describe('Cartella delle caselle di prova (una sottocartella per indirizzo). Predefinita: FALDONE_DATA_DIR/caselle.'),
  FALDONE_CASELLA_SECONDI: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(15)
    .describe('Intervallo di lettura delle caselle, in secondi.'),
  FALDONE_PEC_ANCORE: z.string().optional().describe('File PEM con le autorità che firmano le buste PEC.'),
  FALDONE_CONSERVATORE_URL: z
    .url()
    .optional()
    .describe('Indirizzo del conservatore. Assente in dimostrazione: il conservatore simulato, un processo separato.'),
  FALDONE_MEILISEARCH_URL: z
    .url()
    .optional()
    .describe(
      'Indirizzo di Meilisearch come motore di ricerca. Assente: cerca PostgreSQL. Chi può vedere che cosa lo decide sempre PostgreSQL.',
    ),
  FALDONE_MEILISEARCH_CHIAVE: z
    .string()
    .optional()
    .describe('Chiave di Meilisearch, con il diritto di creare indici, scriverli e cercare.'),
  FALDONE_SIGILLO_CHIAVE: z
    .string()
    .optional()
    .describe('File PEM con la chiave del sigillo elettronico (con FALDONE_SIGILLO_CERTIFICATO).'),
  FALDONE_SIGILLO_CERTIFICATO: z.string().optional().describe('File PEM con il certificato del sigillo elettronico.'),
  FALDONE_EMERGENZA_CHIAVE: z
    .string()
    .optional()
    .describe(
      'File PEM con la chiave P-256 che firma le serie di emergenza affidate ai dispositivi. Predefinita: FALDONE_DATA_DIR/emergenza/chiave.pem, creata al primo avvio.',
    ),
  FALDONE_SIGILLO_DEROGA: flag
    .default(false)
    .describe('si: in produzione è ammesso un sigillo non qualificato, anche di prova; la deroga è scritta nel registro tecnico.'),
  FALDONE_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn').describe('Livello del registro tecnico.'),
  FALDONE_ACCESSI_AL_MINUTO: z.coerce.number().int().min(1).default(30).describe('Tentativi di accesso al minuto per indirizzo.'),
})

export type Settings = z.infer<typeof settings>

/** The parsed, frozen configuration handed to the rest of the program. */
export interface Config extends Readonly<Settings> {
  readonly ambiente: 'dimostrazione' | 'produzione'
  readonly incorporato: boolean
  readonly cartellaDati: string
  readonly urlPubblico: string
  readonly loopback: boolean
  readonly ruoli: { owner: string; login: string; app: string; sportello: string; jobs: string; coda: string }
}

/** All the problems of the environment together, in Italian. */
export class ConfigError extends Error {}

/** The configuration of this process: the only reading of the environment in the product. */
export function readConfig(changes: Record<string, string> = {}): Config {
  return loadConfig({ ...process.env, ...changes })
}

/** Parses the environment. Throws ConfigError with every wrong setting at once (http on a public address included, decision 11). */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const known = Object.fromEntries(Object.keys(settings.shape).map((k) => [k, env[k] === '' ? undefined : env[k]]))
  const parsed = settings.safeParse(known)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map((i) => `${i.path.join('.')}: valore non valido (${settings.shape[i.path[0] as keyof Settings]?.description ?? i.message})`)
        .join('\n'),
    )
  }
  const s = parsed.data
  const incorporato = s.DATABASE_URL === undefined
  const ambiente = s.FALDONE_AMBIENTE ?? (incorporato ? 'dimostrazione' : 'produzione')
  const url = new URL(s.FALDONE_URL_PUBBLICO ?? `http://localhost:${s.PORT}`)
  const loopback = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const problems: string[] = []
  if (url.protocol === 'http:' && !loopback) problems.push('FALDONE_URL_PUBBLICO: http è ammesso solo su localhost; usa https.')
  if (ambiente === 'produzione' && s.FALDONE_OIDC_OPERATORI_EMITTENTE === undefined)
    problems.push('FALDONE_OIDC_OPERATORI_EMITTENTE: in produzione serve un emittente di identità; quello dimostrativo è rifiutato.')
  if (
    s.FALDONE_ARCHIVIO === 's3' &&
    (s.FALDONE_S3_ENDPOINT === undefined || s.FALDONE_S3_CHIAVE === undefined || s.FALDONE_S3_SEGRETO === undefined)
  )
    problems.push('FALDONE_S3_ENDPOINT, FALDONE_S3_CHIAVE, FALDONE_S3_SEGRETO: servono con FALDONE_ARCHIVIO=s3.')
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  const p = s.FALDONE_RUOLI_PREFISSO
  return Object.freeze({
    ...s,
    ambiente,
    incorporato,
    cartellaDati: resolve(s.FALDONE_DATA_DIR),
    urlPubblico: url.toString().replace(/\/$/u, ''),
    loopback,
    ruoli: Object.freeze({
      owner: `${p}owner`,
      login: `${p}login`,
      app: `${p}app`,
      sportello: `${p}sportello`,
      jobs: `${p}jobs`,
      coda: `${p}coda`,
    }),
  })
}
