#!/usr/bin/env bash
# Third-party judges on what the running product hands out: libxml2 with the official schemas and xmlsec1 (inside the racconto, where they are at hand),
# unzip on the packages it downloaded, qpdf, poppler, veraPDF and zbar on the PDF files (.ci/pdf.sh), Spectral on the OpenAPI description.
set -eu -o pipefail
cd "$(dirname "$0")/.."
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
RACCONTO_SALVA=$files npm run --silent racconto

echo 'unzip -t on the package of versamento'
for zip in "$files"/*_pacchetto; do unzip -tq "$zip"; done

echo 'qpdf, poppler, veraPDF and zbar on every PDF'
bash .ci/pdf.sh "$files" || {
  code=$?
  [ $code -eq 3 ] || exit $code
}

if [ -n "${FALDONE_MATERIALI:-}" ]; then
  echo 'xmllint with both published copies of the PIndex schema'
  for schema in "$FALDONE_MATERIALI"/schemas/conservazione/sincro-v2/*.xsd; do
    xmllint --nonet --noout --schema "$schema" "$files"/*_indice.xml
  done
fi

echo 'Spectral on the OpenAPI description'
cp "$files"/*openapi.json "$files/openapi.json"
printf 'extends: ["spectral:oas"]\n' > "$files/spectral.yaml"
npx --yes @stoplight/spectral-cli@6.16.3 lint --ruleset "$files/spectral.yaml" --fail-severity warn "$files/openapi.json"
