// How long the first decision takes in the browser once the page is there: reported, never a verdict.

import { SITE, browse, open, ready } from "./support.mjs";

const browser = await browse();
for (const policy of ["ess", "csq", "alr"]) {
  const times = [];
  for (let run = 0; run < 5; run += 1) {
    const page = await open(browser);
    await page.addInitScript(() => {
      // From the end of the load to the first answer in its place.
      addEventListener("load", () => (window.loaded = performance.now()));
      addEventListener("DOMContentLoaded", () => {
        const place = document.getElementById("issue");
        new MutationObserver(() => (window.decided ??= performance.now())).observe(document.getElementById("decision"), { childList: true, subtree: true });
        void place;
      });
    });
    await page.goto(`${SITE}${policy}/formulaire.html`);
    await page.waitForFunction(() => window.decided !== undefined && window.loaded !== undefined);
    const [first, again] = await page.evaluate(async (policy) => {
      const first = window.decided - window.loaded;
      const { engine } = await import(new URL("../engine.js", location.href).href);
      const ask = await engine();
      const request = JSON.stringify({ ask: "form", policy, fields: [] });
      await ask(request);
      const start = performance.now();
      for (let times = 0; times < 10; times += 1) await ask(request);
      return [first, (performance.now() - start) / 10];
    }, policy);
    times.push([first, again]);
    await page.context().close();
  }
  const median = (at) => times.map((time) => time[at]).sort((a, b) => a - b)[2].toFixed(0);
  console.log(`   ${policy} : première décision ${median(0)} ms après le chargement, les suivantes ${median(1)} ms`);
}
await browser.close();
