// On every page: the behaviour of GOV.UK Frontend's components, and what our own pages share.
import { initAll } from "../built/govuk-frontend.js";
import { offerCopies } from "./copying.js";
import { guardForms } from "./leaving.js";
import { revealing } from "./revealing.js";
import { watchSession } from "./session.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
offerCopies(document);
guardForms(document);
revealing(document);
watchSession(document.getElementById("session"));
