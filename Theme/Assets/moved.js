// Redirects from an old address to the current one, and keeps the query and the fragment.
(() => {
  "use strict";
  const target = new URL(document.currentScript.dataset.href, location.href);
  if (location.search) target.search = location.search;
  if (location.hash) target.hash = location.hash;
  location.replace(target);
})();
