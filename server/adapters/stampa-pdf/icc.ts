/** D50 adapted primaries and white of sRGB (IEC 61966-2-1), and the Bradford matrix from D65 that adapted them. */
const COLUMNS: Readonly<Record<string, readonly number[]>> = {
  wtpt: [0.9642, 1, 0.8249],
  rXYZ: [0.4360747, 0.2225045, 0.0139322],
  gXYZ: [0.3850649, 0.7168786, 0.0971045],
  bXYZ: [0.1430804, 0.0606169, 0.7141733],
}
const CHAD = [1.0478112, 0.0228866, -0.050127, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316]
/** The transfer curve of sRGB as a parametric curve of type 3: g, a, b, c, d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]

/** The ICC profile (version 4.2) of the sRGB colour space, computed from the numbers of its standard. The same bytes at each call. */
export function createSrgbProfile(): Buffer {
  const curve = Buffer.concat([signature('para'), u32(0), u16(3), u16(0), ...CURVE.map(fixed)])
  const tags: [string, Buffer][] = [
    ['desc', localised('sRGB IEC61966-2.1')],
    ['cprt', localised('Public domain')],
    ...Object.entries(COLUMNS).map(([tag, xyz]): [string, Buffer] => [tag, Buffer.concat([signature('XYZ '), u32(0), ...xyz.map(fixed)])]),
    ['chad', Buffer.concat([signature('sf32'), u32(0), ...CHAD.map(fixed)])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const start = 128 + 4 + 12 * tags.length
  const places = new Map<Buffer, number>()
  let end = start
  for (const [, data] of tags) {
    if (places.has(data)) continue
    places.set(data, end)
    end += Math.ceil(data.length / 4) * 4
  }
  const table = tags.map(([tag, data]) => Buffer.concat([signature(tag), u32(places.get(data) ?? 0), u32(data.length)]))
  const bodies = [...places.keys()].map((data) => Buffer.concat([data], Math.ceil(data.length / 4) * 4))
  return Buffer.concat([header(end), u32(tags.length), ...table, ...bodies])
}

function header(size: number): Buffer {
  return Buffer.concat(
    [
      u32(size),
      u32(0),
      u32(0x04_20_00_00),
      signature('mntr'),
      signature('RGB '),
      signature('XYZ '),
      // Date of the profile: the day of the standard, so that it never changes.
      ...[1999, 10, 18, 0, 0, 0].map(u16),
      signature('acsp'),
      Buffer.alloc(28),
      // Illuminant D50 at byte 68.
      ...[0.9642, 1, 0.8249].map(fixed),
    ],
    128,
  )
}

/** A multilocalised text with one record, in English. */
function localised(text: string): Buffer {
  const utf16 = Buffer.from(text, 'utf16le').swap16()
  return Buffer.concat([signature('mluc'), u32(0), u32(1), u32(12), Buffer.from('enUS', 'latin1'), u32(utf16.length), u32(28), utf16])
}

function signature(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** A signed number with 16 binary places. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(Math.round(value * 65_536))
  return bytes
}
