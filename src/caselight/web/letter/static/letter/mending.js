// What is to be mended is made anew while one types. Whoever is at one of its links stays with the same fault, and where that
// is mended is put at the heading of the list; what somebody opened or shut stays as they left it.

export function keepPlace(list) {
  const chosen = {};

  list.addEventListener("click", (event) => {
    const details = event.target.closest("summary")?.parentElement;
    if (details) chosen[details.dataset.kind] = !details.open;
  });

  return (html) => {
    const place = list.contains(document.activeElement) ? placeOf(list, document.activeElement) : null;
    list.innerHTML = html;
    for (const details of list.querySelectorAll("details")) details.open = chosen[details.dataset.kind] ?? details.open;
    if (place) goBack(list, place);
  };
}

/** Where somebody is: which link of which fault, told by its words, since its line moves with the text; or what opens. */
function placeOf(list, at) {
  const mend = at.closest(".cl-mend");
  if (!mend) return { kind: at.closest("details")?.dataset.kind };
  const alike = [...list.querySelectorAll(".cl-mend")].filter((one) => words(one) === words(mend));
  return { words: words(mend), says: says(mend), line: line(mend), nth: alike.indexOf(mend), link: links(mend).indexOf(at) };
}

function goBack(list, { kind, link, ...fault }) {
  const mend = fault.words && same([...list.querySelectorAll(".cl-mend")], fault);
  const at = mend ? links(mend)[link] : list.querySelector(`details[data-kind="${kind}"] > summary`);
  if (mend) mend.closest("details")?.setAttribute("open", "");
  const heading = list.querySelector("h2");
  heading.tabIndex = -1;
  (at ?? heading).focus();
}

/** The fault in the same words; where its line was written in meanwhile, the one at that line that is as wrong. */
function same(mends, fault) {
  const alike = mends.filter((one) => words(one) === fault.words);
  return alike[fault.nth] ?? alike.at(-1) ?? mends.find((one) => line(one) === fault.line && says(one) === fault.says);
}

function links(mend) { return [...mend.querySelectorAll("a")]; }
function line(mend) { return mend.querySelector("[data-line]")?.dataset.line; }
function says(mend) { return mend.querySelector(".cl-mend__says").textContent; }
function words(mend) { return `${mend.querySelector(".cl-mend__words")?.textContent ?? ""}\n${says(mend)}`; }
