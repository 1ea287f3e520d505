// Leads from an address at which no page stands to the page, with what stands behind the address.
(() => {
  "use strict";
  const target = new URL(document.currentScript.dataset.href, location.href);
  if (location.search) target.search = location.search;
  if (location.hash) target.hash = location.hash;
  location.replace(target);
})();
