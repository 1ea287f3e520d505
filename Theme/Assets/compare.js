// Compares the agents named in the address. The tables are the same as on generated comparison pages. For two agents,
// it also shows the prompt differences.
(() => {
  "use strict";
  const target = document.querySelector("[data-comparing]");
  const prepared = document.querySelector("[data-prepared]");
  const { sections, counts, shingles, similarity } = globalThis.rosterDifference;
  const { sentence, folded, counted } = globalThis.rosterSummary;
  const { adorn, adding } = globalThis.rosterColumns;
  const { read, page, address, reach, cost, clashes, command, copying, element, show } = globalThis.rosterChoice;
  const MOST = 40;
  // The headings of the rows that differ, and of the rows that are equal.
  const TITLES = [["", "Equal"], ["Tools", "Equal tools"], ["Other fields", "Other equal fields"]];
  const NOT_STATED = '<span class="quiet">not stated</span>';
  const NONE = '<span class="quiet">–</span>';
  const number = new Intl.NumberFormat("en");
  const { count } = globalThis.rosterLines;
  const shown = globalThis.rosterInvisible.html;
  const escaped = (text) => element("span", { textContent: text }).innerHTML;
  const marked = (name, html, properties = {}) => Object.assign(element(name, properties), { innerHTML: html });
  const hrefOf = (agent) => page(agent.id).href;

  // MARK: Tables

  const item = (agent, of) => [element("a", { href: hrefOf(agent), textContent: agent.name }), ...(of ? [" ", element("span", { className: "quiet", textContent: of })] : [])];
  const head = (group) => {
    const [agent, ...copies] = group;
    const also = copies.length ? [element("div", { className: "also" }, element("span", { className: "quiet", textContent: `${number.format(group.length)} identical copies. Also:` }),
      element("ul", {}, ...copies.map((copy) => element("li", {}, ...item(copy, copy.qualifier)))))] : [];
    return [...item(agent, agent.qualifier), ...also];
  };
  const heads = (groups) => groups.map((group) => element("th", { scope: "col", className: `spine ${group[0].spine}` }, ...head(group)));
  const table = (groups, corner, className, label, ...bodies) => {
    const made = element("table", { className: `compare ${className}` },
      element("thead", {}, element("tr", {}, element("th", { scope: "col", textContent: corner }), ...heads(groups))), ...bodies);
    return scrolling(label, made);
  };
  const scrolling = (label, made) => {
    const scroll = element("div", { className: "scroll", tabIndex: 0, ariaLabel: label }, made);
    scroll.setAttribute("role", "region");
    return scroll;
  };
  const line = (title, values) => element("tr", {}, element("th", { scope: "row", textContent: title }), ...values.map((value) => marked("td", value)));
  const part = (id, title, ...content) => {
    const made = element("section", {}, element("h2", { id, textContent: title }), ...content.filter(Boolean));
    made.setAttribute("aria-labelledby", id);
    return made;
  };

  // The table of all columns. Values that are the same in all columns are shown once.
  const label = (text) => element("span", { textContent: text });
  const row = ({ title, values, isSame }) => element("tr", { className: isSame ? "same" : "" }, element("th", { scope: "row" }, label(title)),
    ...(isSame ? values.slice(0, 1) : values).map((value) => element("td", isSame && values.length > 1 ? { colSpan: values.length } : {}, marked("div", value, { className: "cell" }))));
  // The value in a column of copies: the common value, or a list of all values.
  const said = (group, place) => {
    const missing = (agent) => (place === 1 ? agent.unnamedTool : NOT_STATED);
    const own = group.map((agent) => new Map([...agent.groups[place]].reverse()));
    return (title) => {
      const values = [...new Set(group.map((agent, index) => own[index].get(title) ?? missing(agent)))];
      if (values.length < 2) return { isStated: own[0].get(title) != null, value: values[0] };
      return { isStated: true, isMixed: true, value: `<ul>${values.map((value) => `<li>${value}</li>`).join("")}</ul>` };
    };
  };
  const properties = (groups, first) => {
    const all = TITLES.map((_, place) => {
      const columns = groups.map((group) => said(group, place));
      const titles = [...new Set(groups.flatMap(([agent]) => agent.groups[place].map(([title]) => title)))];
      return titles.map((title) => ({ title, cells: columns.map((column) => column(title)) })).filter(({ cells }) => cells.some(({ isStated }) => isStated))
        .map(({ title, cells }) => ({ title, values: cells.map(({ value }) => value), isSame: cells.every(({ value, isMixed }) => !isMixed && value === cells[0].value) }));
    });
    all[0].unshift(...first);
    return [false, true].flatMap((isEqual) => all.map((lines, place) => {
      const rows = lines.filter(({ isSame }) => isSame === isEqual).map(row);
      if (!rows.length) return null;
      const title = TITLES[place][isEqual ? 1 : 0];
      const heading = title ? [element("tr", { className: "group" }, element("th", { scope: "rowgroup", colSpan: groups.length + 1 }, label(title)))] : [];
      return element("tbody", { className: isEqual ? "equal" : "" }, ...heading, ...rows);
    }).filter(Boolean));
  };
  const across = (groups, first) => element("table", { className: "compare across" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, label("Property")), ...groups.map((group, place) => element("th", { scope: "col", className: `spine ${group[0].spine}` },
      element("div", { className: "cell" }, ...head(group)), element("span", { className: "position", textContent: `${place + 1} of ${groups.length}` }))))), ...properties(groups, first));

  const matrix = (agents) => {
    const rows = new Map();
    agents.forEach((agent, place) => {
      for (const section of agent.sections) {
        if (section.id === null || section.level > 3 || !section.key) continue;
        if (!rows.has(section.key)) rows.set(section.key, { title: section.title, ids: agents.map(() => null) });
        rows.get(section.key).ids[place] ??= section.id;
      }
    });
    return [...rows.values()].map(({ title, ids }) => line(title, ids.map((id, place) => (id === null ? NONE : `<a href="${escaped(hrefOf(agents[place]))}#${encodeURIComponent(id)}">yes</a>`))));
  };

  // The similarities of all pairs of prompts, in percent. Only identical prompts have 100.
  const compared = (agents) => {
    const runs = agents.map(({ prompt }) => shingles(prompt));
    const shares = agents.map((one, row) => agents.map((other, column) => (row < column ? (one.prompt === other.prompt ? 1 : similarity(runs[row], runs[column])) : 0)));
    agents.forEach((_, row) => { for (let column = 0; column < row; column += 1) shares[row][column] = shares[column][row]; });
    return { shares, percent: (row, column) => (agents[row].prompt === agents[column].prompt ? 100 : Math.min(99, Math.round(shares[row][column] * 100))) };
  };
  const alike = (agents, percent) => agents.map((one, row) => line(one.qualifier ?? one.name,
    agents.map((_, column) => (row === column ? NONE : percent(row, column) === 100 ? "<b>identical</b>" : `${percent(row, column)}%`))));
  // A row with the similarity of each prompt to the baseline, the prompt that is most similar to all others.
  const prompts = (agents, groups, { shares, percent }) => {
    if (agents.length < 3 || groups.length < 2) return [];
    const sums = shares.map((row) => row.reduce((sum, share) => sum + share, 0));
    const typical = sums.indexOf(Math.max(...sums));
    const values = groups.map((group) => {
      if (group.includes(agents[typical])) return '<span class="quiet">baseline</span>';
      const share = percent(agents.indexOf(group[0]), typical);
      return share === 100 ? "same as baseline" : share ? `${share}% similar` : "different";
    });
    return [{ title: "Prompt", values, isSame: false }];
  };

  // MARK: Two prompts

  const { blocks: blocksOf, folded: closed } = globalThis.rosterLines;
  const titleOf = (pair) => (pair.left ?? pair.right).title || "Before the first heading";
  const isSame = (pair) => pair.blocks.every((block) => block.kind === "same");
  const section = (title, note, state, body) => {
    const lines = marked("div", body, { className: "lines" });
    const head = element("h3", {}, title, ...(note ? [" ", element("span", { className: "quiet", textContent: note })] : []), " ", element("span", { className: "state", textContent: state }));
    return element("section", { className: "part" }, head, lines);
  };
  const differences = (pairs) => {
    const made = [];
    let run = [];
    const addRun = () => {
      if (!run.length) return;
      const lines = run.flatMap((pair) => pair.left?.lines ?? []);
      const isOne = run.length === 1;
      made.push(section(isOne ? titleOf(run[0]) : count(run.length, "section"), "", "the same", (isOne ? "" : `<p class="fold">${shown(run.map(titleOf).join(", "))}</p>\n`) + closed(lines)));
      run = [];
    };
    for (const pair of pairs) {
      if (isSame(pair) && !pair.isMoved) { run.push(pair); continue; }
      addRun();
      const renamed = pair.left && pair.right && pair.left.title !== pair.right.title ? `in the second: ${pair.right.title}` : "";
      const state = !pair.left ? "only in the second" : !pair.right ? "only in the first" : isSame(pair) ? "the same" : "changed";
      made.push(section(titleOf(pair), renamed, state + (pair.isMoved ? ", moved" : ""),
        isSame(pair) ? closed(pair.left.lines) : blocksOf(pair.blocks)));
    }
    addRun();
    return made;
  };
  const both = (left, right) => {
    const pairs = sections(left.sections, right.sections);
    const sums = pairs.map((pair) => counts(pair.blocks)).reduce((one, other) => ({ same: one.same + other.same, removed: one.removed + other.removed, added: one.added + other.added }), { same: 0, removed: 0, added: 0 });
    const summary = marked("p", `${count(sums.same, "word")} in both, ${number.format(sums.removed)} only in the first, ${number.format(sums.added)} only in the second. <del>−</del> marks text of the first, <ins>+</ins> text of the second.`, { className: "quiet" });
    const sides = element("ol", { className: "sides" }, ...[left, right].map((agent) => element("li", {}, agent.name, " ", element("code", { textContent: agent.id }))));
    const made = part("page:differences", "Prompt differences", sides, summary, ...differences(pairs));
    made.className = "differences";
    return made;
  };

  // MARK: The page

  const together = (agents) => {
    const { isOver, text } = cost(agents);
    const install = element("pre", {}, element("code", { textContent: command(agents) }));
    const merged = agents.filter(({ merges }) => merges);
    const list = element("ul", { className: "sums" },
      element("li", { className: isOver ? "over" : "", textContent: text }), element("li", { textContent: reach(agents) }),
      ...(clashes(agents) ? [element("li", { className: "over", textContent: clashes(agents) })] : []),
      ...merged.map(({ name, merges }) => element("li", { textContent: `To install ${name}, add it to ${merges}.` })));
    const buttons = element("p", { className: "actions" }, ...(navigator.clipboard ? [...(command(agents) ? [copying("Copy install command", () => command(agents)), " "] : []), copying("Copy link", () => address(agents.map((agent) => agent.id)))] : []));
    return part("page:together", "Install", list, buttons, ...(command(agents) ? [element("details", {}, element("summary", { textContent: "Install command" }), install)] : []));
  };
  const without = (count) => (count === 1 ? "There is no agent" : "There are no agents");
  // Draws the comparison of the agents named in the address.
  const draw = async (focus) => {
    const wanted = [...new Set((new URLSearchParams(location.search).get("with") ?? "").split(",").map((id) => id.trim()).filter(Boolean))];
    target.hidden = !wanted.length;
    if (!wanted.length) { target.after(prepared); show(); return; }
    const found = await read(wanted);
    const all = [...new Set(found.filter(Boolean))];
    const agents = all.slice(0, MOST);
    const missing = wanted.filter((_, place) => !found[place]);
    const notes = [];
    if (missing.length) notes.push(`${without(missing.length)} ${missing.map((id) => `“${id}”`).join(", ")} in this catalog. Renamed or removed?`);
    if (all.length > MOST) notes.push(`The first ${MOST} of ${all.length}; more would not fit side by side.`);
    const told = notes.map((text) => element("p", { className: "missing", textContent: text }));
    if (agents.length > 1) prepared.remove(); else target.after(prepared);
    if (agents.length < 2) {
      const one = agents[0] ? `Only ${agents[0].name} is selected. ` : "";
      const groups = agents.map(({ id }) => [id]);
      const add = adding(groups, (next) => change(next, { button: "add" }));
      target.replaceChildren(...told, element("p", { textContent: `${one}Select two or more agents in any list, or open a prepared comparison below.` }), ...(add ? [add] : []));
      document.title = plainTitle;
      show();
      if (focus) add?.querySelector("input").focus();
      return;
    }
    const names = agents.map((agent) => agent.name);
    const title = agents.length > 4 ? counted(agents) : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
    document.title = `${title} compared · ${plainTitle.split(" · ").pop()}`;
    const groups = folded(agents);
    const pairs = compared(agents);
    const percents = agents.flatMap((_, row) => agents.slice(row + 1).map((_, index) => pairs.percent(row, row + 1 + index)));
    const lead = element("p", { className: "lead" }, ...sentence(agents, percents).map((part) => (part.name === undefined ? part : marked("code", shown(part.name)))));
    const crumb = element("p", { className: "crumb" }, element("a", { href: location.pathname, textContent: "Compare" }));
    const header = element("header", { className: "head" }, crumb, element("h1", { textContent: title }), lead, ...told);
    const hide = element("p", {}, element("label", { className: "switch" }, element("input", { type: "checkbox", className: "hide-same" }), " Show differences only"));
    const section = element("section", { className: "compared" }, element("div", { className: "controls" }, element("h2", { id: "page:table", textContent: "Side by side" }), hide),
      scrolling("Comparison, scrolls sideways", across(groups, prompts(agents, groups, pairs))));
    section.setAttribute("aria-labelledby", "page:table");
    const isPair = agents.length === 2;
    const rows = isPair ? [] : matrix(groups.map(([agent]) => agent));
    target.replaceChildren(header, section,
      ...(isPair ? (agents[0].prompt === agents[1].prompt ? [] : [both(agents[0], agents[1])]) : []),
      ...(!isPair ? [part("page:pairs", "Prompt similarity", element("p", { className: "quiet", textContent: "The share of five-word sequences that two prompts have in common." }),
        table(agents.map((agent) => [agent]), "Agent", "matrix pairs", "Similarity, scrolls sideways", element("tbody", {}, ...alike(agents, pairs.percent))))] : []),
      ...(rows.length ? [part("page:sections", "Prompt sections", table(groups, "Heading", "matrix", "Sections, scrolls sideways", element("tbody", {}, ...rows)))] : []),
      together(agents));
    adorn(section, groups.map((group) => group.map(({ id }) => id)), change, focus);
    globalThis.rosterPage.adorn(target);
    show();
  };
  const plainTitle = document.title;
  const start = (focus) => draw(focus).catch(() => {
    const again = element("button", { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => start());
    target.hidden = false;
    const problem = element("p", { className: "missing", textContent: "The data of these agents could not be loaded." });
    target.replaceChildren(problem, element("p", {}, again));
  });
  // Applies changed columns or a changed order. They are stored in the address, so that they can be shared and undone
  // with the back button.
  const change = (groups, focus) => {
    const next = address(groups.flat());
    try { history.pushState(null, "", next); } catch { location.href = next; return; }
    start(focus);
  };
  addEventListener("popstate", () => start());
  start();
})();
