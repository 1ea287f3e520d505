// The view of a list of agents: table or cards, and the columns. Both choices are stored, and script.js applies them
// before the page is drawn.
(() => {
  "use strict";
  const bar = document.querySelector("[data-bar]");
  const table = document.querySelector("table.agents");
  if (!bar || !table) return;
  const root = document.documentElement;
  const { element } = globalThis.rosterChoice;
  const keep = (key, value) => {
    try { if (value === undefined) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* Storage is blocked. The choice lasts until the page is left. */ }
  };

  // MARK: Table or cards

  const looks = bar.querySelector("[data-looks]");
  const columns = bar.querySelector("[data-columns]");
  const isCards = () => root.dataset.view === "cards";
  const show = () => {
    for (const button of looks.children) button.setAttribute("aria-pressed", String((button.value === "cards") === isCards()));
    columns.hidden = isCards();
    if (isCards()) for (const row of table.tBodies[0].rows) offerInstall(row);
    fit();
  };
  looks.addEventListener("click", ({ target }) => {
    if (target.localName !== "button") return;
    if (target.value === "cards") root.dataset.view = "cards"; else delete root.dataset.view;
    keep("roster.view", root.dataset.view);
    show();
  });
  // Adds install links to cards. They are not in the HTML, which keeps pages small.
  const offerInstall = (row) => {
    const link = row.cells[0]?.querySelector("a");
    if (!link || row.querySelector("td.install")) return;
    row.append(element("td", { className: "install" }, element("a", { href: `${link.getAttribute("href")}#page:install`, textContent: "Install", ariaLabel: `Install ${link.textContent}` })));
  };
  new MutationObserver(() => { if (isCards()) show(); }).observe(table.tBodies[0], { childList: true });

  // MARK: Columns

  const heads = [...table.tHead.rows[0].cells].slice(1);
  const nameOf = (head) => head.className.split(" ")[0];
  const boxes = heads.map((head) => {
    const box = element("input", { type: "checkbox", value: nameOf(head) });
    box.addEventListener("change", () => {
      root.dataset.columns = boxes.filter(({ checked }) => checked).map(({ value }) => value).join(" ");
      keep("roster.columns", root.dataset.columns);
      show();
    });
    return box;
  });
  const usual = element("button", { type: "button", className: "plain", textContent: "Default columns" });
  usual.addEventListener("click", () => {
    delete root.dataset.columns;
    keep("roster.columns");
    show();
    tick();
  });
  const tick = () => boxes.forEach((box, place) => { box.checked = getComputedStyle(heads[place]).display !== "none"; });
  columns.append(element("ul", {}, ...boxes.map((box, place) => element("li", {}, element("label", {}, box, ` ${heads[place].textContent}`))), element("li", {}, usual)));
  columns.addEventListener("toggle", () => { if (columns.open) tick(); });

  // MARK: Sticky table head

  // The table head stays below the header and the bar, whatever their heights. A table that is wider than its container
  // scrolls by itself, so its head cannot stick.
  const header = document.querySelector("header.site");
  const frame = table.parentElement;
  const fit = () => {
    frame.classList.remove("scroll");
    const isWide = table.scrollWidth > frame.clientWidth + 1;
    frame.classList.toggle("scroll", isWide);
    if (isWide) { frame.tabIndex = 0; frame.role = "region"; frame.ariaLabel = "Agents, scrolls sideways"; } else for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
  };
  // A separate style sheet, because pages have no style attributes.
  const heights = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, heights];
  const measure = () => {
    heights.replaceSync(`:root { --header-height: ${header?.offsetHeight ?? 0}px; --bar-height: ${bar.offsetHeight || bar.querySelector("form").offsetHeight}px; }`);
  };
  const observer = new ResizeObserver(measure);
  for (const part of [header, bar]) if (part) observer.observe(part);
  new ResizeObserver(fit).observe(frame);
  measure();
  show();
})();
