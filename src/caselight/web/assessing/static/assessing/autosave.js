// Saves each answer in the background by posting its own form to its own address, and says where it is: saving, saved on
// the server at 14:02, or not saved, why, and what to do. What is not saved is tried again until it is.
import { HEADERS, begun, merge, renew, renewed } from "./fragment.js";
import { goOn } from "./keys.js";

const PAUSE = { change: 350, input: 1500 };
const OUTLIVES = 60_000; // bytes: what is longer is not sent by a page that is left, and must not be asked to be
const AGAIN = [2000, 5000, 10000, 20000];

export function watchAnswers(page) {
  const waiting = new Map(); // forms with something to save, each with its timer
  let [busy, failures, leaving] = [false, 0, false]; // leaving: for another page, as soon as everything is saved

  const formOf = (event) => event.target.closest("form[data-cl-answer]");
  const say = (state, text, form = null) => {
    if (state === "not") leaving = false;
    page.querySelectorAll("[data-cl-state]").forEach((one) => { if (one.textContent && !waiting.has(one.closest("form"))) one.textContent = ""; });
    const beside = form && document.contains(form) ? form.querySelector("[data-cl-state]") : null;
    if (beside) beside.textContent = state === "not" ? "Not saved" : "";
    const place = page.querySelector("[data-cl-saved]");
    place.className = `cl-saved${state ? ` cl-saved--${state}` : ""}`;
    if (place.textContent !== text) place.textContent = text;
  };

  const closed = (form, why) => say("not", `Not saved: ${why}`, form);
  const ended = (form) => document.dispatchEvent(new Event("caselight:ended")) && closed(form, "you are signed out. Sign in again on another tab: what you typed stays on this page, and is saved then.");

  function later(form, pause) {
    window.clearTimeout(waiting.get(form));
    form.dataset.dirty = "";
    waiting.set(form, window.setTimeout(flush, pause));
  }

  function touched(event) {
    const form = formOf(event);
    if (!form) return;
    form.elements.made.value = new Date().toISOString();
    ready(form) ? later(form, PAUSE[event.type]) : say("", "");
  }

  // A note alone is no answer yet: it is saved with the answer.
  function ready(form) {
    const choices = [...form.querySelectorAll("[name=value]")];
    const written = [...form.querySelectorAll("[name=written], [name^='value-']")];
    const chosen = choices.some((one) => one.checked) || written.some((one) => one.value.trim());
    form.toggleAttribute("data-note-only", !chosen);
    return chosen || !choices.length;
  }

  async function flush() {
    if (busy) return;
    if (!waiting.size) return void (leaving = leaving && !goOn(page));
    busy = true;
    const [form] = waiting.keys();
    window.clearTimeout(waiting.get(form));
    waiting.delete(form);
    try {
      say("", "Saving…");
      await send(form);
      failures = 0;
    } catch {
      const wait = AGAIN[Math.min(failures++, AGAIN.length - 1)];
      waiting.set(form, window.setTimeout(flush, wait));
      say("not", `Not saved: the server cannot be reached. Keep this page open; it is tried again in ${wait / 1000} seconds.`, form);
      busy = false;
      return;
    }
    busy = false;
    flush();
  }

  async function send(form) {
    const before = new URLSearchParams(new FormData(form));
    const keepalive = before.toString().length < OUTLIVES;
    const answer = await fetch(form.action, { method: "POST", body: before, headers: HEADERS, redirect: "manual", keepalive });
    if (answer.type === "opaqueredirect" || answer.status === 401) return ended(form);
    if (answer.status === 403 || answer.status === 404) return closed(form, "you may not answer here any more, or your session ended. Copy what you typed, then open the case again.");
    if (answer.status >= 500) throw new Error("failed");
    if (answer.ok) return saved(form, (await answer.json()).saved, before.toString());
    const fresh = renewed(await answer.text());
    if (!fresh) throw new Error("strange");
    merge(page, fresh, form, false);
    say("not", fresh.querySelector("[data-cl-saved]").textContent, form);
  }

  // It is saved and says so at once; what else follows from it is asked for afterwards, and missed without harm.
  async function saved(form, told, before) {
    if (new URLSearchParams(new FormData(form)).toString() === before) delete form.dataset.dirty;
    say("saved", told, form);
    document.dispatchEvent(new Event("caselight:alive"));
    await renew(page, form);
    say("saved", told, form);
  }

  // Whoever was quicker than this script is not forgotten. What the browser itself put back is not taken for an answer.
  function catchUp() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    for (const form of page.querySelectorAll("form[data-cl-answer]")) if (begun(form)) touched({ target: form, type: "change" });
  }

  page.addEventListener("change", touched);
  page.addEventListener("input", (event) => event.target.matches("textarea, input:not([type=radio]):not([type=checkbox])") && touched(event));
  page.addEventListener("submit", async (event) => {
    const form = formOf(event);
    if (!form || event.submitter?.name === "withdraw" || !ready(form)) return; // the server says what is missing
    event.preventDefault();
    const dirty = "dirty" in form.dataset;
    leaving = !goOn(page, false);
    if (dirty || waiting.has(form)) later(form, 0);
    else flush();
  });
  window.addEventListener("online", flush);
  document.addEventListener("caselight:again", () => page.querySelectorAll("form[data-dirty]").forEach((form) => later(form, 0)));
  catchUp();
  window.addEventListener("beforeunload", (event) => {
    if (!waiting.size && !busy && !page.querySelector("form[data-note-only] textarea[name=note]:not(:placeholder-shown)")) return;
    flush();
    event.preventDefault();
  });
}
