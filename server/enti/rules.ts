import type { Permesso } from '../kernel/permessi.ts'
import { profili } from '../kernel/scope.ts'
import type { Profilo } from '../kernel/scope.ts'

const everyone: readonly Permesso[] = ['organizzazione.leggi']
const reader: readonly Permesso[] = [
  ...everyone,
  'titolario.leggi',
  'scrivania.leggi',
  'protocollo.leggi',
  'fascicoli.leggi',
  'ricerca.usa',
  'repertori.leggi',
  'procedimenti.leggi',
  'pratiche.leggi',
]

const recordsManager: readonly Permesso[] = [
  ...reader,
  'contenuti.carica',
  'messaggi.leggi',
  'messaggi.lavora',
  'protocollo.registra',
  'protocollo.assegna',
  'protocollo.classifica',
  'documenti.leggi',
  'assegnazioni.leggi',
  'assegnazioni.lavora',
  'fascicoli.apri',
  'fascicoli.lavora',
  'fascicoli.chiudi',
  'conservazione.leggi',
  'conservazione.versa',
  'audit.leggi',
  'bozze.lavora',
  'protocollo.importa',
  'annullamenti.richiedi',
  'annullamenti.autorizza',
  'riservati.gestisci',
  'accessi.gestisci',
  'visibilita.verifica',
  'organizzazione.gestisci',
  'esportazioni.crea',
  'statistiche.leggi',
  'registro.leggi',
  'registro.gestisci',
  'emergenza.leggi',
  'emergenza.inserisci',
  'emergenza.gestisci',
  'repertori.registra',
  'repertori.configura',
  'albo.pubblica',
  'stampe.leggi',
  'stampe.configura',
  'procedimenti.gestisci',
  'pratiche.lavora',
  'titolario.gestisci',
  'arretrato.leggi',
  'arretrato.gestisci',
  // Who orders is never who proposed: the other of the two.
  'scarto.gestisci',
  'scarto.ordina',
  'archivio.gestisci',
]

/**
 * Profile -> permissions (REQ-PROT-141, table of specification §14). A permission opens the door of an endpoint; how far one sees behind it
 * (`ambiti` below, riservati, one's own office) is decided by the policy of each feature on what is loaded.
 */
export const matrice: Readonly<Record<Profilo, readonly Permesso[]>> = {
  responsabileGestioneDocumentale: recordsManager,
  vicario: recordsManager,
  // Sets the common criteria of several AOO (LG 3.1.2): measures them all, works in none.
  coordinatore: [...everyone, 'titolario.leggi', 'statistiche.leggi'],
  operatoreProtocollo: [
    ...reader,
    'contenuti.carica',
    'messaggi.leggi',
    'messaggi.lavora',
    'protocollo.registra',
    'protocollo.assegna',
    'protocollo.classifica',
    'documenti.leggi',
    // Sees again what an office refused, and what became of what he gave: works none of it.
    'assegnazioni.leggi',
    // Inserts in existing fascicoli, never opens one (REQ-FASC-010).
    'fascicoli.lavora',
    'audit.leggi',
    'bozze.lavora',
    'annullamenti.richiedi',
    'esportazioni.crea',
    'registro.leggi',
    'emergenza.leggi',
    'emergenza.inserisci',
    'repertori.registra',
    'albo.pubblica',
    'stampe.leggi',
  ],
  responsabileUor: [
    ...reader,
    'contenuti.carica',
    'protocollo.assegna',
    'protocollo.classifica',
    'documenti.leggi',
    'assegnazioni.leggi',
    'assegnazioni.lavora',
    'fascicoli.apri',
    'fascicoli.lavora',
    'fascicoli.chiudi',
    'audit.leggi',
    'bozze.lavora',
    'annullamenti.richiedi',
    'esportazioni.crea',
    'statistiche.leggi',
    'repertori.registra',
    'albo.pubblica',
    'stampe.leggi',
    'pratiche.lavora',
    'arretrato.leggi',
  ],
  addettoUor: [
    ...reader,
    'contenuti.carica',
    'documenti.leggi',
    'assegnazioni.leggi',
    'assegnazioni.lavora',
    'fascicoli.lavora',
    'audit.leggi',
    'bozze.lavora',
    'annullamenti.richiedi',
    'stampe.leggi',
    'pratiche.lavora',
    'arretrato.leggi',
  ],
  consultazione: [...reader, 'documenti.leggi'],
  pubblicoUfficialeDelegato: [...everyone, 'audit.leggi'],
  // Packages are produced and sent by the head of records management (LG 4.5), never by who receives them for preservation.
  responsabileConservazione: [...reader, 'conservazione.leggi', 'audit.leggi', 'registro.leggi', 'statistiche.leggi'],
  auditor: [...reader, 'audit.leggi', 'registro.leggi', 'statistiche.leggi', 'visibilita.verifica', 'emergenza.leggi'],
  // Not 'organizzazione.gestisci': who may appoint could appoint himself and read everything.
  amministratoreSistema: everyone,
}

