// Makes the parts of nhsuk-frontend work that need a script: skip link, error summary. Every page is whole without it.
import { initAll } from "../lib/nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
