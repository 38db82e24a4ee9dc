// Shows what may answer a message while it is written, so that one submit sends it. Without
// this file, or where a request fails, the server shows the answers before it sends.

// Who stops for so long has said something.
const PAUSE_MS = 400;
// Shorter texts say nothing yet.
const LEAST_LETTERS = 8;
const LEAST_DENSE_LETTERS = 4;
// The problem is told by then.
const MOST_LETTERS = 400;

const form = document.querySelector("form[data-answers]");
const message = form?.elements.message;
const answers = document.getElementById("_answers");
const seen = form?.elements.answers_seen ?? document.createElement("input");

let isComposing = false;
let pause = null;
let request = null;
// The text whose answers stand there, and these.
let answered = null;
let shown = "";

function told() {
  return [...message.value.trim()].slice(0, MOST_LETTERS).join("");
}

function isEnough(text) {
  const isDense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text);
  return [...text].length >= (isDense ? LEAST_DENSE_LETTERS : LEAST_LETTERS);
}

// Says to the server whether the answers to what is written now were seen.
function mark() {
  if (shown && told() === answered) form.append(seen);
  else seen.remove();
}

function show(text, html) {
  answered = text;
  // The same answers are not read out again.
  if (html !== shown) {
    shown = html;
    answers.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }
  mark();
}

async function ask() {
  const text = told();
  if (text === answered) return;
  if (!isEnough(text)) return show(text, "");
  const { signal } = (request = new AbortController());
  try {
    // What somebody writes to a person stands in no address.
    const body = new URLSearchParams({ q: text });
    const response = await fetch(form.dataset.answers, { method: "POST", body, signal });
    if (!response.ok) throw new Error(response.status);
    const html = (await response.text()).trim();
    if (!signal.aborted) show(text, html);
  } catch {
    if (!signal.aborted) show(null, "");
  }
}

function stop() {
  clearTimeout(pause);
  request?.abort();
}

function onInput() {
  stop();
  mark();
  if (!isComposing) pause = setTimeout(ask, PAUSE_MS);
}

function prepare() {
  // The server has put answers there if it says that they were seen.
  if (seen.isConnected) {
    answered = told();
    shown = answers.innerHTML.trim();
  }
  Object.assign(seen, { type: "hidden", name: "answers_seen", value: "yes" });
}

if (form) {
  prepare();
  message.addEventListener("input", onInput);
  message.addEventListener("compositionstart", () => {
    isComposing = true;
    stop();
  });
  message.addEventListener("compositionend", () => {
    isComposing = false;
    onInput();
  });
  form.addEventListener("submit", stop);
  window.addEventListener("pagehide", stop);
}
