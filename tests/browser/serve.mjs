// A server that only hands files out, as any host of a static site does.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Serves a folder on this machine; its address once it does. */
export function serve(folder) {
  const server = createServer((request, response) => {
    let path = normalize(decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
    if (path.endsWith("/")) path += "index.html";
    const file = join(folder, path);
    // What a browser asks for of itself.
    if (path === "/favicon.ico") return response.writeHead(204).end();
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": KINDS[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((told) => {
    server.listen(0, "127.0.0.1", () => told({ address: `http://127.0.0.1:${server.address().port}/`, server }));
  });
}
