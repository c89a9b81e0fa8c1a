/** The signature of the head of records management on a register: download, sign elsewhere, bring back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, compiAtto } from '../../api/client.ts'
import { t } from '../../testi/it.ts'
import { useAnnuncio } from '../../ui/Annunci.tsx'
import { EsitoProblema } from '../../ui/EsitoBar.tsx'
import { Icona } from '../../ui/Icona.tsx'
import { caricaFile } from '../protocollo/caricamento.ts'
import type { Dettaglio } from './dati.ts'

const r = t.registroGiornaliero

export function Firma({ ente, dati }: { ente: string; dati: Dettaglio }) {
  const client = useQueryClient()
  const annuncia = useAnnuncio()
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const { id: contenutoId } = await caricaFile(ente, file, () => undefined)
      return await compiAtto<Dettaglio>(`${ente}:firma:${dati.id}`, api(ente, 'registri-giornalieri', dati.id, 'firma'), { contenutoId })
    },
    onSuccess: async () => {
      annuncia(r.firmaCaricata)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['registri-giornalieri', ente] }),
        client.invalidateQueries({ queryKey: ['registro-giornaliero', ente] }),
      ])
    },
  })
  const choose = (files: FileList | null): void => {
    const file = files?.[0]
    if (file !== undefined) bring.mutate(file)
  }
  return (
    <section aria-label={r.firma}>
      <h3>{r.firma}</h3>
      {bring.error === null ? null : <EsitoProblema errore={bring.error} />}
      <p>
        <a href={api(ente, 'registri-giornalieri', dati.id, 'registro.pdf')} download>
          <Icona nome="download" dimensione={16} /> {r.scaricaDaFirmare}
        </a>
      </p>
      <p className="campo-aiuto">
        {r.improntaDaFirmare}: <code className="impronta">{dati.improntaPdf}</code>
      </p>
      <div className="campo">
        <label htmlFor="registro-firmato">{r.caricaFirmato}</label>
        <input
          id="registro-firmato"
          type="file"
          accept="application/pdf,.pdf"
          className="controllo"
          aria-describedby="registro-firmato-aiuto"
          disabled={bring.isPending}
          onChange={(event) => choose(event.target.files)}
        />
        <p className="campo-aiuto" id="registro-firmato-aiuto">
          {r.firmaSpiega}
        </p>
      </div>
      {bring.isPending ? <p role="status">{r.inCaricamento}</p> : null}
    </section>
  )
}
