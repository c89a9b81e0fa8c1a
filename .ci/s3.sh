#!/usr/bin/env bash
# Runs a command beside a real S3 server, so that the storage contract is tested on S3 too:
#   .ci/s3.sh node test/run.js integration/storage
# The server is MinIO, compiled once from its Go module (about four minutes on two cores, 1.5 GB of temporary disk) and kept in
# $FALDONE_CI_CACHE (default ~/.cache/faldone-ci). FALDONE_CI_MINIO names a ready program instead.
# Ends with the status of the command; 3 when no S3 server can be had here, and says why.
set -euo pipefail

version=v0.0.0-20260212201848-7aac2a2c5b7c
cache="${FALDONE_CI_CACHE:-$HOME/.cache/faldone-ci}"
minio="${FALDONE_CI_MINIO:-$cache/minio-$version}"

if [ $# -eq 0 ]; then
  echo "usage: .ci/s3.sh command [argument...]" >&2
  exit 2
fi

work="$(mktemp -d)"
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT

if [ ! -x "$minio" ]; then
  if ! command -v go >/dev/null; then
    echo "S3: not run, Go is needed to build the server" >&2
    exit 3
  fi
  echo "S3: building MinIO $version" >&2
  mkdir -p "$cache"
  if ! GOBIN="$work/bin" GOPATH="$work/gopath" GOMODCACHE="$work/mod" GOCACHE="$work/gocache" GOFLAGS='-modcacherw -buildvcs=false' \
    nice -n 10 go install -p 2 -ldflags='-s -w' "github.com/minio/minio@$version" >"$work/build.log" 2>&1; then
    tail -n 20 "$work/build.log" >&2
    echo "S3: not run, the server could not be built" >&2
    exit 3
  fi
  mv "$work/bin/minio" "$minio"
  rm -rf "$work/mod" "$work/gocache" "$work/gopath"
fi

port="$(node -e "const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})")"
mkdir "$work/data"
MINIO_ROOT_USER=faldone MINIO_ROOT_PASSWORD=faldone-prova MINIO_UPDATE=off \
  "$minio" server --quiet --address "127.0.0.1:$port" "$work/data" >"$work/server.log" 2>&1 &
server=$!

ready=no
for _ in $(seq 1 60); do
  if node -e "fetch('http://127.0.0.1:$port/minio/health/live').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"; then
    ready=yes
    break
  fi
  kill -0 "$server" 2>/dev/null || break
  sleep 0.5
done
if [ "$ready" = no ]; then
  cat "$work/server.log" >&2
  echo "S3: not run, the server did not start" >&2
  exit 3
fi

echo "S3: MinIO $version on 127.0.0.1:$port" >&2
export FALDONE_TEST_S3_ENDPOINT="http://127.0.0.1:$port"
export FALDONE_TEST_S3_ACCESS_KEY=faldone
export FALDONE_TEST_S3_SECRET_KEY=faldone-prova
export FALDONE_TEST_S3_BUCKET=fascicoli
status=0
"$@" || status=$?
exit "$status"
