// What people come for: a founder, a case worker, an author, a lawyer.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { OUT, POLICIES, SERVE, SITE, browse, close, findings, open, overflow, ready, shot, tabTo } from "./support.mjs";

let browser;
before(async () => {
  browser = await browse();
  mkdirSync(OUT, { recursive: true });
});
after(() => browser.close());

const verdict = (page, word) => page.locator("#decision .verdict").getByText(word, { exact: true }).waitFor();

/** Answers a question of several choices by the arrows, from the answer that it has. */
async function choose(page, question, option) {
  const group = page.getByRole("group", { name: question, exact: true });
  for (let times = 0; times < 400; times += 1) {
    if (await group.evaluate((one) => one.contains(document.activeElement))) break;
    await page.keyboard.press("Tab");
  }
  for (let times = 0; times < 8; times += 1) {
    if (await group.getByRole("radio", { name: option, exact: true }).isChecked()) return;
    await page.keyboard.press("ArrowDown");
  }
  assert.fail(`« ${question} » : « ${option} » n'est pas atteint par les flèches`);
}

async function type(page, label, words) {
  await tabTo(page, "textbox", label);
  await page.keyboard.type(words);
}

test("un fondateur remplit, enregistre et rouvre un dossier, au clavier seul", async () => {
  const page = await open(browser);
  await page.goto(`${SITE}ess/index.html`);
  await tabTo(page, "link", "Remplir un dossier");
  await page.keyboard.press("Enter");
  await ready(page);
  await verdict(page, "INCOMPLET");
  await type(page, "Nom du dossier", "ESS Cardiologie des Landes");
  await type(page, "Quelle spécialité médicale l'équipe réunit-elle (par exemple cardiologie) ?", "cardiologie");
  await choose(page, "Le projet porte-t-il sur les problématiques d'une spécialité ou sur une pathologie ?", "spécialité");
  await choose(page, "Le territoire est-il d'un seul tenant ?", "oui");
  await choose(page, "Quel est le plus grand échelon que le territoire couvre en entier ?", "départemental");
  await choose(page, "Le territoire est-il déjà couvert par une ESS de la même spécialité ?", "non");
  await choose(page, "Y a-t-il d'autres ESS sur le territoire ?", "oui");
  await type(page, "Combien de médecins de la spécialité sont présents sur le territoire, tous modes d'exercice réunis ?", "34");
  await type(page, "Parmi les médecins du territoire, combien exercent à titre libéral, exclusif ou mixte ?", "30");
  for (const rank of [1, 2, 3, 4, 5]) {
    await tabTo(page, "button", "Ajouter : adhérent");
    await page.keyboard.press("Enter");
    // The first field of the new element has the focus.
    await page.waitForFunction((rank) => document.activeElement?.name?.startsWith(`adhérents[${rank}].`), rank);
    await page.keyboard.type(`1000123450${rank}`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
  }
  await choose(page, "L'équipe collabore-t-elle avec les communautés professionnelles territoriales de santé (CPTS) du territoire ?", "oui");
  await choose(page, "L'équipe collabore-t-elle avec les autres ESS du territoire ?", "oui");
  await choose(page, "L'ESS collabore-t-elle avec les dispositifs d'appui à la coordination (DAC) du territoire ?", "oui");
  await choose(page, "L'équipe collabore-t-elle avec les professionnels hospitaliers ?", "oui");
  await choose(page, "Les liens de l'équipe avec les établissements de santé sont-ils formalisés ?", "oui");
  await verdict(page, "FAVORABLE");
  await shot(page, "fondateur-favorable");
  await tabTo(page, "button", "Enregistrer le dossier (YAML)");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const saved = join(OUT, file.suggestedFilename());
  await file.saveAs(saved);
  await close(page);

  const again = await open(browser);
  await again.goto(`${SITE}ess/formulaire.html`);
  await ready(again);
  // The first answer stands there before a key is pressed.
  await verdict(again, "INCOMPLET");
  const opens = again.getByLabel(/^Ouvrir un dossier/);
  let chooser;
  // Chromium without a window does not take every key for a press on a button: as a person would, once more.
  for (let times = 0; !chooser && times < 6; times += 1) {
    const asked = again.waitForEvent("filechooser", { timeout: 4000 }).catch(() => undefined);
    await opens.press(times % 2 === 0 ? "Enter" : "Space");
    chooser = await asked;
  }
  assert.ok(chooser, "no file is asked for");
  await chooser.setFiles(saved);
  await verdict(again, "FAVORABLE");
  assert.equal(await again.getByLabel("Nom du dossier").inputValue(), "ESS Cardiologie des Landes");
  assert.match(readFileSync(saved, "utf8"), /spécialité: cardiologie/);
  await close(again);
});

for (const [kind, list, form] of [
  ["site", `${SITE}ess/cas/index.html`, `${SITE}ess/formulaire.html`],
  ["service", `${SERVE}ess/cas/`, `${SERVE}ess/formulaire`],
]) {
  test(`un agent ouvre un dossier incomplet, voit d'abord la question et y répond (${kind})`, async () => {
    const page = await open(browser);
    await page.goto(list);
    await page.getByRole("link", { name: "12-incomplet", exact: true }).click();
    const said = await page.locator("main").innerText();
    const [asked, criteria] = [said.indexOf("Le territoire est-il d'un seul tenant"), said.indexOf("Critères")];
    assert.ok(asked > 0 && asked < criteria, said.slice(0, 1000));
    await page.getByRole("link", { name: "Remplir un dossier", exact: true }).click();
    await page.waitForURL(form);
    await ready(page);
    await page.getByLabel(/^Ouvrir un dossier/).setInputFiles(join(POLICIES, "ess/cases/12-incomplet.yaml"));
    // An empty form is incomplete as well: the dossier is open when its name stands there.
    await page.waitForFunction(() => document.querySelector('[name="dossier"]')?.value);
    await page.waitForFunction(() => document.querySelector("#decision h2, #decision h3")?.textContent.includes("Landes"));
    await verdict(page, "INCOMPLET");
    const first = page.locator("#decision").getByRole("link").first();
    const question = page.getByRole("group", { name: "Le territoire est-il d'un seul tenant ?", exact: true });
    // What is asked first leads to its field.
    assert.equal(await question.locator((await first.getAttribute("href")) ?? "").count(), 1);
    await first.click();
    await question.getByLabel("oui", { exact: true }).check();
    await verdict(page, "FAVORABLE");
    await shot(page, `agent-${kind}`);
    await close(page);
  });
}

for (const [kind, address] of [["site", `${SITE}ess/essai.html`], ["service", `${SERVE}ess/essai`]]) {
  test(`un auteur change 10 en 12 et voit quels cas changent ; un mot de travers est dit à sa place (${kind})`, async () => {
    const page = await open(browser);
    await page.goto(address);
    await ready(page);
    const text = page.getByRole("textbox", { name: "Le texte", exact: true });
    const before = await text.inputValue();
    await page.getByText(/Aucun des \d+ cas ne change/).waitFor();
    await text.fill(before.replace("exige taux d'adhésion ≥ 10 %", "exige taux d'adhésion ≥ 12 %"));
    const turned = page.getByRole("table", { name: "Cas qui changent" });
    await turned.waitFor();
    const rows = await turned.getByRole("row").allInnerTexts();
    // Ten of a hundred are no twelve.
    assert.ok(rows.some((row) => /04-juste-dix-pour-cent\tfavorable\tdéfavorable/.test(row)), rows.join("\n"));
    for (const row of rows.slice(1)) {
      const [, was, is] = row.split("\t");
      assert.notEqual(was, is, row);
    }
    await shot(page, `auteur-${kind}`);
    await text.fill(before.replace("exige taux d'adhésion ≥ 10 %", "exige taux d'adhesions ≥ 10 %"));
    const told = page.locator("#messages");
    await told.locator("mark", { hasText: "taux d'adhesions" }).first().waitFor();
    const line = before.split("\n").findIndex((one) => one.includes("exige taux d'adhésion ≥ 10 %")) + 1;
    await told.getByText(`ligne ${line}`).first().waitFor();
    await shot(page, `auteur-message-${kind}`);
    assert.deepEqual(await findings(page), [], `${address} : une erreur et son remède`);
    // By the keyboard: to the place, which is selected; then the remedy, which may be undone.
    const pressed = (name) => told.getByRole("button", { name }).first().press("Enter");
    const selected = () => text.evaluate((own) => own.value.slice(own.selectionStart, own.selectionEnd));
    await pressed(`Aller à la ligne ${line}`);
    assert.equal(await selected(), "taux d'adhesions");
    assert.ok(await text.evaluate((own) => own === document.activeElement));
    await pressed(/^Écrire « taux d.adhésion »$/);
    assert.equal(await text.inputValue(), before);
    await page.keyboard.press("Control+z");
    assert.match(await text.inputValue(), /exige taux d'adhesions ≥ 10 %/);
    await text.fill(before);
    await page.getByText(/Aucun des \d+ cas ne change/).waitFor();
    assert.equal((await told.innerText()).trim().match(/×|erreur/), null);
    await close(page);
  });
}

test("une juriste trouve le passage du seuil, les lectures ouvertes, les chiffres, et imprime", async () => {
  const page = await open(browser);
  await page.goto(`${SITE}ess/index.html`);
  const rule = page.locator("#critere-seuil-d-adhesion");
  await rule.waitFor();
  assert.match(await rule.innerText(), /au moins 10\s?% des professionnels libéraux de la spécialité concernée/);
  assert.match(await rule.innerText(), /texte opposable|document d.information/);
  const open_ = page.getByRole("heading", { name: "Ce que les textes laissent ouvert" });
  await open_.waitFor();
  await page.getByRole("heading", { name: /base du seuil/ }).first().waitFor();
  const figures = page.getByRole("table").filter({ hasText: "10 %" }).first();
  await figures.waitFor();
  // A link to a rule lasts: it leads to its place.
  await page.goto(`${SITE}ess/index.html#critere-seuil-d-adhesion`);
  assert.ok(await rule.isVisible());
  const pdf = join(OUT, "ess.pdf");
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const printed = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
  assert.match(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }), /Page size:.*A4/);
  printed.forEach((sheet, at) => {
    assert.match(sheet.trimEnd(), new RegExp(`${at + 1} / ${printed.length}$`), `page ${at + 1}`);
  });
  // All that is read on the screen is on paper: no line is cut at an edge.
  await page.emulateMedia({ media: "print" });
  const words = (text) => text.replace(/[\s\u00a0\u202f\u00ad-]+/g, "");
  // In the order in which it is written: side by side, two columns would be read across.
  const whole = words(execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" }));
  for (const cell of await page.locator("main :is(h1, h2, h3, h4, dt, blockquote)").filter({ visible: true }).allInnerTexts()) {
    assert.ok(whole.includes(words(cell)), cell);
  }
  await close(page);
});

test("la page reste à portée pendant que le moteur du site décide", async () => {
  const page = await open(browser);
  await page.goto(`${SITE}ess/formulaire.html`);
  await ready(page);
  assert.equal(page.workers().length, 1);
  // What waits for its turn on the page has it before the answer comes.
  const order = await page.evaluate(async () => {
    const { engine } = await import(new URL("../engine.js", location.href).href);
    const ask = await engine();
    const order = [];
    const turn = new Promise((done) => { setTimeout(() => done(order.push("page")), 0); });
    const answer = ask(JSON.stringify({ ask: "form", policy: "ess", fields: [] })).then(() => order.push("moteur"));
    await Promise.all([answer, turn]);
    return order;
  });
  assert.deepEqual(order, ["page", "moteur"]);
  await close(page);
});

test("sans script, le texte et les cas se lisent ; le service décide aussi", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  page.told = async () => [];
  await page.goto(`${SITE}ess/cas/01-favorable.html`);
  await page.getByText("FAVORABLE", { exact: true }).waitFor();
  await page.goto(`${SERVE}ess/formulaire`);
  await page.getByLabel("Nom du dossier").fill("Sans script");
  await page.getByRole("button", { name: "Mettre à jour la décision" }).click();
  await page.getByRole("heading", { name: "Sans script" }).first().waitFor();
  await page.getByRole("button", { name: "Ajouter : adhérent" }).click();
  await page.getByLabel("Quel est son numéro RPPS ?").waitFor();
  await page.context().close();
});
