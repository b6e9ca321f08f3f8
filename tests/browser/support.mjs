// What the tests share: the browser, the two sites, and what holds of every page.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);

/** The static site, whose engine is in the browser, and the pages that `conforme serve` gives. */
export const SITE = process.env.SITE_URL;
export const SERVE = process.env.SERVE_URL;
export const POLICIES = process.env.POLICIES;
/** Hostile texts and dossiers, on both. */
export const HOSTILE_SITE = process.env.HOSTILE_SITE_URL;
export const HOSTILE_SERVE = process.env.HOSTILE_SERVE_URL;
export const OUT = process.env.OUT;

/** Addresses of a page of a policy on each. */
export const onSite = (path, base = SITE) => `${base}${path}`;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function browse() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: FLAGS });
}

/** A page of its own, that tells of every request elsewhere and of all that the browser refuses or complains of. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "fr-FR", timezoneId: "Europe/Paris", ...options });
  await context.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console : ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script : ${error.message}`));
  page.on("dialog", async (dialog) => {
    if (dialog.type() !== "beforeunload") wrong.push(`dialogue : ${dialog.message()}`);
    await dialog.accept();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const own = [SITE, SERVE, HOSTILE_SITE, HOSTILE_SERVE].map((address) => new URL(address).origin);
    const local = url.protocol === "data:" || url.protocol === "blob:";
    const from = page.url().startsWith("http") ? new URL(page.url()).origin : url.origin;
    if (!local && (!own.includes(url.origin) || (url.origin !== from && !request.isNavigationRequest()))) {
      wrong.push(`demande à ${url}`);
    }
  });
  page.told = async () => [...wrong, ...(await page.evaluate(() => window.refused ?? []))];
  return page;
}

/** Closes a page; nothing was refused, nothing was asked elsewhere. */
export async function close(page) {
  const told = await page.told();
  await page.context().close();
  assert.deepEqual(told, []);
}

/** What axe finds on a page, in a line each. */
export async function findings(page) {
  if (!(await page.evaluate(() => "axe" in window))) {
    // In the page's own world the policy forbids it; as a debugger, it does not stand in the page.
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  }
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id} : ${node.target.join(" ")} ${node.failureSummary}`));
}

/** Whether a page is wider than its window. */
export const overflow = (page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

export async function shot(page, name) {
  mkdirSync(OUT, { recursive: true });
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
}

/** The identifiers of all policies that have cases, with the files of these. */
export function cases() {
  const all = [];
  for (const policy of readdirSync(POLICIES)) {
    const folder = join(POLICIES, policy, "cases");
    if (!existsSync(folder)) continue;
    // Cases stand in folders of their own, too.
    const files = readdirSync(folder, { recursive: true });
    for (const file of files.filter((name) => /\.(ya?ml|json)$/.test(name)).sort()) {
      all.push({ policy, name: basename(file), text: readFileSync(join(folder, file), "utf8") });
    }
  }
  return all;
}

/** When the engine has answered for the first time. */
export async function ready(page) {
  await page.waitForFunction(() => document.querySelector("#decision")?.textContent.trim() !== "");
}

/** Presses Tab until what has the focus is called so; fails after many. */
export async function tabTo(page, role, name, most = 400) {
  const target = page.getByRole(role, { name, exact: true });
  for (let times = 0; times < most; times += 1) {
    for (const one of await target.all()) {
      if (await one.evaluate((element) => element === document.activeElement)) return one;
    }
    await page.keyboard.press("Tab");
  }
  throw new assert.AssertionError({ message: `${role} « ${name} » n'est pas atteint par le clavier` });
}
