#!/usr/bin/env bash
# Builds the site and tries it in Chromium, beside what `conforme serve` gives. Wants Node 18 or later with npm, a package
# index that npm reaches, and Chromium; as root on Debian it installs what is missing.
#
#   tests/browser/test.sh                    everything
#   tests/browser/test.sh paths.test.mjs     these tests
#   CONFORME=… CHROMIUM=… …                  the command and the browser
#
# What is to be looked at, screenshots and prints, stands in tests/browser/out afterwards.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD/../..

say() { printf '   %s\n' "$*"; }
# apt-get PACKAGE where COMMAND is missing and it may.
need() {
  command -v "$1" >/dev/null && return
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    printf 'tests/browser: %s is wanted (apt-get install %s)\n' "$1" "$2" >&2
    exit 1
  fi
  say "$1 is missing: apt-get install $2"
  apt-get -qq update && apt-get -qq install -y --no-install-recommends $2 >/dev/null
}
need node "nodejs npm"
need npm npm
need pdftotext poppler-utils
[ -n "${CHROMIUM:-}" ] || { need chromium "chromium fonts-dejavu-core" && CHROMIUM=$(command -v chromium); }
export CHROMIUM

export CONFORME=${CONFORME:-$root/target/debug/conforme}
export POLICIES=$root/policies HOSTILE=$PWD/out/hostile-texts OUT=$PWD/out SITE=$PWD/out/site HOSTILE_SITE=$PWD/out/hostile-site
engine=$root/bindings/wasm/dist
[ -f "$engine/moteur.js" ] || bash "$root/bindings/wasm/build.sh"

say "what the tests want: npm ci"
npm ci --silent --no-audit --no-fund
say "the site: conforme site"
rm -rf "$OUT"
mkdir -p "$HOSTILE/essai/cases"
cp "$root/tests/pages/hostile/hostile.pol" "$HOSTILE/essai/essai.pol"
cp hostile.yaml "$HOSTILE/essai/cases/1.yaml"
"$CONFORME" site "$POLICIES" --output "$SITE" --engine "$engine"
"$CONFORME" site "$HOSTILE" --output "$HOSTILE_SITE" --engine "$engine" >/dev/null
all=$(find "$SITE" -type f -exec sh -c 'gzip -9 -c "$1" | wc -c' _ {} \; | awk '{ sum += $1 } END { print sum }')
say "compressed, the whole site has $all bytes"
say "tests: Chromium, $("$CHROMIUM" --version)"
node run.mjs "$@"
