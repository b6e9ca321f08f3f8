// The engine in this browser: what is typed never leaves it. Loads the texts of this page's policy alone.

import load, { Engine, __wbg_reset_state as afresh } from "./moteur.js";

const address = (path) => new URL(path, import.meta.url);

/** The date where the reader is, as the engine reads dates. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function fetched(path) {
  const response = await fetch(address(path));
  if (!response.ok) throw new Error(`${path} : ${response.status}`);
  return response;
}

/** Answers requests as the service does: JSON in, JSON out. */
export async function engine() {
  const { policy } = document.body.dataset;
  const bundle = fetched(`${policy}/textes.json`).then((response) => response.text());
  await load({ module_or_path: fetched("moteur_bg.wasm") });
  const texts = await bundle;
  let own = new Engine(texts);
  return async (request) => {
    try {
      return own.answer(request, today());
    } catch (error) {
      // Whatever it fell over, the next answer is given by one that has not fallen.
      afresh();
      own = new Engine(texts);
      throw error;
    }
  };
}
