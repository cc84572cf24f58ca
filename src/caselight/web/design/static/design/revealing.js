// Shows what belongs to the option that is chosen, and hides what belongs to the others of its question.
//
// GOV.UK Frontend would do it, but says "expanded" of a radio button, which no radio button may be. One listener for the
// whole page, so that what is put into it later works too.

function sync(radio) {
  const shown = document.getElementById(radio.dataset.clReveals);
  if (shown) shown.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
}

function syncAll(root) {
  for (const radio of root.querySelectorAll("input[type=radio][data-cl-reveals]")) sync(radio);
}

export function revealing(root) {
  syncAll(root);
  root.addEventListener("change", (event) => {
    if (event.target.type === "radio") syncAll(event.target.closest("fieldset") || root);
  });
  // Going back, the browser fills in what was chosen after the page was made.
  window.addEventListener("pageshow", () => syncAll(root));
}
