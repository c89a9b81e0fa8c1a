#!/usr/bin/env bash
# The judges judged: a folder of files spoiled one by one, each of which must be refused by name, by the judge whose matter it is. A check that cannot fail
# is a defect. Usage: .ci/prova.sh FOLDER (of good files, from the racconto).
set -u -o pipefail
cd "$(dirname "$0")/.."
good=$1
bad=$(mktemp -d)
trap 'rm -rf "$bad" "$bad.xml"' EXIT
mkdir "$bad.xml"
cp "$good/autorita-di-firma.pem" "$bad/"

pick() { find "$good" -maxdepth 1 -name "$1" | sort | head -n 1; }
receipt=$(pick '*_ricevuta.pdf_formato_A5')
letter=$(grep -la '^%PDF-' "$good"/*_messaggi_*_file | head -n 1)
signed=$(grep -la '/ByteRange' "$good"/*_documenti_*_file_* | head -n 1)
register=$(pick '*_registro.xml')
segnatura=$(pick '*_segnatura.xml')
for file in "$receipt" "$letter" "$signed" "$register" "$segnatura"; do
  [ -s "$file" ] || { echo 'a good file to spoil is missing' && exit 1; }
done
export LC_ALL=C

head -c $(($(stat -c %s "$receipt") - 3000)) "$receipt" >"$bad/tronco.pdf"
{ cat "$letter" && printf '\n%%<pdfaid:part>3</pdfaid:part>\n'; } >"$bad/finto.pdf"
cp "$letter" "$bad/senza-segno.pdf"
cp "$receipt" "$bad/falsa-etichetta.pdf"
sed 's|/M (D:2|/M (D:1|' "$signed" >"$bad/firma-alterata.pdf"
{ cat "$signed" && printf '%%aggiunto dopo\n'; } >"$bad/firma-seguita.pdf"
cp "$receipt" "$bad/buona_ricevuta.pdf"

sed 's|<[A-Za-z]*:\{0,1\}Intestazione>.*||' "$register" | head -c 400 >"$bad.xml/rotto.xml"
sed 's|</Registro>|<Estraneo/></Registro>|' "$register" >"$bad.xml/registro-estraneo.xml"
sed 's|\(NumeroRegistrazione>\)0|\11|' "$segnatura" >"$bad.xml/segnatura-alterata.xml"
printf '<?xml version="1.0"?>\n<Sconosciuto/>\n' >"$bad.xml/sconosciuto.xml"
cp "$segnatura" "$bad.xml/segnatura-buona.xml"

wrong=0
asked=0
expect() {
  asked=$((asked + 1))
  grep -q "REFUSED: $2" <<<"$1" || { echo "  NOT REFUSED as it should: $2" && wrong=1; }
}
refuses() { # output, code, judge
  [ "$2" -eq 1 ] || { echo "  $3 ends with $2 on spoiled files" && wrong=1; }
}

said=$(bash .ci/pdf.sh "$bad" 2>&1)
refuses "$said" $? .ci/pdf.sh
expect "$said" 'qpdf --check tronco.pdf'
expect "$said" 'senza-segno.pdf does not say to be PDF/A'
expect "$said" 'finto.pdf has no structure'
expect "$said" 'pdfsig firma-alterata.pdf'
expect "$said" '\(pdfsig\|openssl cms -verify\) firma-seguita.pdf'
expect "$said" 'codes read on falsa-etichetta.pdf'
expect "$said" 'zbarimg and zxing had 0 good labels'
grep -q 'veraPDF (java' <<<"$said" || expect "$said" 'veraPDF 3a: FAIL finto.pdf'
said_pdf=$said

said=$(bash .ci/xml.sh "$bad.xml" 2>&1)
refuses "$said" $? .ci/xml.sh
expect "$said" 'rotto.xml is not well formed'
expect "$said" 'xmllint registro.xsd registro-estraneo.xml'
expect "$said" 'xmlsec1 segnatura-alterata.xml'
expect "$said" 'sconosciuto.xml: nobody judges'
expect "$said" 'no PIndex was handed out'

said_files=$(bash .ci/attesi.sh "$bad" 2>&1)
refuses "$said_files" $? .ci/attesi.sh
expect "$said_files" '0 of at least 1 files: receipt A4'

# And what is good among them is not refused.
grep -q 'REFUSED.*\(buona_ricevuta\|segnatura-buona\)' <<<"$said_pdf$said" && echo '  a good file was refused' && wrong=1
[ $wrong -eq 0 ] || printf '%s\n' "$said_pdf" "$said" "$said_files"
echo "spoiled files refused by name: $asked looked for, $([ $wrong -eq 0 ] && echo all found || echo NOT all found)"
exit $wrong
