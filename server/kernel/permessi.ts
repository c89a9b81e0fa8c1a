/**
 * Every permission an endpoint can ask for. `pubblico` needs no session, `autenticato` any session, `sia.configura` the association's administrator,
 * `sportello.leggi` a citizen's session; all the others come from an appointment in the ente of the request (matrix in `enti/rules.ts`).
 */
export const permessi = [
  'pubblico',
  'autenticato',
  'sia.configura',
  'sportello.leggi',
  'organizzazione.leggi',
  'titolario.leggi',
  'scrivania.leggi',
  'contenuti.carica',
  'messaggi.leggi',
  'messaggi.lavora',
  'protocollo.registra',
  'protocollo.leggi',
  'protocollo.assegna',
  'protocollo.classifica',
  'documenti.leggi',
  'assegnazioni.leggi',
  'assegnazioni.lavora',
  'fascicoli.leggi',
  'fascicoli.apri',
  'fascicoli.lavora',
  'fascicoli.chiudi',
  'conservazione.leggi',
  'conservazione.versa',
  'audit.leggi',
] as const
export type Permesso = (typeof permessi)[number]
