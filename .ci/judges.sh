#!/usr/bin/env bash
# Third-party judges on what the running product hands out: the racconto keeps every file it downloads, then all of them are counted (.ci/attesi.txt) and
# judged: qpdf, poppler, veraPDF, zbar, zxing, pdfsig and openssl on every PDF (.ci/pdf.sh), xmllint with our schemas and the official ones and xmlsec1 on
# every XML (.ci/xml.sh), Spectral on the OpenAPI description. Last, the judges are judged on spoiled files (.ci/prova.sh).
# RACCONTO_SALVA names a folder already filled by a racconto: then none is run.
set -u -o pipefail
cd "$(dirname "$0")/.."
failed=()
absent=()
judge() {
  local name=$1 started=$SECONDS code
  shift
  echo
  echo "$name"
  "$@"
  code=$?
  case $code in 0) ;; 3) absent+=("$name") ;; *) failed+=("$name") ;; esac
  echo "  ($((SECONDS - started)) s)"
}

spectral() {
  cp "$files"/*openapi.json "$files/openapi.json"
  printf 'extends: ["spectral:oas"]\n' >"$files/spectral.yaml"
  npx --yes @stoplight/spectral-cli@6.16.3 lint --ruleset "$files/spectral.yaml" --fail-severity warn "$files/openapi.json"
}

files=${RACCONTO_SALVA:-}
if [ -z "$files" ]; then
  files=$(mktemp -d)
  trap 'rm -rf "$files"' EXIT
  started=$SECONDS
  RACCONTO_SALVA=$files npm run --silent racconto || exit 1
  echo "  ($((SECONDS - started)) s)"
fi
judge 'What was handed out' bash .ci/attesi.sh "$files"
judge 'PDF' bash .ci/pdf.sh "$files"
judge 'XML' bash .ci/xml.sh "$files"
judge 'The judges, on spoiled files' bash .ci/prova.sh "$files"
judge 'Spectral on the OpenAPI description' spectral

echo
[ ${#absent[@]} -eq 0 ] || printf 'NOT wholly judged on this machine: %s\n' "${absent[@]}"
[ ${#failed[@]} -eq 0 ] || { printf 'REFUSED: %s\n' "${failed[@]}" && exit 1; }
