// Progressive enhancements. All content is available without scripts.
(() => {
  "use strict";
  const root = document.documentElement;

  // Browser storage can be blocked. Settings then last until the page is closed.
  const remember = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* storage blocked */ } },
    forget(key) { try { localStorage.removeItem(key); } catch { /* storage blocked */ } },
  };

  // Elements that need scripts get their space immediately, so that the layout does not shift.
  root.classList.add("js");
  // Load the fonts early, so that they are ready before text is shown.
  document.fonts?.load("16px Inter").catch(() => {});
  document.fonts?.load("16px 'JetBrains Mono'").catch(() => {});
  // Whether files can be fetched and copied, which does not work from disk.
  const canCopy = Boolean(navigator.clipboard) && location.protocol.startsWith("http");

  // The color scheme of the system, unless overridden.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // The display options of lists and comparisons (see listing.js and columns.js), applied before the first paint.
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

  // Closes menus when the focus or a click is elsewhere.
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

  // If there is no search, the slash key focuses the filter of the list.
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
      // Choosing the system's scheme removes the override.
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

  // Buttons that copy text. They are added only where copying works.
  let heard;
  const results = { copied: "Copied", failed: "Not copied" };
  const say = (target, text) => {
    const before = target.textContent;
    target.textContent = text;
    // Screen readers may use another label for the button, so the result is also announced here. While a dialog is open,
    // they read nothing outside of it.
    heard ??= Object.assign(document.createElement("p"), { className: "hidden", role: "status" });
    const place = target.closest("dialog") ?? document.body;
    if (heard.parentElement !== place) place.append(heard);
    heard.textContent = text;
    // If the button is clicked twice, its label is already a result, so don't restore that.
    if (!Object.values(results).includes(before)) setTimeout(() => { target.textContent = before; }, 1500);
  };
  const copy = async (target, text) => {
    let value;
    try {
      value = await text();
      await navigator.clipboard.writeText(value);
      say(target, results.copied);
    } catch {
      say(target, value !== undefined && copySelected(target, value) ? results.copied : results.failed);
    }
  };
  // Copies selected text, which also works if the browser refuses access to the clipboard.
  const copySelected = (target, value) => {
    const box = Object.assign(document.createElement("textarea"), { className: "hidden", value });
    target.after(box);
    box.select();
    const isCopied = document.execCommand("copy");
    box.remove();
    target.focus();
    return isCopied;
  };
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  // A command that downloads files, given as pairs of path and address. It fails if a server responds with an error.
  const download = (files) => {
    const options = files.map(([path, address]) => `-o ${quoted(path)} ${quoted(address)}`);
    return ["curl -fsSL --create-dirs", ...options].join(files.length > 1 ? " \\\n  " : " ");
  };
  // Adds a copy button to each code block.
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

  // Remembers the list when one of its items is opened, so that the item's page can link to the next one.
  function keepLists() {
    for (const table of document.querySelectorAll("table.agents")) {
      table.addEventListener("click", ({ target }) => {
        const names = [...table.querySelectorAll("tbody th > a:first-of-type")].filter((link) => link.checkVisibility?.() ?? true);
        if (!names.includes(target.closest("a"))) return;
        const list = { href: location.href, title: document.title, items: names.map((link) => link.href) };
        try { sessionStorage.setItem("roster.list", JSON.stringify(list)); } catch { /* storage blocked */ }
      });
    }
  }

  // Opens collapsed sections for printing.
  function openForPrint() {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = [...document.querySelectorAll("main details:not([open])")].filter((part) => !part.matches(".install, .outline"));
      for (const part of closed) part.open = true;
    });
    addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
  }

  // Adds buttons that copy comparisons as Markdown or CSV. Only visible rows are copied, in their current order.
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
    // Spreadsheets treat cells that begin with these characters as formulas.
    const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    return rows.map((row) => row.map((text) => `"${safe(text).replaceAll('"', '""')}"`).join(",")).join("\r\n") + "\r\n";
  }

  // Adds buttons that sort lists by a column: ascending, descending, original order. If the column head is a link, the
  // button is next to it.
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
    // If the page shows only part of a list, the filter sorts it, because it has the complete list.
    const asked = new CustomEvent("sorting", { cancelable: true, detail: { column: heads[place].dataset.sort, order } });
    if (!table.dispatchEvent(asked)) return;
    for (const head of heads) head.removeAttribute("aria-sort");
    if (order) heads[place].setAttribute("aria-sort", order);
    for (const body of table.tBodies) sortRows(body, order, place);
  }
  // The cells of a row. A cell that spans several columns is repeated for each.
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

  // For scripts that add tables and buttons later.
  globalThis.rosterPage = { canCopy, copy, quoted, download, adorn(part) { offerTables(part); offerSorting(part); } };
})();
