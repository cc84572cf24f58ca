// On every page: the behaviour of GOV.UK Frontend's components.
import { initAll } from "../built/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
