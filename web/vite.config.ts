/** Build of the web app: hashed assets in web/dist, no inline script or style, PDF fonts and decoders served by ourselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const modules = resolve(here, '../node_modules')

/** Folders of pdfjs-dist the viewer asks for by name at run time (glyphs of the standard fonts, CMaps, colour profiles, image decoders). */
const PDF_FOLDERS = ['standard_fonts', 'cmaps', 'iccs', 'wasm']

/** Copies pdf.js's run-time data under assets/pdfjs/, so that no document ever makes the browser call another host. */
function pdfData(): Plugin {
  return {
    name: 'faldone-pdf-data',
    apply: 'build',
    generateBundle() {
      for (const folder of PDF_FOLDERS) {
        const from = join(modules, 'pdfjs-dist', folder)
        for (const name of readdirSync(from)) {
          if (name.startsWith('quickjs')) continue
          this.emitFile({ type: 'asset', fileName: `assets/pdfjs/${folder}/${name}`, source: readFileSync(join(from, name)) })
        }
      }
    },
  }
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), pdfData()],
  resolve: { dedupe: ['react', 'react-dom'] },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [modules],
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function', 'legacy-js-api'],
      },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // data: URLs would need a wider content policy: every asset is a file.
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
})
