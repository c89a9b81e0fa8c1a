import type { Config } from '../kernel/config.ts'

/** A command of `faldone`: `run` answers the exit code, or null when the process goes on (the server). */
export interface Command {
  readonly descrizione: string
  readonly run: (args: readonly string[], config: () => Config) => Promise<number | null>
}

/** Every command, loaded only when it is asked for. */
export const commands: Readonly<Record<string, Command>> = {
  avvia: {
    descrizione: 'Avvia il prodotto (base dati incorporata se DATABASE_URL non è impostato).',
    run: async (_, config) => await (await import('./avvia.ts')).runAvvia(config()),
  },
  migra: {
    descrizione: 'Aggiorna la base dati esterna con l’accesso proprietario (DATABASE_OWNER_URL).',
    run: async (_, config) => await (await import('./migra.ts')).runMigra(config()),
  },
  'misura-suggerimenti': {
    descrizione: 'Prova le proposte di classe e ufficio sui documenti più recenti, imparando dai precedenti: misura-suggerimenti [ente].',
    run: async (args, config) => await (await import('./misura-suggerimenti.ts')).runMisuraSuggerimenti(args, config()),
  },
  'verifica-catena': {
    descrizione: 'Ricalcola la catena degli eventi dei registri e indica il primo anello rotto: verifica-catena [ente].',
    run: async (args, config) => await (await import('./verifica-catena.ts')).runVerificaCatena(args, config()),
  },
  'verifica-registro': {
    descrizione: 'Verifica un registro esportato, dai soli file: verifica-registro <cartella|zip> [impronta nota].',
    run: async (args) => (await import('./verifica-registro.ts')).runVerificaRegistro(args),
  },
  'verifica-ripristino': {
    descrizione:
      'Confronta una base dati ripristinata con l’ultimo registro giornaliero conservato: verifica-ripristino <giorno.json> [--esito FILE …].',
    run: async (args, config) => await (await import('./verifica-ripristino.ts')).runVerificaRipristino(args, config()),
  },
  'differenza-schema': {
    descrizione: 'Stampa l’SQL che le entità chiedono oltre alle migrazioni applicate (per chi sviluppa).',
    run: async (_, config) => await (await import('./differenza-schema.ts')).runDifferenzaSchema(config()),
  },
  'costruisci-web': {
    descrizione: 'Costruisce l’applicazione web.',
    run: async () => {
      await (await import('../avvio/web.ts')).buildWeb()
      return 0
    },
  },
  configurazione: {
    descrizione: 'Stampa tutte le impostazioni con significato e valore predefinito.',
    run: async () => await Promise.resolve((await import('./configurazione.ts')).runConfigurazione()),
  },
  conformita: {
    descrizione: 'Conta i requisiti coperti, rinviati e mancanti: conformita [--json].',
    run: async (args) => await (await import('./conformita.ts')).runConformita([...args]),
  },
  aiuto: {
    descrizione: 'Questo elenco.',
    run: async () => {
      for (const [name, command] of Object.entries(commands)) console.log(`${name.padEnd(20)} ${command.descrizione}`)
      return await Promise.resolve(0)
    },
  },
}
