// What holds of every page: for who reads it with a keyboard, a screen reader, a small screen, a dark one; and nothing of it
// is asked or sent elsewhere.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { HOSTILE_SERVE, HOSTILE_SITE, SERVE, SITE, browse, close, findings, open, overflow, ready, shot } from "./support.mjs";

let browser;
before(async () => (browser = await browse()));
after(() => browser.close());

const PAGES = [
  ["liste", "", ""],
  ["texte", "ess/index.html", "ess/"],
  ["formulaire", "ess/formulaire.html", "ess/formulaire"],
  ["essai", "ess/essai.html", "ess/essai"],
  ["cas", "ess/cas/index.html", "ess/cas/"],
  ["cas-12", "ess/cas/12-incomplet.html", "ess/cas/12-incomplet"],
  ["cas-05", "ess/cas/05-la-lecture-decide.html", "ess/cas/05-la-lecture-decide"],
  ["changements", "ess/changements/index.html", "ess/changements/"],
  // Worked out anew at each request, slowly in a build without optimisation; `tests/pages` holds both to one another.
  ["changement", "ess/changements/2027-01-01.html", null],
  ["csq-texte", "csq/index.html", "csq/"],
  ["csq-formulaire", "csq/formulaire.html", "csq/formulaire"],
  ["alr-texte", "alr/index.html", "alr/"],
  ["alr-formulaire", "alr/formulaire.html", "alr/formulaire"],
  ["baremes-texte", "baremes/index.html", "baremes/"],
];

const live = (path) => /formulaire|essai/.test(path);

for (const [name, onSite, onService] of PAGES) {
  for (const [kind, address] of [["site", `${SITE}${onSite}`], ["service", `${SERVE}${onService}`]]) {
    if (kind === "service" && onService === null) continue;
    test(`${name}, ${kind} : accessible, claire et sombre, étroite, rien d'ailleurs`, async () => {
      const page = await open(browser);
      await page.goto(address);
      if (live(onSite)) await ready(page);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await findings(page), [], `${address} ${colorScheme}`);
        if (kind === "site") await shot(page, `${name}-${colorScheme}`);
      }
      for (const width of [320, 768]) {
        await page.setViewportSize({ width, height: 720 });
        assert.equal(await overflow(page), 0, `${address} : ${width} px`);
        if (kind === "site") await shot(page, `${name}-${width}`);
      }
      await close(page);
    });
  }
}

test("tous les liens du site mènent à une page et à une place qui sont là", async () => {
  const page = await open(browser);
  const seen = new Set();
  const wanted = [SITE];
  const places = new Map();
  while (wanted.length > 0) {
    const address = wanted.pop();
    if (seen.has(address)) continue;
    seen.add(address);
    const html = await (await fetch(address)).text();
    assert.ok(html.startsWith("<!doctype html>"), address);
    await page.setContent(html.replace(/<script.*?<\/script>|<link[^>]*>/g, ""));
    const { ids, links } = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
      links: [...document.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")),
    }));
    places.set(address, new Set(ids));
    for (const link of links) {
      const to = new URL(link, address);
      assert.equal(to.origin, new URL(SITE).origin, `${address} : ${link}`);
      const hash = decodeURIComponent(to.hash.slice(1));
      to.hash = "";
      wanted.push(to.href);
      if (hash) places.set(`${address} → ${to.href}#${hash}`, null);
    }
  }
  for (const key of [...places.keys()].filter((key) => places.get(key) === null)) {
    const [to, hash] = key.split(" → ")[1].split("#");
    assert.ok(places.get(to).has(hash), key);
  }
  assert.ok(seen.size > 150, `${seen.size} pages`);
  await page.context().close();
});

test("ce qu'un texte ou un dossier hostile contient est du texte", async () => {
  for (const [base, pages] of [
    [HOSTILE_SITE, ["", "essai/index.html", "essai/formulaire.html", "essai/essai.html", "essai/cas/index.html", "essai/cas/1.html"]],
    [HOSTILE_SERVE, ["", "essai/", "essai/formulaire", "essai/essai", "essai/cas/", "essai/cas/1"]],
  ]) {
    for (const path of pages) {
      const page = await open(browser);
      await page.goto(`${base}${path}`);
      if (live(path.replace(/^essai\//, ""))) await ready(page);
      const bad = await page.evaluate(() => ({
        elements: document.querySelectorAll("main :is(script, img, iframe, object, b, i, u)").length,
        handlers: [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith("on")).length,
        links: [...document.querySelectorAll("[href], [src], [action]")]
          .flatMap((one) => [one.getAttribute("href"), one.getAttribute("src"), one.getAttribute("action")])
          .filter((to) => to !== null && /^\s*(javascript|data|vbscript):/i.test(to)).length,
        bidi: /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML.replace(/<textarea[\s\S]*?<\/textarea>/g, "")),
      }));
      assert.deepEqual(bad, { elements: 0, handlers: 0, links: 0, bidi: false }, `${base}${path}`);
      assert.match(await page.locator("main").innerText(), /<img src=x onerror=alert\(1\)>/);
      await close(page);
    }
  }
});

test("un dossier hostile, ouvert et corrigé dans le formulaire, reste du texte", async () => {
  for (const address of [`${HOSTILE_SITE}essai/formulaire.html`, `${HOSTILE_SERVE}essai/formulaire`]) {
    const page = await open(browser);
    await page.goto(address);
    await ready(page);
    const words = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202egro.elpmaxe`;
    await page.getByLabel("Nom du dossier").fill(words);
    await page.getByRole("button", { name: "Mettre à jour la décision" }).click();
    await page.locator("#decision").getByText("<script>alert(2)</script>").first().waitFor();
    assert.equal(await page.locator("main img, main script").count(), 0);
    await close(page);
  }
});
