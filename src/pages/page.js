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

/** Asks; `undefined` where there is no answer. */
async function ask(request) {
  try {
    return JSON.parse(await (await engine)(JSON.stringify({ policy, ...request })));
  } catch (error) {
    say(`Pas de réponse du moteur (${error.message}). Ce qui est saisi reste dans la page.`);
    return undefined;
  }
}

/** One thing after another, so that no answer comes after a later one; what is still to be done once is done once. */
function inTurn() {
  const waiting = [];
  let busy = false;
  return async (work, once) => {
    if (!once || !waiting.includes(work)) waiting.push(work);
    if (busy) return;
    busy = true;
    while (waiting.length > 0) await waiting.shift()();
    busy = false;
  };
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

/** Puts a form anew; what was typed since it was asked for stays. */
function refill(form, sent, answer) {
  const now = answer?.form === undefined ? [] : fields(form);
  fill(answer, true);
  for (const [name, value] of now) {
    if (sent.some(([own, before]) => own === name && before === value)) continue;
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement && input.type === "text") input.value = value;
  }
}

function formPage(form) {
  let kept = true;
  const turn = inTurn();
  const update = async () => fill(await ask({ ask: "form", fields: fields(form) }), false);
  const soon = later(() => turn(update, true), WAIT);
  const act = async (what) => {
    const sent = fields(form);
    const answer = await ask({ ask: "form", fields: sent, act: what });
    // Taken out of a list, those after it come up: what is typed meanwhile has no field any more.
    if (what.startsWith("ajouter")) refill(form, sent, answer);
    else fill(answer, true);
  };
  const save = async (kind) => {
    const answer = await ask({ ask: "save", fields: fields(form), as: kind });
    if (answer?.text === undefined) return fill(answer, false);
    download(answer.name, answer.text);
    say(answer.outcome);
    kept = true;
  };
  const open = async (file) => {
    const answer = await ask({ ask: "open", name: file.name, ...(await contents(file)) });
    if (answer?.policy !== undefined && answer.policy !== policy) {
      say(`Ce dossier relève d'un autre dispositif (${answer.policy}) : l'ouvrir dans son formulaire.`);
      return;
    }
    fill(answer, true);
    kept = true;
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    kept = false;
    soon();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const what = event.submitter?.value ?? "decider";
    if (what.startsWith("enregistrer ")) {
      turn(() => save(what.slice("enregistrer ".length)));
    } else if (what === "decider") {
      await turn(update, true);
      place("decision").focus();
    } else {
      kept = false;
      turn(() => act(what));
    }
  });
  for (const input of document.querySelectorAll("input[data-faire=ouvrir]")) {
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (!file) return;
      turn(() => open(file).finally(() => { input.value = ""; }));
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (!kept) event.preventDefault();
  });
  // What the browser kept of an earlier visit.
  turn(update, true);
}

// ── The playground ──────────────────────────────────────────────────────────────────────────────

/** Shows a place of a text: selected, in the middle of what is seen. */
function show(text, start, end) {
  text.focus();
  text.setSelectionRange(start, end);
  const lines = (part) => part.split("\n").length;
  const share = lines(text.value.slice(0, start)) / lines(text.value);
  text.scrollTop = share * text.scrollHeight - text.clientHeight / 2;
}

/** Changes a text as if it were typed, so that it may be undone. */
function type(text, start, end, words) {
  show(text, start, end);
  const done = words === "" ? start === end || document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (done) return;
  text.setRangeText(words, start, end, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function trialPage(form) {
  const text = place("texte");
  // What buttons do, and to which text.
  let places = [];
  let told;
  const update = async () => {
    const sent = text.value;
    const answer = await ask({ ask: "try", text: sent, dossier: place("essaye").value });
    if (!answer) return;
    places = answer.places ?? [];
    told = sent;
    put("messages", answer.messages);
    put("decision", answer.decision);
    put("cas", answer.cases);
    say(answer.outcome);
  };
  const turn = inTurn();
  form.addEventListener("input", later(() => turn(update, true), 2 * WAIT));
  form.addEventListener("submit", (event) => event.preventDefault());
  place("messages").addEventListener("click", (event) => {
    const button = event.target.closest("button[name=faire]");
    // What was written since is told of in a moment.
    if (!button || text.value !== told) return;
    const [act, rank] = button.value.split(" ");
    // The last ones first: the places of the others stay.
    const edits = [...(places[rank] ?? [])].sort(([a], [b]) => b - a);
    for (const [start, end, words] of edits) {
      if (act === "aller") show(text, start, end);
      else type(text, start, end, words);
    }
  });
  turn(update, true);
}

if (place("sans-script")) place("sans-script").hidden = true;
if (place("formulaire")) formPage(place("formulaire"));
if (place("essai")) trialPage(place("essai"));
