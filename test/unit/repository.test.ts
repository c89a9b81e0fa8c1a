import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const manifest = JSON.parse(file('package.json')) as { license: string; version: string }

describe('the repository', () => {
  it('says its licence and version the same way everywhere', () => {
    expect(manifest.license).toBe('EUPL-1.2')
    expect(file('LICENSE')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/)
    expect(file('publiccode.yml')).toMatch(/^ {2}license: EUPL-1\.2$/m)
    expect(file('publiccode.yml')).toMatch(new RegExp(`softwareVersion: ['"]${manifest.version}['"]`, 'u'))
  })

  it('publiccode.yml keeps the lengths the format asks for', () => {
    const yaml = file('publiccode.yml')
    expect(/shortDescription: (.*)/.exec(yaml)?.[1]?.length).toBeLessThanOrEqual(150)
    expect(/genericName: (.*)/.exec(yaml)?.[1]?.length).toBeLessThanOrEqual(35)
    const long = /longDescription: \|\n((?: {6}.*\n|\n)+)/.exec(yaml)?.[1]?.replaceAll(/^ {6}/gm, '').trim() ?? ''
    expect(long.length).toBeGreaterThanOrEqual(500)
    expect(long.length).toBeLessThanOrEqual(10_000)
  })

  it('the requirements point at nothing outside the repository', () => {
    const folder = fileURLToPath(new URL('../../docs/requisiti/', import.meta.url))
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
      const outside = [...readFileSync(`${folder}${name}`, 'utf8').matchAll(/\]\(([^)#]+)\)|`(\.\.\/[^`]+)`/g)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((target) => !/^https?:/.test(target) && target.startsWith('../') && !target.startsWith('../../titolario/'))
      expect([name, outside]).toEqual([name, []])
    }
  })
})
