export { scrivaniaEndpoints } from './routes.ts'
