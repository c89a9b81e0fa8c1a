/** `Content-Disposition` with an ASCII fallback and the UTF-8 name (RFC 6266, RFC 8187). */
export function contentDisposition(name: string, inline: boolean): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, '_')
    .replaceAll(/["\\]/gu, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/gu, (c) => `%${c.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`)
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
