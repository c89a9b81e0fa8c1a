#!/usr/bin/env bash
# Judges of the XML files in a folder, also of those inside its packages and inside its PDF files: xmllint with our schema of each kind, xmllint with the
# official ones where FALDONE_MATERIALI is, xmlsec1 on every seal. Usage: .ci/xml.sh FOLDER. Exit 1 when a file is refused or of a kind nobody can judge,
# 3 when a judge is missing on this machine.
set -u -o pipefail
cd "$(dirname "$0")/.."
folder=$1
refused=0
missing=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ours=metadata-schemas
theirs=${FALDONE_MATERIALI:+$FALDONE_MATERIALI/schemas}

refuse() {
  echo "  REFUSED: $1"
  refused=1
}
for program in xmllint xmlsec1 unzip pdfdetach; do command -v $program >/dev/null || missing+=("$program"); done
command -v xmllint >/dev/null || { echo 'xmllint is not on this machine: no XML was judged' && exit 3; }

# The packages are opened beside the files, and what a PDF carries inside.
inside=0
for zip in "$folder"/*_pacchetto "$folder"/*.zip; do
  [ -e "$zip" ] || continue
  unzip -tq "$zip" >/dev/null || refuse "unzip -t $(basename "$zip")"
  mkdir -p "$work/dentro/$(basename "$zip")" && unzip -qo "$zip" -d "$work/dentro/$(basename "$zip")"
done
for pdf in "$folder"/*; do
  [ "$(head -c 5 "$pdf")" = '%PDF-' ] || continue
  pdfdetach -list "$pdf" 2>/dev/null | grep -q '^[1-9][0-9]* embedded' || continue
  inside=$((inside + 1))
  mkdir -p "$work/dentro/$(basename "$pdf")" && pdfdetach -saveall -o "$work/dentro/$(basename "$pdf")" "$pdf" || refuse "pdfdetach $(basename "$pdf")"
done

# kind → our schema, official schemas. A kind that is not here is judged by nobody, and that is told.
schema_of() {
  case $1 in
    SegnaturaInformatica) echo "$ours/segnatura/segnatura.xsd" ;;
    DocumentoAmministrativoInformatico) echo "$ours/allegato5/xsd/documento-amministrativo-informatico.xsd" ;;
    DocumentoInformatico) echo "$ours/allegato5/xsd/documento-informatico.xsd" ;;
    AggregazioneDocumentaliInformatiche) echo "$ours/allegato5/xsd/aggregazione.xsd" ;;
    PIndex) echo "$ours/sincro/pindex.xsd" ;;
    RapportoDiVersamento) echo "$ours/rdv/rapporto.xsd" ;;
    Registro) echo "$ours/registro/registro.xsd" ;;
    Esportazione) echo "$ours/esportazione/esportazione.xsd" ;;
    RepertorioDeiFascicoli) echo "$ours/repertorio/repertorio.xsd" ;;
  esac
}
official_of() {
  case $1 in
    SegnaturaInformatica) echo "$theirs/allegato6/segnatura_protocollo.xsd" ;;
    DocumentoAmministrativoInformatico | DocumentoInformatico | AggregazioneDocumentaliInformatiche) echo "$theirs/allegato5/$1.xsd" ;;
    PIndex) echo "$theirs/conservazione/sincro-v2/PIndex.xsd" "$theirs/conservazione/sincro-v2/PIndex-variante-parer.xsd" ;;
    RapportoDiVersamento) echo "$theirs/conservazione/rdv/RdV-neutro.xsd" ;;
  esac
}

declare -A asked=() good=() official=() official_good=()
sealed=0
sealed_good=0
others=0
while IFS= read -r file; do
  [ "$(head -c 4 "$file" | tr -d '\357\273\277\000' | head -c 1)" = '<' ] || continue
  case $file in *.xsd | *.eml | *.html) continue ;; esac
  name=${file#"$folder"/}
  name=${name#"$work"/dentro/}
  kind=$(xmllint --nonet --xpath 'local-name(/*)' "$file" 2>/dev/null) || { refuse "$name is not well formed" && continue; }
  # The certificate data of a certified message are its manager's.
  [ "$kind" = postacert ] && others=$((others + 1)) && continue
  schema=$(schema_of "$kind")
  [ -n "$schema" ] || { refuse "$name: nobody judges a «$kind»" && continue; }
  asked[$kind]=$((${asked[$kind]:-0} + 1))
  judged=$file
  # Our schema of the segnatura is of the one to be sealed; the official one wants the seal.
  if [ "$kind" = SegnaturaInformatica ]; then
    judged=$work/senza-sigillo.xml
    perl -0pe 's{<([\w-]+:)?Signature\b.*</\1Signature>}{}s' "$file" >"$judged"
  fi
  if verdict=$(xmllint --nonet --noout --schema "$schema" "$judged" 2>&1); then good[$kind]=$((${good[$kind]:-0} + 1)); else
    refuse "xmllint $(basename "$schema") $name: $(head -n 1 <<<"${verdict//$judged:/}")"
  fi
  if [ -n "$theirs" ]; then
    for schema in $(official_of "$kind"); do
      official[$kind]=$((${official[$kind]:-0} + 1))
      if verdict=$(xmllint --nonet --noout --schema "$schema" "$file" 2>&1); then official_good[$kind]=$((${official_good[$kind]:-0} + 1)); else
        refuse "xmllint official $(basename "$schema") $name: $(head -n 1 <<<"${verdict//$file:/}")"
      fi
    done
  fi
  grep -q 'SignatureValue' "$file" || continue
  sealed=$((sealed + 1))
  command -v xmlsec1 >/dev/null || continue
  if verdict=$(xmlsec1 --verify --insecure --enabled-key-data x509 --id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties "$file" 2>&1); then
    sealed_good=$((sealed_good + 1))
  else refuse "xmlsec1 $name: $(grep -v '^$' <<<"$verdict" | head -n 1)"; fi
done < <(find "$folder" "$work/dentro" -type f | sort)

# Every kind that the product writes must have come.
for kind in SegnaturaInformatica DocumentoAmministrativoInformatico AggregazioneDocumentaliInformatiche PIndex RapportoDiVersamento Registro Esportazione; do
  [ "${asked[$kind]:-0}" -gt 0 ] || refuse "no $kind was handed out"
  line="xmllint $kind: ${good[$kind]:-0} of ${asked[$kind]:-0} with our schema"
  [ -z "$theirs" ] || [ -z "$(official_of "$kind")" ] || line+=", ${official_good[$kind]:-0} of ${official[$kind]:-0} with the official ones"
  echo "$line"
done
[ $sealed -ge 2 ] || refuse "xmlsec1 had $sealed seals: at least 2 are expected"
[ $inside -ge 1 ] || refuse 'no PDF carries its XML inside'
echo "xmlsec1: $sealed_good of $sealed seals; PDF with files inside: $inside; data of the certified mail, not ours: $others"
[ -n "$theirs" ] || echo 'The official schemas are not on this machine (FALDONE_MATERIALI): only ours judged.'

[ $refused -eq 0 ] || exit 1
if [ ${#missing[@]} -gt 0 ]; then
  echo "Not on this machine: ${missing[*]}. What they judge was NOT judged here."
  exit 3
fi
