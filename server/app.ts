import { readFileSync } from 'node:fs'
import { bodyParser } from '@koa/bodyparser'
import { Router } from '@koa/router'
import type { MikroORM } from '@mikro-orm/postgresql'
import Koa from 'koa'
import type { Context, Middleware, Next } from 'koa'
import { PERCORSI_ACCESSO, cookieNames, createResolveScope, mountAccesso } from './identita/index.ts'
import type { Config } from './kernel/config.ts'
import type { Endpoint, Ports } from './kernel/endpoint.ts'
import { setCookie } from './kernel/http/cookies.ts'
import { limitAttempts } from './kernel/http/limits.ts'
import { mountEndpoints } from './kernel/http/mount.ts'
import { describeApi } from './kernel/http/openapi.ts'
import { answerErrors, trackRequest } from './kernel/http/request.ts'
import { securityHeaders } from './kernel/http/security.ts'
import { serveWeb } from './kernel/http/web.ts'
import type { Logger } from './kernel/log.ts'

/** What the web application is made of; `main.ts` and the tests build it. */
export interface Deps {
  readonly config: Config
  readonly orm: MikroORM
  readonly ports: Ports
  readonly endpoints: readonly Endpoint[]
  readonly log: Logger
  /** Folder of the built web application. */
  readonly webRoot: string
  /** Middlewares with addresses of their own, outside the API (the issuer of invented identities). */
  readonly montaggi?: readonly Middleware[]
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

/** The web application: the order of the middlewares is the whole content of this file. */
export function createApp(deps: Deps): Koa {
  const { config, orm, log } = deps
  const https = !config.loopback
  const app = new Koa({ proxy: config.FALDONE_PROXY_FIDATO })
  app.on('error', (error: unknown) => log.error({ err: error }, 'errore di risposta'))
  app.use(trackRequest(log))
  app.use(securityHeaders(https))
  app.use(answerErrors())
  app.use(limitAttempts(PERCORSI_ACCESSO, config.FALDONE_ACCESSI_AL_MINUTO))
  app.use(serveWeb(deps.webRoot))
  for (const montaggio of deps.montaggi ?? []) app.use(montaggio)
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: '1mb', encoding: 'utf-8' }))
  app.use(forgetClosedSession(https))
  const router = new Router()
  mountHealth(router, orm)
  const description = describeApi(deps.endpoints, version, config.urlPubblico)
  router.get('/api/v1/openapi.json', (ctx) => {
    ctx.body = description
  })
  mountAccesso(router, deps, deps.ports.identita)
  mountEndpoints(router, deps.endpoints, { resolveScope: createResolveScope(deps), ports: deps.ports })
  app.use(router.routes())
  return app
}

function mountHealth(router: Router, orm: MikroORM): void {
  router.get('/health/live', (ctx) => {
    ctx.body = { stato: 'vivo' }
  })
  router.get('/health/ready', async (ctx) => {
    const answers = await orm.em
      .getConnection()
      .execute('select 1')
      .then(() => true)
      .catch(() => false)
    ctx.status = answers ? 200 : 503
    ctx.body = { stato: answers ? 'pronto' : 'base dati non raggiungibile' }
  })
}

/** After a logout the browser forgets the token too. */
function forgetClosedSession(https: boolean): Middleware {
  return async (ctx: Context, next: Next) => {
    await next()
    if (ctx.method === 'POST' && ctx.path === '/api/v1/sessione/chiusura' && ctx.status === 204)
      setCookie(ctx, cookieNames(https).sessione, '', { https, maxAge: 0 })
  }
}
