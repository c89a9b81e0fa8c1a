import type { Ruoli } from './index.ts'

/** A mailbox belongs to one AOO of the whole installation, and an AOO has its certified address: its registers are bound to it (REQ-PROT-005). */
export function caselle(_ruoli: Ruoli): string[] {
  return [
    'create unique index casella_una_aoo on casella (lower(indirizzo))',
    'create unique index aoo_una_casella on aoo (lower(domicilio_digitale))',
    "alter table aoo add constraint aoo_domicilio check (domicilio_digitale ~ '^[^@[:space:]]+@[^@[:space:]]+$')",
  ]
}
