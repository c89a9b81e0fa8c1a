#!/usr/bin/env bash
# Judges of the PDF files in a folder, on every one of them: qpdf and pdfinfo (whole and readable), pdffonts (nothing relies on the reader's fonts), veraPDF
# (what a file says to be, PDF/A-3a and PDF/UA-1, it is), zbarimg and zxing (codes at the resolution of the label printers), pdfsig and openssl (signatures).
# Usage: .ci/pdf.sh FOLDER. Exit 1 when a file is refused, 3 when a judge is missing on this machine: the others have judged.
set -u -o pipefail
cd "$(dirname "$0")/.."
folder=$1
refused=0
missing=()
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/ours" "$work/dentro"
# What is inside a package is handed out too: under the name of the package and its own.
for zip in "$folder"/*_pacchetto "$folder"/*.zip; do
  [ -e "$zip" ] || continue
  unzip -qo "$zip" -d "$work/aperto" || echo "  $(basename "$zip") cannot be opened"
  while IFS= read -r file; do
    name=${file#"$work/aperto/"}
    mv "$file" "$work/dentro/$(basename "$zip")_${name//\//_}"
  done < <(find "$work/aperto" -type f -name '*.pdf')
  rm -rf "$work/aperto"
done

refuse() {
  echo "  REFUSED: $1"
  refused=1
}
has() { command -v "$1" >/dev/null || { missing+=("$1") && return 1; }; }

# Files are recognised by what they are, not by their names. Ours say to be PDF/A; the others must be of a kind that is listed with its reason.
files=()
ours=()
while IFS= read -r file; do
  [ "$(head -c 5 "$file")" = '%PDF-' ] || continue
  files+=("$file")
  name=$(basename "$file")
  if grep -aq '<pdfaid:part>' "$file"; then
    # veraPDF judges by the name's end.
    ours+=("$work/ours/${name%.pdf}.pdf")
    cp "$file" "$work/ours/${name%.pdf}.pdf"
    continue
  fi
  allowed=''
  while read -r pattern reason; do
    case $pattern in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2254
    case $name in $pattern) allowed=$reason ;; esac
  done <.ci/pdf-altrui.txt
  [ -n "$allowed" ] || refuse "$name does not say to be PDF/A, and is not among the files of others (.ci/pdf-altrui.txt)"
  # What we print says who made it: a print that lost its mark does not hide under the name of somebody else's file.
  pdfinfo "$file" 2>/dev/null | grep -q '^Producer: *Faldone$' && refuse "$name was printed here and does not say to be PDF/A"
done < <(find "$folder" "$work/dentro" -type f | sort)
[ ${#files[@]} -gt 0 ] || { echo "no PDF in $folder" && exit 1; }
[ ${#ours[@]} -gt 0 ] || { echo "no PDF of ours in $folder" && exit 1; }
echo "${#files[@]} PDF: ${#ours[@]} printed by the product, $((${#files[@]} - ${#ours[@]})) of others"

if has qpdf; then
  good=0
  for file in "${files[@]}"; do
    verdict=$(qpdf --check "$file" 2>&1)
    code=$?
    # Code 3: a warning on somebody else's file. Ours must have none.
    if [ $code -eq 0 ] || { [ $code -eq 3 ] && ! grep -aq '<pdfaid:part>' "$file"; }; then good=$((good + 1)); else
      refuse "qpdf --check $(basename "$file"): $(tail -n 1 <<<"$verdict")"
    fi
  done
  echo "qpdf --check: $good of ${#files[@]}"
fi

if has pdfinfo && has pdffonts; then
  good=0
  for file in "${ours[@]}"; do
    name=$(basename "$file")
    before=$refused
    refused=0
    info=$(pdfinfo "$file" 2>&1) || refuse "pdfinfo $name"
    grep -q '^Tagged: *yes' <<<"$info" || refuse "$name has no structure"
    grep -q '^Encrypted: *no' <<<"$info" || refuse "$name is encrypted"
    grep -q '^Title: *[^ ]' <<<"$info" || refuse "$name has no title"
    # emb, sub and uni are the three columns before object number and generation.
    pdffonts "$file" 2>/dev/null | tail -n +3 | awk '{ if ($(NF-4) != "yes" || $(NF-2) != "yes") exit 1 }' || refuse "$name has a font that is not inside"
    [ $refused -eq 0 ] && good=$((good + 1))
    refused=$((before | refused))
  done
  echo "pdfinfo, pdffonts: $good of ${#ours[@]}"
fi

# veraPDF from its Maven artefacts; the list of them is kept beside the local repository.
verapdf() {
  local list="${XDG_CACHE_HOME:-$HOME/.cache}/faldone-verapdf/$(sha256sum .ci/verapdf/pom.xml | cut -c1-16).txt"
  if [ ! -s "$list" ] || ! tr ':' '\n' <"$list" | xargs -d '\n' ls >/dev/null 2>&1; then
    mkdir -p "$(dirname "$list")"
    timeout 600 mvn -q -B -f .ci/verapdf/pom.xml dependency:build-classpath "-Dmdep.outputFile=$list" >/dev/null || return 3
  fi
  java -cp "$(cat "$list")" org.verapdf.apps.GreenfieldCliWrapper "$@"
}
if command -v java >/dev/null && command -v mvn >/dev/null && verapdf --version >/dev/null 2>&1; then
  for flavour in 3a ua1; do
    verdict=$(verapdf --format text --flavour $flavour "${ours[@]}" 2>&1)
    passed=$(grep -c '^PASS ' <<<"$verdict")
    while IFS= read -r line; do refuse "veraPDF $flavour: $line"; done < <(grep -v '^PASS ' <<<"$verdict" | sed "s|$work/ours/||" | grep .)
    [ "$passed" -eq ${#ours[@]} ] || refuse "veraPDF $flavour judged $passed good of ${#ours[@]}"
    echo "veraPDF $flavour: $passed of ${#ours[@]}"
  done
else missing+=('veraPDF (java, mvn and the Maven repository)'); fi

if has zbarimg && has pdftoppm; then
  labels=0
  receipts=0
  asked=0
  for file in "${ours[@]}"; do
    name=$(basename "$file")
    case $name in *etichett* | *ricevuta*) ;; *) continue ;; esac
    asked=$((asked + 1))
    rm -f "$work"/pagina*.png
    pdftoppm -r 203 -png "$file" "$work/pagina"
    codes=$(zbarimg -q --raw "$work"/pagina*.png 2>/dev/null | sort)
    # The other reader, on the same dots: both must read the same.
    other=$(node .ci/zxing.js "$work"/pagina*.png | sort)
    [ "$codes" = "$other" ] || refuse "$name: zbarimg reads «$codes», zxing «$other»"
    case $name in
      *etichett*)
        # Two codes; the QR is the segnatura, whose number is in the bars too.
        number=$(sed -n 's/.*#\([0-9]\{7,\}\)#[EUI]$/\1/p' <<<"$codes" | head -n 1)
        { [ -n "$number" ] && grep -q "[0-9]\{4\}$number\$" <<<"$codes" && labels=$((labels + 1)); } || refuse "codes read on $name: $codes"
        ;;
      *) { grep -q '^https\?://.*/area-personale' <<<"$codes" && receipts=$((receipts + 1)); } || refuse "no address read on $name: $codes" ;;
    esac
  done
  { [ $labels -ge 4 ] && [ $receipts -ge 3 ]; } || refuse "zbarimg and zxing had $labels good labels and $receipts good receipts: at least 4 and 3 are expected"
  echo "zbarimg and zxing at 203 dpi: $((labels + receipts)) of $asked ($labels labels, $receipts receipts)"
