// While files are being made the page looks for itself how far they are.

const WAIT = 2000;

async function again() {
  const files = document.getElementById("files");
  if (files?.dataset.going === undefined) return;
  try {
    const answer = await fetch(location.pathname + location.search);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("files");
    if (fresh && fresh.innerHTML !== files.innerHTML) files.replaceWith(document.adoptNode(fresh));
  } catch {
    // the next look may reach the server again
  }
  setTimeout(again, WAIT);
}

setTimeout(again, WAIT);
