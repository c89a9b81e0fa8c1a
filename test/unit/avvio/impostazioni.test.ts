import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { load } from 'js-yaml'
import { describeSettings } from '../../../server/cli/configurazione.ts'
import { ConfigError, loadConfig, settings } from '../../../server/kernel/config.ts'

const root = resolve(import.meta.dirname, '../../..')
interface Compose {
  services: Record<string, { environment?: Record<string, string> }>
}

describe('settings', () => {
  it('docs/configurazione.md is what the program says of its settings', () => {
    expect(readFileSync(join(root, 'docs/configurazione.md'), 'utf8')).toContain(describeSettings())
  })

  it('docker-compose.yml names only settings that exist and makes a valid production configuration', () => {
    const compose = load(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as Compose
    const given = compose.services['faldone']?.environment ?? {}
    expect(Object.keys(given).filter((name) => !(name in settings.shape))).toEqual([])
    const filled = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{(\w+):\?[^}]*\}/gu, (_, variable: string) =>
          /URL|EMITTENTE/u.test(variable) ? 'https://protocollo.example' : 'valore',
        ),
      ]),
    )
    const config = loadConfig(filled)
    expect(config).toMatchObject({ ambiente: 'produzione', incorporato: false, FALDONE_ARCHIVIO: 's3' })
    expect(Object.keys(compose.services).toSorted()).toEqual(['bucket', 'faldone', 'oggetti', 'postgres'])
  })

  it('every problem of the environment is said at once', () => {
    expect(() => loadConfig({ PORT: 'x', FALDONE_MAX_CARICAMENTO_MB: '-1', FALDONE_LOG: 'molto' })).toThrow(ConfigError)
    const text = (() => {
      try {
        loadConfig({ PORT: 'x', FALDONE_MAX_CARICAMENTO_MB: '-1', FALDONE_LOG: 'molto' })
        return ''
      } catch (error) {
        return (error as Error).message
      }
    })()
    for (const name of ['PORT', 'FALDONE_MAX_CARICAMENTO_MB', 'FALDONE_LOG']) expect(text).toContain(name)
  })

  it('http on an address that is not this machine is refused, and production without an issuer too', () => {
    expect(() => loadConfig({ FALDONE_URL_PUBBLICO: 'http://protocollo.example' })).toThrow(/solo su localhost/u)
    expect(() => loadConfig({ DATABASE_URL: 'postgres://x@y/z' })).toThrow(/emittente di identità/u)
    expect(loadConfig({}).ambiente).toBe('dimostrazione')
  })
})
