#!/usr/bin/env bash
# Are all the files there that the racconto must hand out? Usage: .ci/attesi.sh FOLDER. Fewer than expected of any kind is a failure: a judge that gets
# nothing to judge accepts everything.
set -u -o pipefail
cd "$(dirname "$0")/.."
folder=$1
wrong=0
kinds=0
while read -r least pattern what; do
  case $least in '' | '#'*) continue ;; esac
  kinds=$((kinds + 1))
  # The pattern is a pattern: it is not quoted on purpose.
  # shellcheck disable=SC2086
  found=$(cd "$folder" && compgen -G "$pattern" | wc -l)
  [ "$found" -ge "$least" ] || { echo "  REFUSED: $found of at least $least files: $what ($pattern)" && wrong=1; }
done <.ci/attesi.txt
echo "files handed out: $kinds kinds looked for, $(find "$folder" -type f | wc -l) files"
exit $wrong
