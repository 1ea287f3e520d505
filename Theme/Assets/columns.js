// Enhances the table of a comparison: hides equal rows, pins the heads, truncates long cells, and lets columns be
// removed, moved and added. Used on generated pages and for the comparison in the browser.
globalThis.rosterColumns = (() => {
  "use strict";
  const { address, idOf, element } = globalThis.rosterChoice;
  const page = document.documentElement;
  const number = new Intl.NumberFormat("en");
  const keep = (key, value) => {
    try { if (value === undefined) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* storage blocked: lasts until the page is closed */ }
  };
  const status = element("p", { className: "hidden" });
  status.setAttribute("role", "status");
  const say = (text) => {
    if (!status.isConnected) document.querySelector("main").append(status);
    status.textContent = text;
  };

  // MARK: Equal rows

  // script.js sets data-equal before the first paint.
  const offerEqual = (section, table) => {
    const box = section.querySelector(".hide-same");
    const count = table.querySelectorAll("tbody.equal tr:not(.group)").length;
    const isAll = !table.querySelector("tbody:not(.equal)");
    const told = element("span", { className: "quiet" });
    told.setAttribute("role", "status");
    const show = () => {
      box.checked = page.dataset.equal !== "shown";
      told.textContent = box.checked && count && !isAll ? ` ${number.format(count)} equal row${count === 1 ? "" : "s"} hidden` : "";
    };
    box.addEventListener("change", () => {
      if (box.checked) delete page.dataset.equal; else page.dataset.equal = "shown";
      keep("roster.equal", page.dataset.equal);
      show();
    });
    box.closest("label").after(told);
    box.closest("p").hidden = !count || isAll;
    show();
  };

  // MARK: Long cells

  const offerMore = (table) => {
    const cells = (row) => [...row.querySelectorAll("td > .cell")];
    const open = (row, isOpen) => {
      row.classList.toggle("open", isOpen);
      const button = row.querySelector("button.more");
      if (button) { button.textContent = isOpen ? "Show less" : "Show more"; button.setAttribute("aria-expanded", String(isOpen)); }
    };
    const measure = () => {
      const rows = [...table.querySelectorAll("tbody tr:not(.group, .open)")];
      const cut = rows.map((row) => cells(row).map((cell) => cell.scrollHeight > cell.clientHeight + 4));
      rows.forEach((row, place) => {
        const button = row.querySelector("button.more");
        const isCut = cut[place].includes(true);
        cells(row).forEach((cell, index) => cell.classList.toggle("cut", cut[place][index]));
        if (!isCut) { button?.remove(); return; }
        if (button) return;
        const title = row.cells[0].textContent;
        const made = element("button", { type: "button", className: "more", textContent: "Show more", ariaLabel: `Show more: ${title}` });
        made.setAttribute("aria-expanded", "false");
        made.addEventListener("click", () => {
          const isOpen = !row.classList.contains("open");
          open(row, isOpen);
          made.ariaLabel = `${isOpen ? "Show less" : "Show more"}: ${title}`;
          if (!isOpen) measure();
        });
        row.cells[0].append(made);
      });
    };
    // Expand a truncated row when a link in it gets the keyboard focus.
    table.addEventListener("focusin", ({ target }) => { if (target.closest(".cell.cut")) open(target.closest("tr"), true); });
    new ResizeObserver(measure).observe(table);
  };

  // MARK: Columns

  const nameOf = (head) => head.querySelector(".cell > :first-child").textContent;
  const offerEdit = (table, groups, change) => {
    const heads = [...table.tHead.rows[0].cells].slice(1);
    heads.forEach((head, place) => {
      const name = nameOf(head);
      // Screen readers announce the name before each cell, without the buttons.
      head.ariaLabel = head.querySelector(".cell").innerText.replace(/\s+/g, " ").trim();
      const button = (kind, label, sign, isOff, act) => {
        const made = element("button", { type: "button", className: kind, title: label, ariaLabel: label, textContent: sign, disabled: isOff });
        made.addEventListener("click", act);
        return made;
      };
      const move = (by, kind) => () => {
        const next = [...groups];
        const to = place + by;
        [next[place], next[to]] = [next[to], next[place]];
        const isEnd = to === 0 || to === groups.length - 1;
        change(next, { place: to, button: isEnd ? (to === 0 ? "right" : "left") : kind }, `${name} is ${to + 1} of ${groups.length}`);
      };
      const remove = () => {
        const next = groups.filter((_, index) => index !== place);
        change(next, { place: Math.min(place, next.length - 1), button: "remove" }, `${name} removed`);
      };
      head.append(element("span", { className: "edit" },
        ...(groups.length > 1 ? [button("left", `Move ${name} left`, "←", place === 0, move(-1, "left")), button("right", `Move ${name} right`, "→", place === groups.length - 1, move(1, "right"))] : []),
        button("remove", `Remove ${name}`, "×", false, remove)));
    });
  };

  const KINDS = new Set(["Agent", "Skill", "Command", "Instruction"]);
  // A search box for adding an agent; null if the site has no search.
  const adding = (groups, change) => {
    const palette = globalThis.rosterPalette;
    if (!palette) return null;
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: false, placeholder: "Add an agent", ariaLabel: "Add an agent" });
    const list = element("div", { className: "found below", ariaLabel: "Agents to add" });
    list.setAttribute("role", "listbox");
    const said = element("span", { className: "hidden" });
    said.setAttribute("role", "status");
    const form = element("form", { className: "add" }, input, list, said);
    const known = new Set(groups.flat());
    const box = palette.combobox(input, list, said, { isFirstActive: true, accepts: (item) => KINDS.has(item.kind) && !known.has(idOf(item.href)) });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) box.close(); });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("keydown", (event) => { if (event.key === "Escape") box.close(); });
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      change([...groups, [idOf(option.href)]], { button: "add" }, `${option.querySelector(".title").textContent} added`);
    });
    return form;
  };

  // MARK: Pinned heads

  // A table that scrolls sideways cannot have sticky heads, so a copy of the heads is shown at the top. The copy is
  // hidden from the keyboard and from screen readers.
  const heights = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, heights];
  let pinned;
  const pin = (table) => {
    pinned?.abort();
    pinned = new AbortController();
    const { signal } = pinned;
    const scroll = table.closest(".scroll");
    const header = document.querySelector("header.site");
    const copy = element("table", { className: "across" });
    copy.append(table.tHead.cloneNode(true));
    for (const one of copy.querySelectorAll("a, button")) one.tabIndex = -1;
    const frame = element("div", { className: "frame" }, copy);
    const bar = element("div", { className: "pinned", ariaHidden: "true", hidden: true }, frame);
    scroll.before(bar);
    const buttons = (part) => [...part.querySelectorAll("button")];
    frame.addEventListener("click", ({ target }) => {
      const place = buttons(copy).indexOf(target.closest("button"));
      if (place >= 0) buttons(table.tHead)[place].click();
    });
    const show = () => {
      const top = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
      bar.hidden = table.tHead.getBoundingClientRect().top >= top - 1 || scroll.getBoundingClientRect().bottom < top + 160;
      frame.scrollLeft = scroll.scrollLeft;
    };
    const measure = () => {
      const top = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
      heights.replaceSync(`:root { --pin-top: ${top}px; }`);
      show();
    };
    addEventListener("scroll", show, { passive: true, signal });
    scroll.addEventListener("scroll", show, { passive: true, signal });
    addEventListener("resize", measure, { signal });
    measure();
  };

  // MARK: The table

  // Enhances the table in the section of a comparison. `change` gets the new groups of agents that share a column, the
  // element to focus, and a message for screen readers.
  const adorn = (section, groups, change, focus) => {
    const table = section.querySelector("table.across");
    const scroll = table.closest(".scroll");
    // Keep the horizontal scroll position.
    const told = (next, then, text) => {
      say(text);
      change(next, { ...then, left: scroll.scrollLeft, isPinned: section.querySelector(".pinned")?.hidden === false });
    };
    offerEqual(section, table);
    offerEdit(table, groups, told);
    const add = adding(groups, told);
    if (add) section.querySelector(".controls").append(add);
    offerMore(table);
    pin(table);
    if (!focus) return;
    const head = table.tHead.rows[0].cells[(focus.button === "add" ? groups.length - 1 : focus.place) + 1];
    scroll.scrollLeft = focus.left ?? 0;
    const [own, frame] = [head.getBoundingClientRect(), scroll.getBoundingClientRect()];
    const start = frame.left + table.tHead.rows[0].cells[0].offsetWidth;
    if (own.left < start) scroll.scrollLeft -= start - own.left;
    else if (own.right > frame.right) scroll.scrollLeft += own.right - frame.right;
    const target = focus.button === "add" ? add?.querySelector("input") : head.querySelector(`button.${focus.button}`);
    target?.focus({ preventScroll: focus.isPinned });
  };

  // On a generated page, changes open the comparison in the browser.
  const section = document.querySelector("section.compared");
  if (section) {
    const heads = [...section.querySelectorAll("table.across thead th.spine")];
    const groups = heads.map((head) => [...head.querySelectorAll(".cell a")].map((link) => idOf(link.href)));
    adorn(section, groups, (next) => { location.href = address(next.flat()); });
  }
  return { adorn, adding };
})();
