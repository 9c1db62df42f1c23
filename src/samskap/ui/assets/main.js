import "./css/main.css";
import "./menus.js";
import "./sending.js";

// Designsystemet's behaviour is fetched by the pages that have a use for it.
globalThis.dsWarnings = false;
if (document.querySelector("ds-error-summary")) {
  import("@digdir/designsystemet-web/ds-error-summary");
}

// Without scripts the browser's own menu prints; the page says so.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
