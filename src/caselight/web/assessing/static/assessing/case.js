// The page of a case: answers save by themselves, two keys, and who else is here.
import { watchAnswers } from "./autosave.js";
import { watchKeys } from "./keys.js";
import { askWhoIsHere } from "./here.js";

const page = document.querySelector("[data-cl-case]");
if (page) {
  watchAnswers(page);
  watchKeys(page);
  askWhoIsHere(page);
}
