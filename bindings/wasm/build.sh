#!/usr/bin/env bash
# Builds the engine of the static site: WebAssembly for browsers, and what loads it, into bindings/wasm/dist, where
# `conforme site` looks for them. Wants a Rust toolchain with rustup; what it is packed with is built from its crate.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '   %s\n' "$*"; }

target=wasm32-unknown-unknown
if ! rustc --print target-libdir --target "$target" 2>/dev/null | xargs -I{} test -d {}; then
  say "$target is missing: rustup target add $target"
  rustup target add "$target"
fi

say "the engine: cargo build --release --target $target"
# Flags for the machine's own linker are none of WebAssembly's.
env -u RUSTFLAGS cargo build --quiet --locked --release --target "$target" --package conforme-wasm
say "its files for browsers: wasm-bindgen"
rm -rf dist
cargo run --quiet --locked --package conforme-pack -- "target/$target/release/moteur.wasm" dist

for file in dist/*; do
  say "$file: $(wc -c <"$file") bytes, $(gzip -9 -c "$file" | wc -c) compressed"
done
