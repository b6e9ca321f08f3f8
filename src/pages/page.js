// The script of all pages. It sends what is typed to an engine, on the server or in this browser, and puts the HTML
// that it answers in its place. All HTML is written, and escaped, by the engine; values of people are text here.

const { engine: kind, policy } = document.body.dataset;
const place = (id) => document.getElementById(id);
const WAIT = 150;

/** The engine: what is asked and what is answered are JSON. */
const engine = kind === "wasm" ? inBrowser() : onServer();

async function onServer() {
  const address = new URL("pages/answer", import.meta.url);
  return async (request) => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(address, { method: "POST", headers, body: request });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  };
}

async function inBrowser() {
  const module = await import(new URL("engine.js", import.meta.url).href);
  return module.engine();
}

let last = 0;

/** Asks; `undefined` where something else was asked since. */
async function ask(request) {
  const rank = ++last;
  try {
    const answer = JSON.parse(await (await engine)(JSON.stringify({ policy, ...request })));
    return rank === last ? answer : undefined;
  } catch (error) {
    if (rank === last) say(`Pas de réponse du moteur (${error.message}). Ce qui est saisi reste dans la page.`);
    return undefined;
  }
}

/** What is told to who does not see the page change. */
function say(words) {
  const live = place("issue");
  if (live && words !== undefined && live.textContent !== words) live.textContent = words;
}

const shown = new Map();

/** Puts HTML of the engine in its place, unless it stands there. */
function put(id, html) {
  const element = place(id);
  if (!element || html === undefined || shown.get(id) === html) return;
  shown.set(id, html);
  element.innerHTML = html;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Runs once, so long after the last call. */
function later(run, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

// ── The form ────────────────────────────────────────────────────────────────────────────────────

const FIELDS = "[data-champ], fieldset.group";
const nameOf = (element) => element.dataset.champ ?? element.id;

/** What is said of a field, its input left alone: focus and caret stay. */
function restate(old, fresh) {
  old.className = fresh.className;
  old.hidden = fresh.hidden;
  if (old.dataset.champ === undefined) return;
  for (const input of old.querySelectorAll("input, select")) {
    const other = fresh.querySelector(`#${CSS.escape(input.id)}`);
    for (const name of ["aria-invalid", "aria-describedby"]) {
      const value = other?.getAttribute(name);
      if (value === null || value === undefined) input.removeAttribute(name);
      else input.setAttribute(name, value);
    }
  }
  for (const part of [".rank", ".wrong"]) {
    const [before, after] = [old.querySelector(part), fresh.querySelector(part)];
    if (before?.textContent === after?.textContent) continue;
    before?.remove();
    if (after && part === ".rank") old.querySelector("legend, label").after(after);
    else if (after) old.append(after);
  }
}

/** The same questions, said anew; others, put whole, the focus kept. */
function restateAll(html) {
  const questions = place("questions");
  const content = parsed(html);
  const before = [...questions.querySelectorAll(FIELDS)];
  const after = [...content.querySelectorAll(FIELDS)];
  const same = before.length === after.length && before.every((old, at) => nameOf(old) === nameOf(after[at]));
  if (same) {
    before.forEach((old, at) => restate(old, after[at]));
    const told = content.getElementById("erreurs");
    if (told && told.innerHTML !== place("erreurs").innerHTML) place("erreurs").replaceWith(told);
    return;
  }
  const focused = document.activeElement?.id;
  questions.replaceChildren(content);
  if (focused) place(focused)?.focus();
}

/** The field that a press on a button leads to: the first one of a new element, else the button that adds one. */
function lead(path) {
  const under = [...place("questions").querySelectorAll("[data-champ]")];
  const first = under.find((field) => field.dataset.champ.startsWith(`${path}.`) && !field.hidden);
  const add = [...document.querySelectorAll("button[name=faire]")].find((b) => b.value === `ajouter ${path}`);
  (first?.querySelector("input, select") ?? add)?.focus();
}

function fill(answer, whole) {
  if (!answer) return;
  if (answer.messages !== undefined) {
    place("erreurs").innerHTML = answer.messages;
    say(answer.outcome);
    return;
  }
  if (whole) place("questions").replaceChildren(parsed(answer.form));
  else restateAll(answer.form);
  put("decision", answer.decision);
  say(answer.outcome);
  if (answer.focus) lead(answer.focus);
}

const fields = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A file as the engine takes it: text, else its bytes. */
async function contents(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { base64: btoa(binary) };
  }
}

function formPage(form) {
  let kept = true;
  const update = async (act = "") => fill(await ask({ ask: "form", fields: fields(form), act }), act !== "");
  const soon = later(() => update(), WAIT);
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    kept = false;
    soon();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const act = event.submitter?.value ?? "decider";
    const [what, on] = act.split(" ", 2);
    if (what === "enregistrer") {
      const answer = await ask({ ask: "save", fields: fields(form), as: on });
      if (answer?.text === undefined) return fill(answer, false);
      download(answer.name, answer.text);
      say(answer.outcome);
      kept = true;
    } else if (what === "decider") {
      await update();
      place("decision").focus();
    } else {
      kept = false;
      await update(act);
    }
  });
  for (const input of document.querySelectorAll("input[data-faire=ouvrir]")) {
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      const answer = await ask({ ask: "open", name: file.name, ...(await contents(file)) });
      input.value = "";
      if (answer?.policy !== undefined && answer.policy !== policy) {
        say(`Ce dossier relève d'un autre dispositif (${answer.policy}) : l'ouvrir dans son formulaire.`);
        return;
      }
      fill(answer, true);
      kept = true;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (!kept) event.preventDefault();
  });
  // What the browser kept of an earlier visit.
  update();
}

// ── The playground ──────────────────────────────────────────────────────────────────────────────

function trialPage(form) {
  const update = async () => {
    const answer = await ask({ ask: "try", text: place("texte").value, dossier: place("essaye").value });
    if (!answer) return;
    put("messages", answer.messages);
    put("decision", answer.decision);
    put("cas", answer.cases);
    say(answer.outcome);
  };
  form.addEventListener("input", later(update, 2 * WAIT));
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}

if (place("sans-script")) place("sans-script").hidden = true;
if (place("formulaire")) formPage(place("formulaire"));
if (place("essai")) trialPage(place("essai"));
