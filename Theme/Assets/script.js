// Everything here is an addition: the pages say all they have to say without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // What is kept in the browser may be refused; then it lasts as long as the page.
  const remember = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* refused */ } },
    forget(key) { try { localStorage.removeItem(key); } catch { /* refused */ } },
  };

  // What only scripts can do is shown from the beginning, so that nothing moves when they are ready.
  root.classList.add("js");
  // The fonts are asked for before there is text, so that they come before it is seen.
  document.fonts?.load("16px Inter").catch(() => {});
  document.fonts?.load("16px 'JetBrains Mono'").catch(() => {});
  // Where files can be read to be copied: not from disk.
  const canCopy = Boolean(navigator.clipboard) && location.protocol.startsWith("http");

  // Light or dark: the system's, until a person says otherwise.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // How lists and comparisons look, see listing.js and columns.js: known before anything is drawn.
  for (const name of ["view", "columns", "equal"]) if (remember.get(`roster.${name}`)) root.dataset[name] = remember.get(`roster.${name}`);
  const chosen = remember.get("roster.scheme");
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  addEventListener("DOMContentLoaded", () => {
    offerSchemes();
    offerTables(document);
    offerSorting(document);
    offerMenus();
    offerKeys();
    offerCode();
    keepLists();
    openForPrint();
  });

  // A menu closes when one turns to something else.
  function offerMenus() {
    for (const menu of document.querySelectorAll("details[data-menu], details[data-columns]")) {
      addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
      menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
    const here = location.href.split(/[?#]/)[0];
    for (const link of document.querySelectorAll("header.site nav a")) if (link.href === here) link.setAttribute("aria-current", "page");
  }

  // Without a search, a stroke leads to the filter of the list.
  function offerKeys() {
    const box = document.querySelector("form.filter input");
    if (!box || document.querySelector("[data-palette]")) return;
    addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "") && document.activeElement.type !== "checkbox";
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      box.focus();
    });
  }

  function offerSchemes() {
    const button = document.querySelector("[data-scheme-switch]");
    if (!button) return;
    const current = () => root.dataset.scheme || (dark.matches ? "dark" : "light");
    const label = () => { button.textContent = current() === "dark" ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      // Whoever comes back to what the system says goes with the system again.
      if (next === (dark.matches ? "dark" : "light")) {
        delete root.dataset.scheme;
        remember.forget("roster.scheme");
      } else {
        root.dataset.scheme = next;
        remember.set("roster.scheme", next);
      }
      label();
    });
    dark.addEventListener("change", label);
    label();
  }

  // Buttons that copy; they show themselves only where copying works.
  let heard;
  const say = (target, text) => {
    const before = target.textContent;
    target.textContent = text;
    // A button may have another name for those who hear it; they are told here.
    heard ??= document.body.appendChild(Object.assign(document.createElement("p"), { className: "hidden", role: "status" }));
    heard.textContent = text;
    setTimeout(() => { target.textContent = before; }, 1500);
  };
  const copy = async (target, text) => {
    try {
      await navigator.clipboard.writeText(await text());
      say(target, "Copied");
    } catch {
      say(target, "Not copied");
    }
  };
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  // A command that downloads files, given as pairs of path and address. It fails where a server answers with an error.
  const download = (files) => {
    const options = files.map(([path, address]) => `-o ${quoted(path)} ${quoted(address)}`);
    return ["curl -fsSL --create-dirs", ...options].join(files.length > 1 ? " \\\n  " : " ");
  };
  // Each block of code can be copied by itself.
  function offerCode() {
    if (!navigator.clipboard) return;
    for (const code of document.querySelectorAll(".prose pre > code")) {
      const block = code.parentElement;
      const language = block.parentElement.matches("figure.code") ? block.parentElement.firstElementChild.textContent : "";
      const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy", ariaLabel: `Copy ${language || "code"}` });
      button.addEventListener("click", () => copy(button, async () => code.textContent));
      if (!language) {
        const box = Object.assign(document.createElement("div"), { className: "code" });
        block.replaceWith(box);
        box.append(block);
      }
      block.before(button);
    }
  }

  // A list is written down where one leaves it for an item, whose page then leads on to the next.
  function keepLists() {
    for (const table of document.querySelectorAll("table.agents")) {
      table.addEventListener("click", ({ target }) => {
        const names = [...table.querySelectorAll("tbody th > a:first-of-type")].filter((link) => link.checkVisibility?.() ?? true);
        if (!names.includes(target.closest("a"))) return;
        const list = { href: location.href, title: document.title, items: names.map((link) => link.href) };
        try { sessionStorage.setItem("roster.list", JSON.stringify(list)); } catch { /* refused */ }
      });
    }
  }

  // Everything is printed, also what is closed.
  function openForPrint() {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = [...document.querySelectorAll("main details:not([open])")].filter((part) => !part.matches(".install, .outline"));
      for (const part of closed) part.open = true;
    });
    addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
  }

  // Comparisons as Markdown and as CSV: the rows that are shown, as they stand.
  function offerTables(part) {
    if (!navigator.clipboard) return;
    for (const table of part.querySelectorAll("table.compare")) {
      const buttons = document.createElement("p");
      buttons.className = "actions";
      for (const [title, write] of [["Copy as Markdown", markdown], ["Copy as CSV", csv]]) {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: title });
        button.addEventListener("click", () => copy(button, async () => write(cells(table))));
        buttons.append(button, " ");
      }
      const frame = table.closest(".scroll");
      const controls = frame.parentElement.querySelector(".controls");
      if (controls) controls.append(buttons); else frame.before(buttons);
    }
  }
  function cells(table) {
    const rows = [...table.rows].filter((row) => row.getClientRects().length);
    return rows.map((row) => (row.classList.contains("group") ? [...row.cells] : cellsOf(row)).map((cell) => {
      const drawn = cell.querySelector("[role=img]");
      return (drawn ? drawn.title : (cell.querySelector(".cell, th > span:first-child") ?? cell).innerText).replace(/\s+/g, " ").trim();
    }));
  }
  function markdown([head, ...rows]) {
    const line = (row) => `| ${head.map((_, place) => (row[place] ?? "").replace(/[\\|`*_<>[\]~&]/g, "\\$&")).join(" | ")} |`;
    return [line(head), `|${" --- |".repeat(head.length)}`, ...rows.map(line)].join("\n") + "\n";
  }
  function csv(rows) {
    // A spreadsheet takes what begins so for a formula.
    const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    return rows.map((row) => row.map((text) => `"${safe(text).replaceAll('"', '""')}"`).join(",")).join("\r\n") + "\r\n";
  }

  // Lists are sorted by a column: up, down, and as they were. Where a head leads somewhere, what sorts stands beside it.
  function offerSorting(part) {
    for (const table of part.querySelectorAll("table.agents, table.rules, table.places, table.groups, table.matrix")) {
      const heads = [...table.tHead.rows[0].cells];
      for (const [place, head] of heads.entries()) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
        if (head.querySelector("a")) {
          button.classList.add("beside");
          button.ariaLabel = `Sort the rows by ${head.querySelector("a").textContent}`;
        } else {
          button.append(...head.childNodes);
        }
        head.append(button);
        button.addEventListener("click", () => sort(table, heads, place));
      }
    }
  }
  function sort(table, heads, place) {
    const next = { ascending: "descending", descending: null }[heads[place].getAttribute("aria-sort")];
    const order = next === undefined ? "ascending" : next;
    // A list of which only a part stands on the page is sorted by the filter, which knows the rest.
    const asked = new CustomEvent("sorting", { cancelable: true, detail: { column: heads[place].dataset.sort, order } });
    if (!table.dispatchEvent(asked)) return;
    for (const head of heads) head.removeAttribute("aria-sort");
    if (order) heads[place].setAttribute("aria-sort", order);
    for (const body of table.tBodies) sortRows(body, order, place);
  }
  // The cells of a row, one that spans several columns for each of them.
  function cellsOf(row) { return [...row.cells].flatMap((cell) => Array.from({ length: cell.colSpan }, () => cell)); }
  function sortRows(body, order, place) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
    rows.forEach((row, number) => { row.dataset.place ??= number; });
    const value = (row) => key(cellsOf(row)[place]);
    const sign = order === "descending" ? -1 : 1;
    rows.sort((one, other) => {
      const before = Number(one.dataset.place) - Number(other.dataset.place);
      if (!order) return before;
      const [left, right] = [value(one), value(other)];
      const by = typeof left === "number" && typeof right === "number" ? left - right : String(left).localeCompare(String(right), undefined, { numeric: true });
      return sign * by || before;
    });
    body.append(...rows);
  }
  function key(cell) {
    if (!cell) return "";
    const drawn = cell.querySelector(".reach");
    if (drawn) return drawn.querySelectorAll("i[class]").length;
    const text = cell.textContent.trim();
    const number = /^([\d,.]+)(k?)(?: ?%)?$/.exec(text);
    if (number) return Number(number[1].replaceAll(",", "")) * (number[2] ? 1000 : 1);
    return text === "all" || text === "identical" ? 1e9 : text;
  }

  // For scripts that put tables and buttons on a page later.
  globalThis.rosterPage = { canCopy, copy, quoted, download, adorn(part) { offerTables(part); offerSorting(part); } };
})();
