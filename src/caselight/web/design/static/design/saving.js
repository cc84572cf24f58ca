// Saving without leaving the page, and saying where what was typed is: the look and the words of every page that does so.
//
//   const state = document.querySelector("[data-cl-saved]");
//   const answer = await send("/inspections/…", { answer: "yes" }, state);
//   if (answer) …

const COOKIE = /(?:^|;\s*)csrftoken=([^;]+)/;

/** Show a state: "saving", "saved" (with the server's time) or "not" (with why, and what to do). */
export function say(element, state, words) {
  element.className = `cl-saved cl-saved--${state}`;
  element.textContent = words;
}

/** Send values as a form does. What the server answers as data, or nothing where it was not saved; the state says why. */
export async function send(address, values, element) {
  say(element, "saving", "Saving…");
  const body = values instanceof FormData ? values : new URLSearchParams(values);
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST", body, redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": (COOKIE.exec(document.cookie) || [])[1] || "" },
    });
  } catch {
    say(element, "not", "Not saved: the server cannot be reached. What you typed is still on this page. Try again.");
    return null;
  }
  if (!answer.ok) {
    say(element, "not", `Not saved: ${await why(answer)}`);
    return null;
  }
  const data = await answer.json();
  document.dispatchEvent(new Event("caselight:alive"));
  say(element, "saved", `Saved on the server at ${data.at || clock()}`);
  return data;
}

async function why(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    return "you are signed out. Sign in in another window, then try again here. What you typed is still on this page.";
  }
  try {
    const { faults, title, detail } = await answer.json();
    const first = (faults || [])[0];
    return first ? `${first.says} ${first.cure}` : `${title} ${detail}`;
  } catch {
    return "something went wrong on our side. What you typed is still on this page. Try again.";
  }
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
