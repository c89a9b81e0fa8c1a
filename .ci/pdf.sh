#!/usr/bin/env bash
# Judges of the PDF files in a folder, on every one of them: qpdf and pdfinfo (whole and readable), pdffonts (nothing relies on the reader's fonts), veraPDF
# (what a file says to be, PDF/A-3a and PDF/UA-1, it is), zbarimg (codes at the resolution of the label printers), pdfsig (signatures are valid).
# Usage: .ci/pdf.sh FOLDER. Exit 3 when a judge is missing on this machine: the others have judged.
set -u -o pipefail
cd "$(dirname "$0")/.."
folder=$1
refused=0
missing=()

refuse() {
  echo "  REFUSED: $1"
  refused=1
}

# Files are recognised by what they are, not by their names.
files=()
while IFS= read -r file; do
  [ "$(head -c 5 "$file")" = '%PDF-' ] && files+=("$file")
done < <(find "$folder" -type f | sort)
[ ${#files[@]} -gt 0 ] || { echo "no PDF in $folder" && exit 1; }

# Ours are those that say to be PDF/A: originals of the invented letters and stamped copies say nothing.
ours=$(mktemp -d)
trap 'rm -rf "$ours"' EXIT
for file in "${files[@]}"; do
  grep -aq '<pdfaid:part>3<' "$file" && cp "$file" "$ours/$(basename "$file" .pdf).pdf"
done
claimed=("$ours"/*.pdf)
[ -e "${claimed[0]}" ] || { echo "no PDF of ours in $folder" && exit 1; }
echo "${#files[@]} PDF, ${#claimed[@]} of them printed by the product"

for program in qpdf pdfinfo pdffonts pdftoppm pdfsig zbarimg; do
  command -v $program >/dev/null || missing+=("$program")
done

if command -v qpdf >/dev/null; then
  for file in "${files[@]}"; do
    # Code 3: a warning on somebody else's file. Ours must have none.
    verdict=$(qpdf --check "$file" 2>&1)
    code=$?
    [ $code -eq 0 ] || { [ $code -eq 3 ] && [ ! -e "$ours/$(basename "$file" .pdf).pdf" ]; } || refuse "qpdf --check $(basename "$file"): $(tail -n 1 <<<"$verdict")"
  done
  echo "qpdf --check: ${#files[@]} files"
fi
if command -v pdfinfo >/dev/null && command -v pdffonts >/dev/null; then
  for file in "${claimed[@]}"; do
    info=$(pdfinfo "$file" 2>&1) || refuse "pdfinfo $(basename "$file")"
    grep -q '^Tagged: *yes' <<<"$info" || refuse "$(basename "$file") has no structure"
    grep -q '^Encrypted: *no' <<<"$info" || refuse "$(basename "$file") is encrypted"
    grep -q '^Title: *[^ ]' <<<"$info" || refuse "$(basename "$file") has no title"
    # emb, sub and uni are the three columns before object number and generation.
    pdffonts "$file" 2>/dev/null | tail -n +3 | awk '{ if ($(NF-4) != "yes" || $(NF-2) != "yes") exit 1 }' || refuse "$(basename "$file") has a font that is not inside"
  done
  echo "pdfinfo, pdffonts: ${#claimed[@]} files"
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
    verdict=$(verapdf --format text --flavour $flavour "${claimed[@]}" 2>&1)
    passed=$(grep -c '^PASS ' <<<"$verdict")
    [ "$passed" -eq ${#claimed[@]} ] || { refuse "veraPDF $flavour: $passed of ${#claimed[@]}" && grep -v '^PASS ' <<<"$verdict"; }
    echo "veraPDF $flavour: $passed of ${#claimed[@]} accepted"
  done
else missing+=('veraPDF (java, mvn and the Maven repository)'); fi

if command -v zbarimg >/dev/null && command -v pdftoppm >/dev/null; then
  read_codes() {
    pdftoppm -r 203 -png "$1" "$ours/pagina" && zbarimg -q --raw "$ours"/pagina*.png 2>/dev/null
    rm -f "$ours"/pagina*.png
  }
  labels=0
  receipts=0
  for file in "${claimed[@]}"; do
    case $(basename "$file") in
      *etichetta.pdf*)
        # Two codes; the QR is the segnatura, whose number is in the bars too.
        codes=$(read_codes "$file")
        number=$(sed -n 's/.*#\([0-9]\{7,\}\)#[EUI]$/\1/p' <<<"$codes")
        { [ -n "$number" ] && grep -q "[0-9]\{4\}$number\$" <<<"$codes" && labels=$((labels + 1)); } || refuse "zbarimg reads on $(basename "$file"): $codes"
        ;;
      *ricevuta.pdf*)
        { read_codes "$file" | grep -q '^https\?://.*/area-personale' && receipts=$((receipts + 1)); } || refuse "zbarimg reads no address on $(basename "$file")"
        ;;
    esac
  done
  { [ $labels -ge 2 ] && [ $receipts -ge 1 ]; } || refuse "zbarimg had $labels labels and $receipts receipts to read"
  echo "zbarimg: $labels labels and $receipts receipts read at 203 dpi"
fi
if command -v pdfsig >/dev/null; then
  signed=0
  for file in "${files[@]}"; do
    grep -aq '/ByteRange' "$file" || continue
    signed=$((signed + 1))
    verdict=$(pdfsig -nocert "$file" 2>&1)
    grep -q 'Signature is Valid' <<<"$verdict" && ! grep -q 'Signature is Invalid\|Signature has not yet been verified' <<<"$verdict" || refuse "pdfsig $(basename "$file"): $verdict"
  done
  echo "pdfsig: $signed signed files"
fi

[ $refused -eq 0 ] || exit 1
if [ ${#missing[@]} -gt 0 ]; then
  echo "Not on this machine: ${missing[*]}. What they judge was NOT judged here."
  exit 3
fi
