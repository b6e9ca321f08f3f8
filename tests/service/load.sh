#!/usr/bin/env bash
# How much the service bears, by hand: nothing here is a test, for it measures. Wants `wrk`, Python 3 and 20,000 descriptors
# (`ulimit -n`); builds what it measures for release unless CONFORME and ECHO name it. SECONDS_EACH, 10 by default.
#
# 1. Rate and 99th percentile of a dossier, beside a bare handler that gives back the same body, in one run.
# 2. Ten times more clients than places: what is answered, and the most memory that is taken.
# 3. Clients of all bad kinds: what the others see of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [ -z "${CONFORME:-}" ] || [ -z "${ECHO:-}" ]; then
  cargo build --quiet --release --bin conforme --example echo
fi
conforme=$(realpath "${CONFORME:-target/release/conforme}")
echo=$(realpath "${ECHO:-target/release/examples/echo}")
each=${SECONDS_EACH:-10}
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
ulimit -n 20000

grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'
printf '%s cores; load before: %s\n' "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"

python3 -c 'import json, sys; print(json.dumps({"dispositif": "essai", "examiné le": "2025-06-01", "logement": {"loué": True, "loyer": "300 €/mois"},
  "part": "20 %", "durée": "6 mois", "parti le": "2024-03-01", "exception": False, "enfants": [{"âge": 5, "école": "Jean Moulin"}]}, ensure_ascii=False))' >"$work/dossier.json"
cat >"$work/post.lua" <<LUA
local file = io.open("$work/dossier.json")
wrk.body = file:read("*a")
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
LUA

# Starts a server; its address.
started() {
  "$@" >"$work/said" &
  servers+=($!)
  until grep -q http "$work/said"; do sleep 0.1; done
  address=$(grep -o 'http://[^/]*' "$work/said")
}
peak() { grep VmHWM "/proc/$1/status" | awk '{ printf "%d MiB at most\n", $2 / 1024 }'; }
# Requests a second, 99th percentile and what was refused, of so many clients.
measured() {
  wrk --threads 2 --connections "$1" --duration "${each}s" --latency --script "$work/post.lua" "$2" >"$work/wrk"
  awk -v clients="$1" '/99%/ { p99 = $2 } /requests in/ { all = $1 } /Non-2xx/ { refused = $NF } /Socket errors/ { errors = $0 } /Requests\/sec/ { rate = $2 }
    END { printf "%4d clients: %10s a second, p99 %9s, %d of %d refused%s\n", clients, rate, p99, refused, all, errors }' "$work/wrk"
}

started "$echo"
echo_at=$address
started "$conforme" serve --port 0 --policies tests/pages/aide
own=$address
pid=${servers[-1]}
curl --silent --fail "$own/v1/decide" --header 'Content-Type: application/json' --data-binary "@$work/dossier.json" --output "$work/answer"
printf '\n1. A dossier of %d bytes, an answer of %d\n' "$(stat -c %s "$work/dossier.json")" "$(stat -c %s "$work/answer")"
for clients in 4 32; do
  printf 'echo        '; measured "$clients" "$echo_at/echo"
  printf 'explain=full'; measured "$clients" "$own/v1/decide"
  printf 'explain=none'; measured "$clients" "$own/v1/decide?explain=none"
done
peak "$pid"

printf '\n2. Ten times more clients than places (64)\n'
printf 'explain=full'
measured 640 "$own/v1/decide" &
sleep $((each / 2))
for _ in $(seq 40); do
  curl --silent --include "$own/v1/decide" --header 'Content-Type: application/json' --data-binary "@$work/dossier.json" >"$work/one"
  grep -q '^HTTP/1.1 503' "$work/one" && break
done
grep -E '^HTTP|^retry-after' "$work/one" | tr -d '\r' | paste -sd ' '
wait $!
peak "$pid"

printf '\n3. Clients of all bad kinds\n'
python3 tests/service/hostile.py "$own" "$work/dossier.json" "$pid"
