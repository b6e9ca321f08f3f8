// The thread of the engine: its first message brings the compiled engine and the texts, each other one a request.

import load, { Engine, __wbg_reset_state as afresh } from "./moteur.js";

let texts;
let own;

async function answered({ module, texts: given, request, today }) {
  if (module !== undefined) {
    await load({ module_or_path: module });
    texts = given;
    own = new Engine(texts);
    return undefined;
  }
  try {
    return own.answer(request, today);
  } catch (error) {
    // Whatever it fell over, the next answer is given by one that has not fallen.
    afresh();
    own = new Engine(texts);
    throw error;
  }
}

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ rank: data.rank, answer: await answered(data) });
  } catch (error) {
    postMessage({ rank: data.rank, error: error.message ?? String(error) });
  }
});
