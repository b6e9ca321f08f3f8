// The pages of the register and of the API, as somebody with a browser meets them: a search, an entry with its decision.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SERVE, browse, cases, close, findings, open, overflow, shot } from "./support.mjs";

let browser;
before(async () => (browser = await browse()));
after(() => browser.close());

/** What holds of every page: axe finds nothing, in light and in dark, and it is as narrow as its window. */
async function holds(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(page), [], `${name} ${colorScheme}`);
  }
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 720 });
    assert.equal(await overflow(page), 0, `${name} : ${width} px`);
  }
  await shot(page, name);
}

async function record(text, query) {
  const answer = await fetch(`${SERVE}v1/decisions?${query}`, { method: "POST", headers: { "Content-Type": "application/yaml" }, body: text });
  assert.equal(answer.status, 201, await answer.text());
}

test("une décision se cherche, se lit et se décide de nouveau", async () => {
  const case12 = cases().find(({ policy, name }) => policy === "ess" && name === "12-incomplet.yaml");
  const case01 = cases().find(({ policy, name }) => policy === "ess" && name === "01-favorable.yaml");
  await record(case01.text, "by=guichet-7");
  await record(case12.text, `by=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
  const page = await open(browser);
  await page.goto(SERVE);
  await page.getByRole("link", { name: "Registre", exact: true }).click();
  await page.getByRole("heading", { name: "Registre" }).waitFor();
  await holds(page, "registre");
  await page.getByLabel("Mots").fill("GUICHET-7");
  await page.getByRole("button", { name: "Chercher", exact: true }).click();
  await page.getByRole("cell", { name: "favorable", exact: true }).waitFor();
  assert.equal(await page.locator("tbody tr").count(), 1);
  assert.equal(await page.getByLabel("Mots").inputValue(), "GUICHET-7");
  // What is looked for stands in no address.
  assert.ok(!page.url().toLowerCase().includes("guichet"), page.url());
  await page.getByRole("link", { name: /^n°\s1$/ }).click();
  await page.getByText("octet pour octet").waitFor();
  assert.match(await page.locator("main").innerText(), /FAVORABLE/);
  await holds(page, "registre-entree");
  await page.goto(`${SERVE}pages/registre`);
  await page.getByRole("link", { name: /^n°\s2$/ }).click();
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  await close(page);
});

test("l'API se lit", async () => {
  const page = await open(browser);
  await page.goto(`${SERVE}pages/api`);
  await page.getByRole("heading", { name: "POST /v1/decide", exact: true }).waitFor();
  await holds(page, "api");
  await close(page);
});
