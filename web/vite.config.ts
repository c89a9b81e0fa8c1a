/** Build of the web app: hashed assets in web/dist, no inline script or style, PDF fonts and decoders served by ourselves. */
import { createHash } from 'node:crypto'
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

/** The service worker of the emergency page: it keeps the files that page is made of, and nothing else. */
function emergencyWorker(): Plugin {
  return {
    name: 'faldone-emergenza',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = new Set(['/emergenza/', '/emergenza/manifesto.webmanifest', '/emergenza/icona.svg'])
        const seen = new Set<string>()
        const visit = (name: string): void => {
          const chunk = bundle[name]
          if (seen.has(name) || chunk?.type !== 'chunk') return
          seen.add(name)
          for (const file of [name, ...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
            files.add(`/${file}`)
          for (const other of [...chunk.imports, ...chunk.dynamicImports]) visit(other)
        }
        const entry = Object.values(bundle).find((item) => item.type === 'chunk' && item.isEntry && item.name === 'emergenza')
        if (entry === undefined) throw new Error('the emergency page is not in the bundle')
        visit(entry.fileName)
        // What a style sheet names (fonts) is kept with it.
        for (const file of files) {
          const asset = bundle[file.slice(1)]
          if (asset?.type !== 'asset' || !file.endsWith('.css')) continue
          for (const [, path] of String(asset.source).matchAll(/url\(["']?(\/assets\/[^"')]+)/gu)) if (path !== undefined) files.add(path)
        }
        const list = [...files].toSorted()
        const version = createHash('sha256')
          .update(JSON.stringify(list))
          .update(readFileSync(join(here, 'emergenza/index.html')))
          .digest('hex')
          .slice(0, 16)
        const source = readFileSync(join(here, 'emergenza/lavoratore.js'), 'utf8')
          .replace('__VERSIONE__', version)
          .replace("['__FILE__']", JSON.stringify(list))
        this.emitFile({ type: 'asset', fileName: 'emergenza/lavoratore.js', source })
      },
    },
  }
}

export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), pdfData(), emergencyWorker()],
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
    rollupOptions: { input: { index: join(here, 'index.html'), emergenza: join(here, 'emergenza/index.html') } },
    // data: URLs would need a wider content policy: every asset is a file.
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
})
