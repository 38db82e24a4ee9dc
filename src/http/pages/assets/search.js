// Suggestions below the search field while somebody types: a combobox with a list, as in
// WAI-ARIA 1.2. The server makes the list. Without this file, or where a request fails, the
// form searches as ever.

// Longer than between two key strokes of most people.
const PAUSE_MS = 150;
// The count is said once nobody types any more.
const SAY_MS = 1000;
const KEPT_TEXTS = 30;

const form = document.querySelector("form[data-instant]");
const field = form?.elements.q;
const popup = document.createElement("div");
const count = document.createElement("p");

let isComposing = false;
let pause = null;
let say = null;
let request = null;
// The text whose suggestions are shown or on their way.
let wanted = null;
let active = null;

// What the server said, by text; the oldest first.
const answers = new Map();

const typed = () => field.value.trim();
const isOpen = () => !popup.hidden;

function keep(text, html) {
  answers.set(text, html);
  if (answers.size > KEPT_TEXTS) answers.delete(answers.keys().next().value);
}

async function suggest() {
  const text = typed();
  if (text === wanted) return;
  request?.abort();
  wanted = text;
  if (answers.has(text)) return show(answers.get(text));
  if (!text || !navigator.onLine) return close();
  const { signal } = (request = new AbortController());
  try {
    const response = await fetch(`${form.dataset.instant}?${new URLSearchParams({ q: text })}`, { signal });
    if (!response.ok) throw new Error(response.status);
    keep(text, await response.text());
    if (signal.aborted) return;
    // Somebody typed on; their next pause asks again.
    if (text !== typed()) wanted = null;
    else show(answers.get(text));
  } catch {
    if (signal.aborted) return;
    wanted = null;
    hide();
  }
}

function show(html) {
  const fragment = new DOMParser().parseFromString(html, "text/html");
  const list = fragment.querySelector("[role=listbox]");
  if (!list) return hide();
  list.id = "_suggestions";
  list.querySelectorAll("[role=option]").forEach((option, index) => {
    option.id = `_suggestion-${index}`;
    option.setAttribute("aria-selected", "false");
  });
  activate(null);
  popup.replaceChildren(list);
  popup.hidden = false;
  popup.scrollTop = 0;
  field.setAttribute("aria-expanded", "true");
  clearTimeout(say);
  const text = fragment.querySelector("[role=status]")?.textContent;
  say = setTimeout(() => (count.textContent = text), SAY_MS);
}

function hide() {
  clearTimeout(say);
  activate(null);
  count.textContent = "";
  popup.hidden = true;
  field.setAttribute("aria-expanded", "false");
}

// Hides the list, and forgets what is on its way.
function close() {
  clearTimeout(pause);
  request?.abort();
  wanted = null;
  hide();
}

function activate(option) {
  active?.setAttribute("aria-selected", "false");
  active = option;
  if (!active) return field.removeAttribute("aria-activedescendant");
  active.setAttribute("aria-selected", "true");
  active.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", active.id);
}

// Goes up or down; the field itself lies between the last option and the first.
function move(step) {
  if (!isOpen()) suggest();
  if (!isOpen()) return;
  const stops = [null, ...popup.querySelectorAll("[role=option]")];
  activate(stops.at((stops.indexOf(active) + step) % stops.length));
}

function onInput() {
  clearTimeout(pause);
  if (isComposing) return;
  activate(null);
  if (typed()) pause = setTimeout(suggest, PAUSE_MS);
  else close();
}

function clear() {
  field.value = "";
  close();
}

function onKey(event) {
  // Safari ends a composition before it tells of the key that did so; 229 tells it, too.
  if (event.isComposing || event.keyCode === 229) {
    if (event.key === "Enter") event.preventDefault();
    return;
  }
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  const isPlain = !altKey && !ctrlKey && !metaKey && !shiftKey;
  const keys = {
    ArrowDown: isPlain ? () => move(1) : altKey && suggest,
    ArrowUp: isPlain ? () => move(-1) : altKey && isOpen() && close,
    Escape: isOpen() ? close : field.value && clear,
    // Like a click with the same keys held down.
    Enter: active && (() => active.dispatchEvent(new MouseEvent("click", event))),
  };
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
  // The cursor moves in the text again.
  if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) activate(null);
}

function prepare() {
  popup.className = "instant";
  popup.hidden = true;
  // It is there before it says something, or screen readers would not hear it.
  count.className = "hidden";
  count.setAttribute("role", "status");
  form.append(popup, count);
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": "_suggestions",
    "aria-expanded": "false",
  };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
}

if (form) {
  prepare();
  field.addEventListener("input", onInput);
  field.addEventListener("keydown", onKey);
  field.addEventListener("compositionstart", () => {
    isComposing = true;
    clearTimeout(pause);
  });
  field.addEventListener("compositionend", () => {
    isComposing = false;
    onInput();
  });
  // The field keeps the focus, whatever is pressed in the list.
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  popup.addEventListener("click", (event) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    // The list would stay over a part of this page.
    if (event.target.closest("a") && !isElsewhere) field.blur();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget !== field && !popup.contains(relatedTarget)) close();
  });
  form.addEventListener("submit", close);
  document.addEventListener("click", (event) => form.contains(event.target) || close());
  // The page may come back as it was.
  window.addEventListener("pagehide", close);
}
