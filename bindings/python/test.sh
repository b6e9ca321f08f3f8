#!/usr/bin/env bash
# Builds the wheel, installs it in an environment of its own, and tries it there: types (mypy), tests (pytest), Apache Spark
# on a cluster of several processes. Wants Python 3.10 or later with venv, a Rust toolchain, a package index that pip
# reaches, and for Spark a Java of 17.
#
#   bindings/python/test.sh              everything
#   bindings/python/test.sh -k tables    these tests
#   PROFILE=release …                    as it is shipped; else quicker to build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '   %s\n' "$*"; }
missing() {
  printf 'bindings/python: %s\n' "$*" >&2
  exit 1
}

python=${PYTHON:-python3}
"$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
  missing "Python 3.10 or later is wanted, with venv (apt-get install python3-venv)"
command -v cargo >/dev/null || missing "a Rust toolchain is wanted (rustup)"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -version >/dev/null 2>&1 ||
  missing "Java 17 is wanted for Apache Spark (apt-get install openjdk-17-jre-headless)"

# Kept from one run to the next: what pip installs is installed once. The wheel is made and installed anew.
venv=${CONFORME_VENV:-$PWD/target/venv}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
say "what the tests want: $(tr '\n' ' ' < <(grep -v '^#' requirements.txt))"
pip install --requirement requirements.txt

say "the wheel: maturin build --profile ${PROFILE:-dev}"
rm -rf target/wheels
"$venv/bin/maturin" build --quiet --profile "${PROFILE:-dev}" --interpreter "$venv/bin/python" --out target/wheels
pip install --force-reinstall --no-deps target/wheels/*.whl

say "types: mypy --strict, of the package and of the example of its README"
sed -n '/^```python$/,/^```$/p' README.md | grep -v '^```' >target/readme_example.py
"$venv/bin/mypy" --strict -p conforme
"$venv/bin/mypy" --strict target/readme_example.py

say "the example of the README"
(cd ../.. && "$venv/bin/python" bindings/python/target/readme_example.py >/dev/null)

say "tests: pytest"
"$venv/bin/python" -m pytest --quiet "$@"
