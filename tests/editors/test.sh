#!/usr/bin/env bash
# conforme in real editors, over the real command: the client library of VS Code in Node, Neovim without a screen, and the
# extension of VS Code packaged. Wants Node 18 or later with npm and a package index that npm reaches; as root on Debian it
# installs what is missing.
#
#   tests/editors/test.sh            everything
#   CONFORME=… NVIM=… …              the command and the editor
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD/../..

say() { printf '   %s\n' "$*"; }
# apt-get PACKAGE where COMMAND is missing and it may.
need() {
  command -v "$1" >/dev/null && return
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    printf 'tests/editors: %s is wanted (apt-get install %s)\n' "$1" "$2" >&2
    exit 1
  fi
  say "$1 is missing: apt-get install $2"
  apt-get -qq update && apt-get -qq install -y --no-install-recommends $2 >/dev/null
}
need node "nodejs npm"
need npm npm
need unzip unzip
[ -n "${NVIM:-}" ] || { need nvim neovim && NVIM=$(command -v nvim); }

export CONFORME=${CONFORME:-$root/target/debug/conforme}

say "what the tests want: npm ci"
npm ci --silent --no-audit --no-fund
say "the client library of VS Code, over the command"
node --test features.test.mjs
say "Neovim: $("$NVIM" --version | head -n 1)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/policies" "$work/"
ROOT=$work "$NVIM" --headless --clean -u NONE -c 'set noswapfile' -c "luafile neovim.lua"
printf '\n'
say "the extension of VS Code: packaged, its grammar tried on every text"
bash "$root/editors/vscode/package.sh" "$work/conforme.vsix"
node extension.mjs "$work/conforme.vsix"
