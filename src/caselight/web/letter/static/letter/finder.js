// Finding a figure or a quotation without leaving the text; what is chosen is put in at the cursor.
import { put } from "./places.js";

const FAILED = '<p class="govuk-body">This could not be looked up just now. Try again.</p>';

export function offerFinder(text) {
  const finder = document.getElementById("finder");
  let opened = null, asked = 0;

  for (const id of ["find-figure", "find-quotation"]) {
    const link = document.getElementById(id);
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (opened === link) shut();
      else open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); link.click(); }
    });
  }

  async function open(link) {
    opened?.setAttribute("aria-expanded", "false");
    opened = link;
    link.setAttribute("aria-expanded", "true");
    await load(link.href);
    finder.hidden = false;
    finder.querySelector("input[type=search], input[name=q]")?.focus();
  }

  function shut() {
    opened?.setAttribute("aria-expanded", "false");
    opened?.focus();
    opened = null;
    finder.hidden = true;
  }

  /** Only the answer to what was asked last is shown: one that comes late would take its place. */
  async function load(address) {
    const mine = ++asked;
    let found;
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      found = await answer.text();
      finder.classList.add("cl-letter__finder--live");
    } catch {
      found = FAILED;
    }
    if (mine === asked) show(found);
  }

  /** What was found takes the place of what stood there; the box that is typed in stays, and what is typed in it. */
  function show(found) {
    const box = document.createElement("div");
    box.innerHTML = found;
    const stays = finder.querySelector("form"), comes = box.querySelector("form");
    const same = stays && (!comes || comes.getAttribute("action") === stays.getAttribute("action"));
    if (!same) return finder.replaceChildren(...box.childNodes);
    comes?.remove();
    for (const old of [...finder.childNodes]) if (old !== stays) old.remove();
    finder.append(...box.childNodes);
  }

  finder.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    await load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    if (finder.contains(document.activeElement)) finder.querySelector("input[name=q]")?.focus();
  });
  finder.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put]");
    if (button) put(text, button.dataset.put);
  });
  finder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
}
