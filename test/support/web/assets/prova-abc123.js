export const prova = 'prova'.repeat(3)
