import type { PersonaDimostrativa } from '../persone.ts'

/** The words that mark every page of the demo issuer (REQ-ID-020). */
export const ETICHETTA = 'Identità dimostrativa: nessuna identità reale'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (c) => ENTITIES[c] as string)
}

function layout(title: string, content: string, nonce: string): string {
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ${ETICHETTA}</title>
<style nonce="${nonce}">
body{font-family:"Titillium Web",system-ui,sans-serif;line-height:1.5;color:#17324d;background:#fff;margin:0}
.segnale{background:#a3001f;color:#fff;padding:.75rem 1.5rem;font-weight:700;margin:0}
main{max-width:42rem;margin:2rem auto;padding:0 1.5rem}
ul{list-style:none;padding:0}
li{border:1px solid #5a768a;border-radius:4px;margin:.5rem 0}
li a{display:block;padding:.75rem 1rem;color:#17324d;text-decoration:none}
li a:hover,li a:focus{background:#e6ecf2;outline:3px solid #ff9900;outline-offset:-3px}
li strong{color:#0059b3;text-decoration:underline}
</style>
</head>
<body>
<p class="segnale" role="note">${ETICHETTA}</p>
<main>${content}</main>
</body>
</html>
`
}

/** The page where one chooses who to be: links only, no script, no password. */
export function choicePage(people: readonly PersonaDimostrativa[], nonce: string): string {
  const rows = people
    .map(
      (p) =>
        `<li><a href="?persona=${encodeURIComponent(p.suggerimento)}"><strong>${escapeHtml(`${p.nome} ${p.cognome}`)}</strong> – ${escapeHtml(p.etichetta)}<br>${escapeHtml(p.descrizione)}</a></li>`,
    )
    .join('\n')
  return layout(
    'Scegli chi essere',
    `<h1>Scegli chi essere</h1>
<p>Questo è il fornitore di identità della dimostrazione: le persone sono inventate e non serve nessuna password.</p>
<ul>${rows}</ul>
<p><a href="?annulla=1">Annulla e torna indietro</a></p>`,
    nonce,
  )
}

/** The page of a request the issuer does not accept. */
export function refusalPage(nonce: string): string {
  return layout(
    'Richiesta non valida',
    `<h1>Richiesta non valida</h1>
<p role="alert">La richiesta di accesso non è valida oppure è scaduta.</p>
<p><a href="/accesso">Torna alla pagina di accesso</a></p>`,
    nonce,
  )
}
