/** Icons of Bootstrap Italia, bundled at build time (no request, no sprite, no empty box while loading). Decorative unless `nome` says otherwise. */
const sources = import.meta.glob<string>(
  '../../../node_modules/bootstrap-italia/src/svg/it-{arrow-left,arrow-right,box,burger,calendar,camera,chart-line,check,check-circle,chevron-left,chevron-right,clip,clock,close,close-circle,copy,download,error,exchange-circle,expand,external-link,file,file-pdf,file-signed,files,flag,folder,funnel,help-circle,inbox,info-circle,key,list,lock,logout,mail,mail-open,more-items,pa,pencil,plus,plus-circle,presentation,print,refresh,restore,search,settings,sign,software,unlocked,upload,user,warning,warning-circle,password-visible,password-invisible,zoom-in,zoom-out,minus-circle,ban,maximize,collapse,note,delete,wifi,link,tool}.svg',
  { query: '?raw', import: 'default', eager: true },
)

const shapes = new Map<string, string>()
for (const [path, svg] of Object.entries(sources)) {
  const name = /it-([a-z-]+)\.svg$/.exec(path)?.[1]
  if (name !== undefined) shapes.set(name, svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, ''))
}

export interface IconaProps {
  nome: string
  /** Accessible name; without it the icon is decoration. */
  etichetta?: string
  dimensione?: number
}

export function Icona({ nome, etichetta, dimensione = 20 }: IconaProps) {
  return (
    <svg
      className="icona"
      width={dimensione}
      height={dimensione}
      viewBox="0 0 24 24"
      fill="currentColor"
      focusable="false"
      {...(etichetta === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': etichetta })}
      dangerouslySetInnerHTML={{ __html: shapes.get(nome) ?? '' }}
    />
  )
}
