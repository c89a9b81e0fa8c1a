/** Start of the emergency page: its own document, its own service worker, no shell, no call to the server once the series is installed. */
import { createRoot } from 'react-dom/client'
import '../../../stili/tavolozze/blu-istituzionale.scss'
import '../../../stili/caratteri.css'
import '../../../stili/base.css'
import '../../../stili/guscio.css'
import '../../../stili/campi.css'
import '../../../stili/schede.css'
import '../../../stili/emergenza.css'
import { Scorciatoie } from '../../../ui/Scorciatoie.tsx'
import { Pagina } from './Pagina.tsx'

const root = document.getElementById('radice')
if (root !== null)
  createRoot(root).render(
    <Scorciatoie>
      <Pagina />
    </Scorciatoie>,
  )
