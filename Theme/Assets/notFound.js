// The 404 page is shown at any address. So its links are resolved relative to the address of this script.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) link.href = new URL(link.getAttribute("href"), root).href;
    for (const form of document.forms) form.action = new URL(form.getAttribute("action"), root).href;
  });
})();
