/** Start of the web app. */
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import './stili/caratteri.css'
import './stili/base.css'
import './stili/attesa.css'
import './stili/guscio.css'
import './stili/accesso.css'
import './stili/finestre.css'
import './stili/campi.css'
import './stili/moduli.css'
import './stili/anteprima.css'
import './stili/registro.css'
import './stili/stampe.css'
import './stili/schede.css'
import './stili/scrivania.css'
import './stili/grafici.css'
import './stili/ricerca.css'
import './stili/cittadino.css'
import './stili/emergenza.css'
import './stili/stretto.css'

const root = document.getElementById('radice')
if (root !== null) createRoot(root).render(<App />)
