import { describe, expect, it } from '@jest/globals'
import { sharedBuffers } from '../../../server/adapters/embedded-postgres/server.ts'

describe('memory of the embedded database', () => {
  it('follows what the process may use, within its bounds', () => {
    const gb = 2 ** 30
    expect(sharedBuffers(0, 8 * gb)).toBe(512)
    expect(sharedBuffers(4 * gb, 64 * gb)).toBe(256)
    expect(sharedBuffers(2 ** 63, 64 * gb)).toBe(1024)
    expect(sharedBuffers(0, gb)).toBe(128)
  })
})