fi

# Integrity first (the signed bytes are these, and no others follow them), then the certificate against the authority of the tests, where it is given.
openssl_judges() {
  local range=() sig=$work/firma.der data=$work/firmato.bin trust=(-noverify)
  read -r -a range < <(grep -ao '/ByteRange *\[[0-9 ]*\]' "$1" | tail -n 1 | tr -dc '0-9 ')
  [ "${#range[@]}" -eq 4 ] && [ "${range[0]}" -eq 0 ] && [ $((range[2] + range[3])) -eq "$(stat -c %s "$1")" ] || return 1
  { head -c "${range[1]}" "$1" && tail -c "${range[3]}" "$1"; } >"$data"
  # The hole holds the CMS in hexadecimal, filled with zeros; openssl reads the first object and leaves the rest.
  tail -c +$((range[1] + 2)) "$1" | head -c $((range[2] - range[1] - 2)) | tr 'a-f' 'A-F' | basenc --base16 -d >"$sig" || return 1
  [ -e "$folder/autorita-di-firma.pem" ] && trust=(-CAfile "$folder/autorita-di-firma.pem" -purpose any)
  openssl cms -verify -inform DER -binary -in "$sig" -content "$data" "${trust[@]}" -out /dev/null 2>&1
}
if has pdfsig && has openssl; then
  signed=0
  good=0
  for file in "${files[@]}"; do
    grep -aq '/ByteRange' "$file" || continue
    signed=$((signed + 1))
    name=$(basename "$file")
    verdict=$(pdfsig -nocert "$file" 2>&1)
    if ! grep -q 'Signature is Valid' <<<"$verdict" || grep -q 'Signature is Invalid\|Signature has not yet been verified\|Not total document signed' <<<"$verdict"; then
      refuse "pdfsig $name: $(grep -v '^Digital' <<<"$verdict" | tail -n 2 | tr '\n' ' ')"
    elif ! verdict=$(openssl_judges "$file"); then
      refuse "openssl cms -verify $name: $(tail -n 1 <<<"$verdict")"
    else good=$((good + 1)); fi
  done
  [ $signed -ge 1 ] || refuse 'pdfsig had no signed file: the signed letter is expected'
  echo "pdfsig «Signature is Valid», openssl cms -verify: $good of $signed"
fi

[ $refused -eq 0 ] || exit 1
if [ ${#missing[@]} -gt 0 ]; then
  echo "Not on this machine: ${missing[*]}. What they judge was NOT judged here."
  exit 3
fi
