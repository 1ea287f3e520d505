// Leads from an address at which no page stands to the page, with what stands behind the address.
(() => {
  "use strict";
  const target = new URL(document.currentScript.dataset.href, location.href);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
})();
