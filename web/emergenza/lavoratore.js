/* Service worker of the emergency page. It keeps the files of that page and answers with them, network or not; everything else goes its own way. */
const VERSION = '__VERSIONE__'
const FILES = ['__FILE__']
const CACHE = `faldone-emergenza-${VERSION}`
const kept = new Set(FILES)

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE)
    await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload', credentials: 'same-origin' })))
    await self.skipWaiting()
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', (event) => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name.startsWith('faldone-emergenza-') && name !== CACHE) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(clean())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || !kept.has(url.pathname)) return
  const answer = async () => {
    const cache = await caches.open(CACHE)
    return (await cache.match(url.pathname)) ?? (await fetch(request))
  }
  event.respondWith(answer())
})
