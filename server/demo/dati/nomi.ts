/** Made-up names: no person, company, school or street is meant. */

export const nomiFemminili = [
  'Altea',
  'Bonaria',
  'Clemenza',
  'Domitilla',
  'Eufrasia',
  'Fedora',
  'Gelsomina',
  'Isotta',
  'Lavinia',
  'Mafalda',
  'Nives',
  'Ondina',
  'Palmira',
  'Quintilia',
  'Rosalba',
  'Severina',
  'Tosca',
  'Ulderica',
  'Velia',
  'Zaira',
] as const

export const nomiMaschili = [
  'Amedeo',
  'Bartolo',
  'Callisto',
  'Dante',
  'Evaristo',
  'Folco',
  'Gaspare',
  'Ippolito',
  'Learco',
  'Manlio',
  'Neri',
  'Oreste',
  'Pompeo',
  'Quirino',
  'Remigio',
  'Sestilio',
  'Tancredi',
  'Ubaldo',
  'Venanzio',
  'Zeno',
] as const

export const cognomi = [
  'Acquarossa',
  'Bellafoglia',
  'Boscofondo',
  'Campodarno',
  'Cantalungo',
  'Castagnaluna',
  'Chiaravento',
  'Coldipietra',
  'Cortelunga',
  'Fiordineve',
  'Fontanabuia',
  'Forravecchia',
  'Granturchi',
  'Grottascura',
  'Lagosecco',
  'Lunghifossi',
  'Malaspiga',
  'Malvarosa',
  'Mezzacosta',
  'Montesoffio',
  'Nevegrossa',
  'Oltreponte',
  'Ombraverde',
  'Passolento',
  'Pergolato',
  'Pianofosco',
  'Pietrafonda',
  'Pratalungo',
  'Quercetana',
  'Roccabassa',
  'Sassomoro',
  'Selvapiana',
  'Soprariva',
  'Spinabianca',
  'Tornavalle',
  'Torrechiusa',
  'Vallescura',
  'Ventodoro',
  'Vignalta',
  'Zoccalunga',
] as const

export const vie = [
  'via dei Mulini',
  'via dei Tigli',
  'via della Fornace',
  'via del Lavatoio',
  'piazza del Mercato Vecchio',
  'via Costalunga',
  'via delle Officine',
  'vicolo del Pozzo',
  'via Belfiore',
  'via del Ponte Rotto',
  'via della Stazione',
  'via Prato Grande',
  'largo dei Bottai',
  'via Roggia Nuova',
  'via del Colle',
  'strada della Malga',
] as const

/** A private organisation: name, head of its letters, ten digits of its number. */
export interface NomeOrganizzazione {
  readonly denominazione: string
  readonly sigla: string
  readonly attivita: string
}

export const imprese: readonly NomeOrganizzazione[] = [
  { denominazione: 'Edilvento Costruzioni S.r.l.', sigla: 'EV', attivita: 'Costruzioni e ristrutturazioni' },
  { denominazione: 'Panificio La Spiga Storta S.n.c.', sigla: 'SS', attivita: 'Produzione e vendita di pane' },
  { denominazione: 'Officina Meccanica Dadolungo S.r.l.', sigla: 'OD', attivita: 'Riparazione di veicoli' },
  { denominazione: 'Termoidraulica Goccia S.a.s.', sigla: 'TG', attivita: 'Impianti termici e idrici' },
  { denominazione: 'Fibralpina Reti S.p.A.', sigla: 'FR', attivita: 'Reti di telecomunicazione' },
  { denominazione: 'Cartolibreria Il Segnalibro S.n.c.', sigla: 'IS', attivita: 'Forniture per ufficio e scuola' },
  { denominazione: 'Verdealto Giardini S.r.l.', sigla: 'VG', attivita: 'Manutenzione del verde' },
  { denominazione: 'Albergo Cimabella S.r.l.', sigla: 'AC', attivita: 'Struttura ricettiva' },
  { denominazione: 'Serena Ristorazione Collettiva S.c.', sigla: 'SR', attivita: 'Ristorazione scolastica' },
  { denominazione: 'Luminaria Impianti Elettrici S.r.l.', sigla: 'LI', attivita: 'Impianti e illuminazione pubblica' },
  { denominazione: 'Informatica Quadrifoglio S.r.l.', sigla: 'IQ', attivita: 'Servizi informatici' },
  { denominazione: 'Valserena Ambiente S.p.A.', sigla: 'VA', attivita: 'Raccolta dei rifiuti' },
]

export const associazioni: readonly NomeOrganizzazione[] = [
  { denominazione: 'Pro Loco Castelvento', sigla: 'PL', attivita: 'Promozione del territorio' },
  { denominazione: 'Gruppo Sportivo Tramontana', sigla: 'GT', attivita: 'Associazione sportiva dilettantistica' },
  { denominazione: 'Filarmonica dell’Alta Valserena', sigla: 'FV', attivita: 'Banda musicale' },
  { denominazione: 'Associazione Nonni di Vento', sigla: 'NV', attivita: 'Organizzazione di volontariato' },
  { denominazione: 'Compagnia Teatrale Il Sipario Rosso', sigla: 'SR', attivita: 'Associazione culturale' },
  { denominazione: 'Comitato Genitori Il Girasole', sigla: 'CG', attivita: 'Comitato' },
]

/** An invented administration with a code that the index of public administrations cannot hold. */
export interface NomeAmministrazione {
  readonly denominazione: string
  readonly codiceIpa: string
  readonly sigla: string
  readonly dominio: string
}

export const amministrazioni: readonly NomeAmministrazione[] = [
  { denominazione: 'Provincia di Pietralta', codiceIpa: 'p_x90', sigla: 'PP', dominio: 'provincia-pietralta.pec.example' },
  { denominazione: 'Regione Altacosta', codiceIpa: 'r_x09', sigla: 'RA', dominio: 'regione-altacosta.pec.example' },
  { denominazione: 'Azienda sanitaria Valserena', codiceIpa: 'asl_x901', sigla: 'AS', dominio: 'asl-valserena.pec.example' },
  { denominazione: 'Prefettura di Pietralta', codiceIpa: 'pref_x90', sigla: 'PR', dominio: 'prefettura-pietralta.pec.example' },
  { denominazione: 'Soprintendenza dell’Altacosta', codiceIpa: 'sopr_x90', sigla: 'SA', dominio: 'soprintendenza-altacosta.pec.example' },
  { denominazione: 'Istituto comprensivo Il Gelso', codiceIpa: 'ics_x901', sigla: 'IG', dominio: 'icgelso.pec.example' },
  { denominazione: 'Unione montana dell’Alta Valserena', codiceIpa: 'um_x900', sigla: 'UM', dominio: 'unione-valserena.pec.example' },
  { denominazione: 'Comune di Roccanuvola', codiceIpa: 'c_x903', sigla: 'CR', dominio: 'comune.roccanuvola.pec.example' },
  { denominazione: 'Tribunale di Pietralta', codiceIpa: 'trib_x90', sigla: 'TP', dominio: 'tribunale-pietralta.pec.example' },
]
