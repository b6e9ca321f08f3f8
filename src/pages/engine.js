// The engine in this browser: what is typed never leaves it. It works on a thread of its own, so that the page stays at
// hand meanwhile; fetches the texts of this page's policy alone.

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

/** Compiled as it comes, where the server says what it is. */
async function compiled() {
  const response = await fetched("moteur_bg.wasm");
  const said = response.headers.get("Content-Type") === "application/wasm";
  return said ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Answers requests as the service does: JSON in, JSON out. */
export async function engine() {
  const { policy } = document.body.dataset;
  const worker = new Worker(address("worker.js"), { type: "module" });
  const waiting = new Map();
  let asked = 0;
  const post = (sent) => new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    worker.postMessage({ rank: asked, ...sent });
  });
  worker.addEventListener("message", ({ data: { rank, answer, error } }) => {
    const { resolve, reject } = waiting.get(rank);
    waiting.delete(rank);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  });
  worker.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message ?? "moteur absent"));
    waiting.clear();
  });
  const texts = fetched(`${policy}/textes.json`).then((response) => response.text());
  await post({ module: await compiled(), texts: await texts });
  return (request) => post({ request, today: today() });
}
