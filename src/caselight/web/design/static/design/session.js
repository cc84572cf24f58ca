// Warns before the session ends, keeps it open by one click, and keeps the page with what was typed if it has ended.
//
// The server alone ends sessions; this counts along. Whatever speaks to the server (here, in another window, an answer
// that saves itself) begins the count anew: it sends "caselight:alive" to the document, and "caselight:ended" where the
// server took it for nobody's. Once somebody has signed in again, in whichever window, this sends "caselight:again".

const LOOK = 10_000; // milliseconds between two looks at the clock, which also goes on while a laptop sleeps

let dialog, ends, channel, warning; // the last: seconds before the end, as its person chose
const part = (name) => dialog.querySelector(`[data-cl-${name}]`);

export function watchSession(element) {
  if (!element || typeof element.showModal !== "function") return;
  dialog = element;
  warning = Number(dialog.dataset.warning || 5) * 60;
  channel = "BroadcastChannel" in window ? new BroadcastChannel("caselight.session") : null;
  if (channel) channel.onmessage = (event) => (over() ? stay() : alive(event.data, false));
  document.addEventListener("caselight:ended", () => {
    ends = Date.now();
    look();
  });
  document.addEventListener("caselight:alive", () => alive(Number(dialog.dataset.seconds), true));
  part("stay").addEventListener("click", stay);
  part("again").addEventListener("click", stay);
  alive(Number(dialog.dataset.seconds), true);
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
}

/** The session lasts so many seconds from now; other windows are told. */
function alive(seconds, tell) {
  ends = Date.now() + seconds * 1000;
  if (tell && channel) channel.postMessage(seconds);
  if (dialog.open && seconds > warning) dialog.close();
}

const over = () => ends <= Date.now();

function look() {
  const left = Math.round((ends - Date.now()) / 1000);
  if (left > warning) return;
  part("soon").hidden = over();
  part("over").hidden = !over();
  const minutes = Math.ceil(left / 60);
  const words = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  if (part("left").textContent !== words) part("left").textContent = words;
  if (!dialog.open) dialog.showModal();
}

/** Ask the server to keep the session; the forms of this page take the sign of the session that there is now. */
async function stay() {
  const said = part("said");
  try {
    const answer = await fetch(dialog.dataset.here, { redirect: "manual", headers: { Accept: "application/json" } });
    if (!answer.ok) {
      ends = Date.now();
      said.textContent = "You are signed out.";
      look();
      return;
    }
    const { seconds, token } = await answer.json();
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    said.textContent = seconds > warning ? "" : "You have been signed in for as long as is allowed. Save, then sign in again.";
    const ended = over();
    alive(seconds, true);
    if (ended) document.dispatchEvent(new Event("caselight:again")); // what waited for that can be saved
  } catch {
    said.textContent = "The server cannot be reached. What you typed is still on this page.";
  }
}
