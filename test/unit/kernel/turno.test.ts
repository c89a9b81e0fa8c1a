import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { createTurno } from '../../../server/kernel/turno.ts'

describe('turns', () => {
  it('no more than the places of a key work at once, in order of arrival, and another key does not wait', async () => {
    const turno = createTurno(2)
    const begun: number[] = []
    let inside = 0
    let most = 0
    const work = Array.from(
      { length: 7 },
      async (_, i) =>
        await turno('a', async () => {
          begun.push(i)
          most = Math.max(most, ++inside)
          await wait(5)
          inside--
          return i
        }),
    )
    expect(await turno('b', async () => await Promise.resolve('subito'))).toBe('subito')
    expect(begun.length).toBe(2)
    expect(await Promise.all(work)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(most).toBe(2)
  })

  it('a work that fails gives its place back', async () => {
    const turno = createTurno(1)
    const failing = turno('a', async () => await Promise.reject(new Error('no')))
    const next = turno('a', async () => await Promise.resolve('fatto'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('fatto')
    expect(await turno('a', async () => await Promise.resolve('ancora'))).toBe('ancora')
  })
})
