// The page on which the letter is written: what is typed is looked at, kept on the server, and shown in the preview.
import { offerFinder } from "./finder.js";
import { keepFocus } from "./focus.js";
import { numberLines } from "./gutter.js";
import { keepPlace } from "./mending.js";
import { go, lineAt } from "./places.js";

const root = document.getElementById("letter");
const form = document.getElementById("letter-form");
const text = document.getElementById("text");
const kept = document.getElementById("kept");
const says = document.getElementById("preview-says");
const frame = document.getElementById("preview");
const LOOK = 700; // milliseconds after the last key
const KEEP = 3000;

let looking = null;
let lookTimer = 0;
let keepTimer = 0;
let keeping = false;
let last = text.value;
const mark = numberLines(text);
const renew = keepFocus(frame);
const mend = keepPlace(document.getElementById("mending"));

document.getElementById("look").hidden = true;
offerFinder(text, changed);
text.addEventListener("input", changed);
form.addEventListener("submit", () => clearTimeout(keepTimer));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (link) go(event, text, link);
});
mark(linesOf(document.getElementById("mending")));

function changed() {
  clearTimeout(lookTimer);
  clearTimeout(keepTimer);
  lookTimer = setTimeout(look, LOOK);
  keepTimer = setTimeout(keep, KEEP);
  kept.className = "cl-saved";
  kept.textContent = "Not saved yet.";
}

function sent(line) {
  const data = new FormData(form);
  if (line) data.set("line", String(lineAt(text)));
  return data;
}

async function look() {
  looking?.abort();
  looking = new AbortController();
  try {
    const answer = await fetch(root.dataset.look, { method: "POST", body: sent(true), signal: looking.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") says.textContent = "The preview could not be made just now. Go on writing.";
  }
}

function show(found) {
  mend(found.mending);
  document.getElementById("outline").innerHTML = found.outline;
  mark(found.lines);
  says.textContent = found.preview ? "As you type." : "From before the mistakes beside the text.";
  if (found.preview) renew(new URL(found.preview, location.href));
}

// One at a time: of two under way at once the older could arrive last, and be what is kept.
async function keep() {
  if (keeping || text.value === last) return;
  const typed = text.value;
  keeping = true;
  kept.textContent = "Keeping your words …";
  try {
    const answer = await fetch(root.dataset.keep, { method: "POST", body: sent(false) });
    const said = await answer.json();
    kept.className = `cl-saved cl-saved--${answer.ok ? "saved" : "not"}`;
    kept.textContent = said.says;
    if (answer.ok) last = typed;
  } catch {
    kept.className = "cl-saved cl-saved--not";
    kept.textContent = "Not kept: the server cannot be reached. Leave this page open; it tries again.";
    keepTimer = setTimeout(keep, 2 * KEEP);
  }
  keeping = false;
  if (last === typed && text.value !== typed) {
    clearTimeout(keepTimer);
    keepTimer = setTimeout(keep, KEEP);
  }
}

function linesOf(list) {
  const found = {};
  for (const link of list.querySelectorAll("a[data-line]")) {
    found[link.dataset.line] = link.closest(".cl-mends--error") ? "error" : (found[link.dataset.line] ?? "warning");
  }
  return found;
}
