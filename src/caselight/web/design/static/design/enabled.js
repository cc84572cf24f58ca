// Before the first paint: says that scripts run, so that what needs them is shown, and what replaces them hidden.
document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");
