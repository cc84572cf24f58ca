// Two keys with modifiers: the next unanswered question, and the urgent concern. Whoever is led to a question of another
// theme finds its first choice in focus, as within a theme.
export function watchKeys(page) {
  const led = () => {
    const there = document.getElementById(location.hash.slice(1));
    if (there?.matches("article") && [document.body, there].includes(document.activeElement)) show(there);
  };
  if (document.readyState === "complete") led();
  else window.addEventListener("load", led);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "KeyN" && goOn(page)) event.preventDefault();
    if (event.code === "KeyU") {
      const link = document.querySelector(".govuk-button--warning[href]");
      if (link) {
        event.preventDefault();
        link.click();
      }
    }
  });
  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-cl-next]") && goOn(page, false)) event.preventDefault();
  });
}

// To the next open question of the page after the one in focus; where there is none, to that of the next theme.
export function goOn(page, leave = true) {
  const all = [...page.querySelectorAll("article[id]")];
  const here = all.findIndex((one) => one.contains(document.activeElement));
  const next = all.slice(here + 1).find((one) => one.hasAttribute("data-open"));
  if (next) {
    show(next);
    return true;
  }
  const link = page.querySelector("[data-cl-next]");
  if (!leave || !link) return false;
  const id = here >= 0 ? all[here].id.replace(/^q-/, "") : "";
  window.location.assign(`${link.href}?after=${encodeURIComponent(id)}`);
  return true;
}

export function show(article) {
  article.scrollIntoView({ block: "start" });
  (article.querySelector("input:checked, input:not([type=hidden]), textarea") || article).focus({ preventScroll: true });
}
