// Reads the codes on images (PNG) with zxing, one a line, as `zbarimg --raw` does. Usage: node .ci/zxing.js IMAGE…
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true })
for (const path of process.argv.slice(2)) {
  const image = await loadImage(path)
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), {
    formats: ['QRCode', 'Code128'],
    tryHarder: true,
  })
  for (const code of found) console.log(code.text)
}