/**
 * Appointments nobody can lend: who answers for the register, for preservation, for the audit or for the machines is replaced by an appointment of his own
 * (the vicario, LG 3.1.2; TUDA 61), never by a delegation.
 */
export const profiliNonDelegabili: readonly Profilo[] = [
  'responsabileGestioneDocumentale',
  'vicario',
  'coordinatore',
  'responsabileConservazione',
  'auditor',
  'amministratoreSistema',
]

/** How much of the register a profile may search, and how much of the trail it may read: columns "Search" and "Audit" of the same table. */
export interface Ambiti {
  readonly ricerca: 'tutto' | 'ordinari' | 'ufficio' | 'propri' | 'metadati' | 'nessuno'
  readonly audit: 'tutto' | 'ufficio' | 'propri' | 'nessuno'
}

export const ambiti: Readonly<Record<Profilo, Ambiti>> = {
  responsabileGestioneDocumentale: { ricerca: 'tutto', audit: 'tutto' },
  vicario: { ricerca: 'tutto', audit: 'tutto' },
  coordinatore: { ricerca: 'nessuno', audit: 'nessuno' },
  operatoreProtocollo: { ricerca: 'ordinari', audit: 'propri' },
  responsabileUor: { ricerca: 'ufficio', audit: 'ufficio' },
  addettoUor: { ricerca: 'propri', audit: 'propri' },
  consultazione: { ricerca: 'ordinari', audit: 'nessuno' },
  pubblicoUfficialeDelegato: { ricerca: 'nessuno', audit: 'propri' },
  responsabileConservazione: { ricerca: 'metadati', audit: 'tutto' },
  auditor: { ricerca: 'metadati', audit: 'tutto' },
  amministratoreSistema: { ricerca: 'nessuno', audit: 'nessuno' },
}

/** The permissions of a set of profiles: whoever holds two appointments may what either may. */
export function permessiDi(held: readonly Profilo[]): ReadonlySet<Permesso> {
  return new Set(held.flatMap((p) => matrice[p]))
}

/** True for the name of a profile of the product. */
export function isProfilo(value: string): value is Profilo {
  return (profili as readonly string[]).includes(value)
}

/** First path segments that are not enti (decision 1). */
export const slugRiservati: ReadonlySet<string> = new Set([
  'api',
  'sportello',
  'health',
  'cabina',
  'assets',
  'accesso',
  'guida',
  'stato-servizio',
  'accessibilita',
  'lavori',
  'profilo',
  'dimostrazione',
  'sessione',
  'openapi.json',
  'emergenza',
])

/** Palettes the web application is built with. */
export const tavolozze = ['blu-notte', 'bordeaux', 'viola', 'oliva', 'terracotta', 'petrolio', 'verde-bosco', 'blu-istituzionale'] as const
