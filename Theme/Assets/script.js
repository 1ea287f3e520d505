// Everything here is an addition: the pages say all they have to say without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // What is kept in the browser may be refused; then it lasts as long as the page.
  const remember = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* refused */ } },
  };

  // Light or dark: the system's, until a person says otherwise.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = remember.get("roster.scheme");
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  addEventListener("DOMContentLoaded", () => {
    offerSchemes();
    offerCopies();
    offerTables(document);
    offerSorting(document);
  });

  function offerSchemes() {
    const button = document.querySelector("[data-scheme-switch]");
    if (!button) return;
    const current = () => root.dataset.scheme || (dark.matches ? "dark" : "light");
    const label = () => { button.textContent = current() === "dark" ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      root.dataset.scheme = current() === "dark" ? "light" : "dark";
      remember.set("roster.scheme", root.dataset.scheme);
      label();
    });
    dark.addEventListener("change", label);
    button.hidden = false;
    label();
  }

  // Buttons that copy; they show themselves only where copying works.
  const say = (target, text) => {
    const before = target.textContent;
    target.textContent = text;
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
  function offerCopies() {
    if (!navigator.clipboard || !location.protocol.startsWith("http")) return;
    for (const target of document.querySelectorAll("[data-copy-file]")) {
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () => (await fetch(target.dataset.copyFile)).text()));
    }
    for (const target of document.querySelectorAll("[data-copy-prompt]")) {
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () => {
        const text = await (await fetch(target.dataset.copyPrompt)).text();
        return text.replace(/^\uFEFF?---[ \t]*\r?\n[^]*?\n---[ \t]*(\r?\n)+/, "");
      }));
    }
    for (const target of document.querySelectorAll("[data-copy-install]")) {
      const address = new URL(target.dataset.copyInstall, location.href);
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () =>
        `curl --create-dirs -o '${target.dataset.path}' '${address.href}'`));
    }
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
      table.closest(".scroll").before(buttons);
    }
  }
  function cells(table) {
    const rows = [...table.rows].filter((row) => row.getClientRects().length);
    return rows.map((row) => [...row.cells].map((cell) => {
      const drawn = cell.querySelector("[role=img]");
      return (drawn ? drawn.getAttribute("aria-label") : cell.innerText).replace(/\s+/g, " ").trim();
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
    for (const table of part.querySelectorAll("table.agents, table.rules, table.places, table.groups, table.compare")) {
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
    for (const head of heads) head.removeAttribute("aria-sort");
    if (order) heads[place].setAttribute("aria-sort", order);
    for (const body of table.tBodies) sortRows(body, order, place);
  }
  function sortRows(body, order, place) {
    const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
    rows.forEach((row, number) => { row.dataset.place ??= number; });
    const value = (row) => key(row.cells[place]);
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
    const number = /^([\d,.]+)(k?)(?: %)?$/.exec(text);
    if (number) return Number(number[1].replaceAll(",", "")) * (number[2] ? 1000 : 1);
    return text === "all" || text === "identical" ? 1e9 : text;
  }

  // For scripts that put tables and buttons on a page later.
  globalThis.rosterPage = { copy, adorn(part) { offerTables(part); offerSorting(part); } };
})();
