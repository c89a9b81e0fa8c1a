/** Chooses in whose name the person works: the browser says which substitution, the server checks at every request that it is his and in force. */
const COOKIE = 'faldone_per_conto'

/** Works under a substitution from the next request, or in one's own name with null; the page is drawn anew because every permission changes. */
export function lavoraPerConto(sostituzioneId: string | null, percorso: string): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  document.cookie =
    sostituzioneId === null
      ? `${COOKIE}=; Path=/; Max-Age=0; SameSite=Strict${secure}`
      : `${COOKIE}=${sostituzioneId}; Path=/; SameSite=Strict${secure}`
  window.location.assign(percorso)
}
