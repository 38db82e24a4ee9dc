// Takes what a reader says of an article without leaving the place they read, and prints.
// Where a request fails, and without this file, the form is sent as forms are.

// Longer than a vote takes on a poor connection.
const LONGEST_MS = 10_000;

let isPlain = false;

// Sends a form; returns what stands in its place then.
async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(LONGEST_MS) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const section = page.getElementById("_feedback");
  if (!response.ok || !section) throw new Error(response.status);
  return section;
}

async function give(section, form, submitter) {
  if (section.ariaBusy) return;
  section.ariaBusy = "true";
  try {
    const next = await send(form, submitter);
    section.replaceWith(next);
    const heading = next.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  } catch {
    section.ariaBusy = null;
    isPlain = true;
    form.requestSubmit(submitter);
  }
}

document.addEventListener("submit", (event) => {
  const section = event.target.closest("#_feedback");
  if (!section || isPlain) return;
  event.preventDefault();
  give(section, event.target, event.submitter);
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
