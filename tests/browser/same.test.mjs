// Both engines, in the browser and on the service, give the same HTML for every case of every policy.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SITE, SERVE, browse, cases, close, open } from "./support.mjs";

let browser;
before(async () => (browser = await browse()));
after(() => browser.close());

/** What the service answers to a request. */
async function served(request) {
  const response = await fetch(`${SERVE}pages/answer`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: request,
  });
  return response.text();
}

/** Says where two answers part, not all of both. */
function same(here, there, of) {
  let at = 0;
  while (at < here.length && here[at] === there[at]) at += 1;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 120);
  assert.ok(here === there, `${of} :\n  dans le navigateur : ${around(here)}\n  sur le service : ${around(there)}`);
}

const all = cases();
for (const policy of new Set(all.map((one) => one.policy))) {
  const own = all.filter((one) => one.policy === policy);
  test(`${policy} : ${own.length} cas décidés, ouverts et enregistrés`, async () => {
    const page = await open(browser);
    await page.goto(`${SITE}${policy}/formulaire.html`);
    // The engine of the page, asked as the page asks it.
    const here = (requests) =>
      page.evaluate(async (requests) => {
        const { engine } = await import(new URL("../engine.js", location.href).href);
        const ask = await engine();
        return Promise.all(requests.map(ask));
      }, requests);
    const requests = own.flatMap(({ name, text }) =>
      ["decide", "open"].map((ask) => JSON.stringify({ ask, policy, name, text })),
    );
    const answers = await here(requests);
    for (const [at, request] of requests.entries()) {
      same(answers[at], await served(request), `${own[at >> 1].name}, ${JSON.parse(request).ask}`);
    }
    const text = await page.evaluate(async (policy) => {
      const texts = await (await fetch(new URL("textes.json", location.href))).json();
      return texts[`${policy}/${policy}.pol`];
    }, policy);
    const others = [
      { ask: "try", dossier: own[0].text, text: text.replace(/\d+ %/, "12 %") },
      { ask: "try", dossier: own[0].text, text: text.replace("exige", "exije").replace("selon", "sellon") },
      { ask: "form", fields: [["examiné le", "2025-10-01"]] },
      { ask: "save", as: "yaml", fields: [["dossier", "Un « nom »"], ["examiné le", "2025-10-01"]] },
      { ask: "?" },
    ].map((request) => JSON.stringify({ policy, ...request }));
    const told = await here([...others, "{"]);
    for (const [at, request] of [...others, "{"].entries()) same(told[at], await served(request), request.slice(0, 60));
    await close(page);
  });
}
