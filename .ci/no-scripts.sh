#!/usr/bin/env bash
# npm may block install scripts: the tests must pass after `npm ci --ignore-scripts` in a copy of the checkout.
set -eu -o pipefail
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
chmod 755 "$copy"
git archive HEAD | tar -x -C "$copy"
cd "$copy"
npm ci --ignore-scripts --no-audit --no-fund --silent
npm test --silent -- kernel protocollo/numerazione
