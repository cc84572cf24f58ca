// Asks before a page is left on which something was typed and not sent. Nothing is kept in the browser.
//
// Every form of the main part that is posted is guarded, unless it says data-cl-unguarded. Who saves without sending the
// form says so with a "caselight:saved" event on it.

const guarded = new Map(); // each form, and what it held when it was last known to be saved

function held(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(pairs.map(([name, value]) => [name, value instanceof File ? value.name : value]));
}

/** Whether anything was typed and not sent. */
export function unsaved() {
  return [...guarded].some(([form, before]) => form.isConnected && held(form) !== before);
}

export function guardForms(root) {
  for (const form of root.querySelectorAll("main form[method=post]:not([data-cl-unguarded])")) {
    // A form that was sent back with errors holds what is not saved.
    const refused = Boolean(form.querySelector(".govuk-error-message"));
    guarded.set(form, refused ? "" : held(form));
    form.addEventListener("submit", () => guarded.delete(form));
    form.addEventListener("caselight:saved", () => guarded.set(form, held(form)));
  }
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });
  // Back from another page the browser shows the page as it was left: what was sent is then sent.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of guarded.keys()) guarded.set(form, held(form));
  });
}
