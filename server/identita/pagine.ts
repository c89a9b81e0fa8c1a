const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (c) => ENTITIES[c] as string)
}

/** The page of a login that did not succeed: plain Italian, usable without scripts and without our application. */
export function errorPage(message: string, nonce: string): string {
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Accesso non riuscito – Faldone</title>
<style nonce="${nonce}">
body{font-family:"Titillium Web",system-ui,sans-serif;line-height:1.5;color:#17324d;background:#fff;margin:0}
main{max-width:38rem;margin:4rem auto;padding:0 1.5rem}
a{color:#0059b3;font-weight:600}
</style>
</head>
<body>
<main>
<h1>Accesso non riuscito</h1>
<p role="alert">${escapeHtml(message)}</p>
<p>Non è successo nulla ai tuoi dati.</p>
<p><a href="/accesso">Torna alla pagina di accesso</a></p>
</main>
</body>
</html>
`
}
