// The page for missing files is shown under any address. Where the site is, its own address tells.
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) link.href = new URL(link.getAttribute("href"), root).href;
    for (const form of document.forms) form.action = new URL(form.getAttribute("action"), root).href;
  });
})();
