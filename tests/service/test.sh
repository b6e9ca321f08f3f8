#!/usr/bin/env bash
# The service against its description: schemathesis makes requests of all kinds from OpenAPI and looks for an answer that is
# not described. EXAMPLES of them an operation, 20 by default; CONFORME names the command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

conforme=${CONFORME:-target/debug/conforme}
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet 'schemathesis==4.32.5'

"$conforme" serve --port 0 --policies tests/pages/aide --register "$work/registre.db" >"$work/said" &
server=$!
until grep -q http "$work/said"; do sleep 0.1; done
address=$(grep -o 'http://[^/]*' "$work/said")

# That what fits the description is accepted is not asked: what a dossier may hold depends on its policy.
"$work/venv/bin/st" run "$address/v1/openapi.json" --no-color --seed "${SEED:-1}" \
  --max-examples "${EXAMPLES:-20}" --exclude-checks positive_data_acceptance >"$work/log" || { cat "$work/log"; exit 1; }
grep -E 'generated' "$work/log"

kill -9 "$server"
"$conforme" register verify "$work/registre.db"
"$conforme" register replay "$work/registre.db"
