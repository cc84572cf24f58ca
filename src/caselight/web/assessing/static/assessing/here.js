// Who else is on this case: asked for every twenty seconds while the page is looked at.
const EVERY = 20000;

export function askWhoIsHere(page) {
  const address = page.dataset.here;
  window.setInterval(async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) return;
      const { here } = await answer.json();
      const place = page.querySelector("[data-cl-here]");
      const text = here.join("\n");
      if (place && place.innerText.trim() !== text) place.innerText = text;
    } catch {
      // Nobody is told: whether answers are saved is said where they are saved.
    }
  }, EVERY);
}
