// Jest transform: the same type stripping that Node applies at run time, so tests run the code that ships.
const { stripTypeScriptTypes } = require('node:module')

module.exports = {
  process(source, filename) {
    if (!filename.endsWith('.ts')) return { code: source }
    return { code: stripTypeScriptTypes(source, { mode: 'strip' }) }
  },
  getCacheKey(source, filename) {
    return require('node:crypto').createHash('sha256').update(filename).update('\0').update(source).digest('hex')
  },
}
