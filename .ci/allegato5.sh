#!/usr/bin/env bash
# xmllint with the official Allegato 5 schemas against our validator: the same verdict on six instances and on 250 spoiled copies of each.
# Without the outside materials there is nothing to compare with: it says so and ends well.
set -eu -o pipefail
cd "$(dirname "$0")/.."
if [ -z "${FALDONE_MATERIALI:-}" ]; then
  echo 'Allegato 5: no outside materials, the official schemas were not consulted'
  exit 0
fi
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
# The machine's own Node may be older than the one the product runs on.
"$(node -e "import('./server/runtime.js').then((runtime) => console.log(runtime.findNode()))")" .ci/allegato5.js "$files"
for profile in DI:DocumentoInformatico DAI:DocumentoAmministrativoInformatico AGG:AggregazioneDocumentaliInformatiche; do
  short=${profile%%:*}
  schema="$FALDONE_MATERIALI/schemas/allegato5/${profile##*:}.xsd"
  # xmllint answers 3 when a file is not valid: the verdicts are in its words. A file that is not XML would say neither.
  (cd "$files/$short" && xmllint --nonet --noout --schema "$schema" ./*.xml 2>&1 || true) |
    sed -nE 's#^\./(.*\.xml) validates$#\1 validates#p; s#^\./(.*\.xml) fails to validate$#\1 fails#p' | sort > "$files/$short.xmllint"
  diff "$files/$short.ours" "$files/$short.xmllint" || {
    echo "Allegato 5: xmllint and our validator disagree on $short"
    exit 1
  }
  echo "Allegato 5 $short: $(wc -l < "$files/$short.ours") files, $(grep -c validates "$files/$short.ours") valid, same verdict by xmllint"
done
