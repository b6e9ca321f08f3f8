#!/usr/bin/env bash
# Makes the extension of VS Code, as one file: editors/vscode/package.sh [WHERE]. Wants Node 20 or later with npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
to=${1:-$PWD/conforme.vsix}
npm ci --silent --no-audit --no-fund
npm run --silent build
cp ../../LICENSE LICENSE
npx --no-install vsce package --no-dependencies --allow-missing-repository --out "$to"
rm -f LICENSE
