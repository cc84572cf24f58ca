// Puts the questions as the server has them now into the page, and leaves alone whatever somebody is working on.
const CARRIED = ["op", "gate_op", "bases", "gate_bases"];
export const HEADERS = { "X-Caselight-Background": "1" };

// Asks for the questions as they are after an answer was saved; where that fails, the next answer asks again.
export async function renew(page, form) {
  const address = new URL(location.href);
  address.searchParams.set("theme", page.querySelector("[data-cl-theme]").dataset.clTheme);
  try {
    const answer = await fetch(address, { headers: HEADERS, redirect: "error" });
    const fresh = answer.ok && renewed(await answer.text());
    if (fresh) merge(page, fresh, form, true);
  } catch {
    // Nothing is lost: the answer is saved, and its form builds on what was sent last.
  }
}

// Whether a form holds anything that the server did not put there.
export function begun(form) {
  const visible = [...form.elements].filter((one) => one.name && one.type !== "hidden");
  return visible.some((one) => one.checked !== one.defaultChecked || (one.defaultValue !== undefined && one.value !== one.defaultValue));
}

export function renewed(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  return made.querySelector("[data-cl-theme]");
}

export function merge(page, fresh, form, saved) {
  side(page, fresh);
  const old = [...page.querySelectorAll("[data-cl-questions]")];
  const mine = form.closest("article");
  [...fresh.querySelectorAll("[data-cl-questions]")].forEach((list, n) => old[n] && questions(old[n], list, mine, saved));
  for (const part of ["[data-cl-hidden]", "[data-cl-worked]"]) replace(page, fresh, part);
}

function side(page, fresh) {
  for (const part of [".cl-case__count", ".cl-case__next", ".cl-themes"]) {
    const [now, then] = [fresh.querySelector(part), page.querySelector(part)];
    if (now && then && now.innerHTML !== then.innerHTML) then.innerHTML = now.innerHTML;
  }
}

function replace(page, fresh, part) {
  const [now, then] = [fresh.querySelector(part), page.querySelector(part)];
  if (then && now) {
    if (then.open) now.open = true;
    if (then.textContent !== now.textContent) then.replaceWith(now);
  } else if (then) then.remove();
  else if (now) page.querySelector(".cl-case__main").append(now);
}

function questions(list, fresh, mine, saved) {
  const wanted = new Set([...fresh.children].map((one) => one.id));
  let after = null;
  for (const now of [...fresh.children]) {
    const then = document.getElementById(now.id);
    const stays = then && keep(then, now, mine, saved);
    const placed = stays ? then : now;
    if (then && !stays) then.replaceWith(now);
    else if (!then) after ? after.after(now) : list.prepend(now);
    after = placed;
  }
  for (const one of [...list.children]) if (!wanted.has(one.id) && !busy(one)) one.remove();
}

// Whether the question in the page stays as it is. The one that was saved takes over the new ids and bases, and what is
// said of it; a question that somebody else changed is renewed, unless something is being typed there.
function keep(then, now, mine, saved) {
  if (then === mine && then.querySelector("form[data-cl-answer]") && now.querySelector("form[data-cl-answer]")) {
    if (saved) take(then, now);
    else error(then, now);
    return true;
  }
  return busy(then) || then.dataset.print === now.dataset.print;
}

function busy(article) {
  return article.contains(document.activeElement) || Boolean(article.querySelector("form[data-dirty]"));
}

function take(then, now) {
  then.toggleAttribute("data-open", now.hasAttribute("data-open"));
  then.dataset.print = now.dataset.print;
  then.classList.remove("govuk-form-group--error");
  then.querySelector(".govuk-error-message")?.remove();
  const [old, fresh] = [then.querySelector("form"), now.querySelector("form")];
  for (const name of CARRIED) if (old.elements[name] && fresh.elements[name]) old.elements[name].value = fresh.elements[name].value;
  then.querySelectorAll("[data-cl-lacks]").forEach((one) => one.remove());
  then.querySelector(".cl-note__label").before(...now.querySelectorAll("[data-cl-lacks]"));
  then.querySelectorAll(".cl-question__saved").forEach((one) => one.remove());
  const told = now.querySelector(".cl-question__saved");
  if (told) then.querySelector("[data-cl-state]").before(told);
  if (!old.hasAttribute("data-dirty")) evidence(then, now);
}

// What was filled in as evidence stands above its boxes once it is saved, and the boxes are empty again.
function evidence(then, now) {
  const [old, fresh] = [then.querySelector(".cl-evidence"), now.querySelector(".cl-evidence")];
  if (!old || !fresh || old.contains(document.activeElement)) return;
  fresh.open = old.open;
  old.replaceWith(fresh);
}

function error(then, now) {
  then.classList.add("govuk-form-group--error");
  then.querySelector(".govuk-error-message")?.remove();
  const told = now.querySelector(".govuk-error-message");
  if (told) then.querySelector("form").prepend(told);
}
