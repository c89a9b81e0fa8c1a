import { createGestore } from './demo/posta/gestore.ts'
import { writeFileSync } from 'node:fs'
console.time('g')
const g = await createGestore({seme:'a',nome:'Postaviva',dominio:'postaviva.example',validoDal:new Date('2025-01-01T00:00:00Z'),validoAl:new Date('2035-01-01T00:00:00Z')})
console.timeEnd('g')
const s = await g.firma(Buffer.from('ciao\r\n'), new Date('2026-02-03T10:00:00Z'))
const s2 = await g.firma(Buffer.from('ciao\r\n'), new Date('2026-02-03T10:00:00Z'))
console.log(s.equals(s2), s.length)
writeFileSync('/tmp/s.p7s', s); writeFileSync('/tmp/ca.pem', g.ancoraPem); writeFileSync('/tmp/c.txt','ciao\r\n')
