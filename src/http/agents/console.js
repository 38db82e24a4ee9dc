// The agents' console in the browser: finds solutions without leaving the page, copies, keeps
// what the agent says of a suggestion, takes keys, and talks with a ticket tool around it.
// Everything but copying, keys and that talk works without this file.

const VERSION = 1;
const body = document.body;
const frames = body.dataset.frames.split(" ").filter(Boolean);
const solutions = document.getElementById("solutions");
const form = document.getElementById("ticket");

// The tool that sent a ticket; what the agent inserts goes there and nowhere else.
let tool = null;

const isFramed = window.parent !== window;

function tell(message) {
  if (tool) window.parent.postMessage({ zhida: VERSION, ...message }, tool);
}

const ticketId = () => form?.elements.ticket_id.value || null;

// What may be sent of the suggestion or reply around an element, in its three forms.
function sendable(element) {
  const around = element.closest(".suggestion, .reply");
  const source = around?.querySelector(".to-send");
  if (!source) return null;
  const text = source.querySelector("textarea");
  return {
    // A reply is made of several.
    suggestion_ids: around.dataset.id.split(" "),
    markdown: source.dataset.markdown,
    html: source.dataset.html,
    text: text.value,
    field: text,
  };
}

async function copy(element) {
  const one = sendable(element);
  if (!one) return;
  let isCopied = true;
  try {
    const as = (type, text) => [type, new Blob([text], { type })];
    await navigator.clipboard.write([
      new ClipboardItem(Object.fromEntries([as("text/html", one.html), as("text/plain", one.text)])),
    ]);
  } catch {
    // In a frame the clipboard may be closed to scripts.
    one.field.closest("details")?.setAttribute("open", "");
    one.field.select();
    isCopied = document.execCommand("copy");
  }
  if (!isCopied) return;
  const button = element.closest(".suggestion, .reply").querySelector(".copy");
  button.dataset.label ??= button.textContent;
  button.textContent = body.dataset.copied;
  setTimeout(() => (button.textContent = button.dataset.label), 1500);
  one.suggestion_ids.forEach((id) => keep("inserted", id));
}

function insert(element) {
  const one = sendable(element);
  if (!one) return;
  const { suggestion_ids, markdown, text, html } = one;
  tell({ type: "insert", ticket_id: ticketId(), suggestion_ids, markdown, text, html });
  suggestion_ids.forEach((id) => keep("inserted", id));
}

// Keeps what the agent did with a suggestion; says whether that worked.
async function keep(mark, id) {
  const sent = new URLSearchParams({ mark: `${mark} ${id}` });
  const response = await fetch("/agent/marks", { method: "POST", body: sent }).catch(() => null);
  if (response?.ok) tell({ type: "marked", suggestion_id: id, mark });
  return Boolean(response?.ok);
}

async function press(button) {
  const [mark, id] = button.value.split(" ");
  button.disabled = true;
  if (await keep(mark, id)) {
    // What was said last counts.
    for (const other of button.parentElement.querySelectorAll("button[name=mark]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  }
  button.disabled = false;
}

// Asks for solutions; where that fails the form is sent as without this file.
let latest = 0;
async function find() {
  const turn = ++latest;
  solutions.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.getElementById("solutions");
    if (turn !== latest) return;
    if (!response.ok || !found) throw new Error(response.status);
    solutions.replaceChildren(...found.childNodes);
    prepare();
    if (form.contains(document.activeElement)) move(1);
    tell({ type: "results", ticket_id: ticketId(), problems: solutions.querySelectorAll(".problem").length });
  } catch {
    if (turn === latest) form.submit();
  } finally {
    if (turn === latest) solutions.removeAttribute("aria-busy");
  }
}

// Shows the buttons that need this file.
function prepare() {
  for (const button of document.querySelectorAll(".copy")) button.hidden = false;
  for (const button of document.querySelectorAll(".insert")) button.hidden = !tool;
}

function move(step) {
  const all = [...document.querySelectorAll(".suggestion")];
  const at = all.indexOf(document.activeElement?.closest(".suggestion"));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.contains(event.target)) {
    form.requestSubmit();
    return;
  }
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && isTyping && !event.isComposing) event.target.blur();
  if (isTyping || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const current = document.activeElement?.closest(".suggestion");
  const mark = (name) => current?.querySelector(`button[value^="${name} "]`)?.click();
  const keys = {
    "/": () => document.getElementById("_q")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    c: () => current && copy(current),
    i: () => current && tool && insert(current),
    o: () => current?.querySelector("h3 a")?.click(),
    s: () => mark("solved"),
    w: () => mark("rejected"),
  };
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

// A ticket tool around this page sends a ticket; only tools that the owner named are heard.
function onMessage(event) {
  const message = event.data;
  if (event.source !== window.parent || !frames.includes(event.origin)) return;
  if (message?.zhida !== VERSION || message.type !== "ticket") return;
  tool = event.origin;
  for (const name of ["subject", "body", "customer_locale", "market", "product", "ticket_id"]) {
    form.elements[name] && (form.elements[name].value = String(message[name] ?? ""));
  }
  form.requestSubmit();
}

// Opens a mail file or a text: what is in it is read by the server, like what is pasted.
async function open(file) {
  if (!file) return;
  form.elements.subject.value = "";
  form.elements.body.value = await file.text();
  form.requestSubmit();
}

if (form) {
  const file = form.querySelector("input[type=file]");
  file.closest("label").hidden = false;
  file.addEventListener("change", () => open(file.files[0]));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.submitter?.name === "mark" ? press(event.submitter) : find();
  });
  document.querySelector(".keys")?.removeAttribute("hidden");
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches(".copy")) copy(button);
  if (button?.matches(".insert")) insert(button);
});
document.addEventListener("keydown", onKey);
prepare();
if (form && isFramed && frames.length) {
  window.addEventListener("message", onMessage);
  // The tool may be any of those that are named: each is told, and the one around hears it.
  for (const origin of frames) window.parent.postMessage({ zhida: VERSION, type: "ready" }, origin);
}
