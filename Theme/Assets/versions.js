// Compares two versions of an item, named in the address:
// versions.html?item=agents/acme/reviewer&from=1a2b3c&to=4d5e6f.
(() => {
  "use strict";
  const target = document.querySelector("[data-versions]");
  const root = new URL(document.currentScript.dataset.root || "./", location.href);
  const { text, counts } = globalThis.rosterDifference;
  const { blocks, count } = globalThis.rosterLines;
  const shown = globalThis.rosterInvisible.html;
  const number = new Intl.NumberFormat("en");
  const element = (name, properties = {}, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content.filter((one) => one !== null));
    return made;
  };
  // Text from the repository: invisible characters become labels, and HTML is escaped.
  const safe = (name, value, properties = {}) => Object.assign(element(name, properties), { innerHTML: shown(value) });
  const tell = (...words) => target.replaceChildren(element("header", { className: "head" }, element("h1", { textContent: "Versions" })), element("p", { className: "missing" }, ...words));

  const asked = new URLSearchParams(location.search);
  const id = asked.get("item") ?? "";
  // Accept only the address of an item on this site, because it determines which script is loaded.
  const parts = id.split("/");
  const isItem = parts.length > 1 && ["agents", "skills", "commands", "instructions"].includes(parts[0]) && parts.every((part) => part && part !== "." && part !== "..");
  const beside = (ending) => link(`${parts.map(encodeURIComponent).join("/")}.${ending}`);
  const link = (path) => new URL(path, root).href;

  const start = (item) => {
    const { versions } = item;
    const find = (name, usual) => {
      const place = name && /^[0-9a-f]{4,64}$/.test(name) ? versions.findIndex((version) => version.id.startsWith(name)) : -1;
      return { place: place < 0 ? usual : place, isMissing: Boolean(name) && place < 0 };
    };
    const first = find(asked.get("from"), 1);
    const second = find(asked.get("to"), 0);
    const label = (version) => `${version.day}, ${version.author}: ${version.title}${version.isWithheld ? " (not published)" : ""}`;
    const choice = (name, title, place) => {
      const select = element("select", { id: `page:${name}` }, ...versions.map((version, index) => element("option", { value: String(index), textContent: label(version), selected: index === place })));
      return element("p", {}, element("label", { htmlFor: select.id, textContent: title }), " ", select);
    };
    const controls = element("form", { className: "versions" }, choice("from", "From", first.place), choice("to", "To", second.place));
    const [from, to] = controls.querySelectorAll("select");
    const output = element("div", {});
    const commit = (version) => {
      const name = element("code", { textContent: version.id.slice(0, 8) });
      return version.href ? element("a", { href: version.href }, name) : name;
    };
    const draw = () => {
      const [left, right] = [versions[Number(from.value)], versions[Number(to.value)]];
      const sides = element("p", { className: "quiet" }, "Commits ", commit(left), " → ", commit(right));
      // Changes are listed in version order, even if the older version is selected first.
      const [newer, older] = [Number(from.value), Number(to.value)].sort((one, other) => one - other);
      const access = versions.slice(newer, older).reverse().filter((version) => version.changes.length);
      const changed = (version) => element("li", {}, element("span", { className: "quiet", textContent: version.day }), ...version.changes.flatMap((change, index) => [index ? ", " : " ", safe("code", change)]));
      const changes = access.length ? element("section", {}, element("h2", { textContent: "Changes in access, by version" }), element("ul", { className: "access" }, ...access.map(changed))) : null;
      const missing = [left, right].find((version) => version.text === null);
      if (missing) {
        const reason = missing.isWithheld ? "Not published: it contains a suspected secret." : "The text of this version is missing from the clone, or larger than 1 MB.";
        output.replaceChildren(...[sides, changes, element("p", { className: "missing" }, "Version ", commit(missing), `. ${reason}`)].filter(Boolean));
        return;
      }
      if (left.text === right.text) {
        output.replaceChildren(sides, element("p", { textContent: "The texts are the same." }));
        return;
      }
      const list = text(left.text.split("\n"), right.text.split("\n"));
      const sums = counts(list);
      const lines = element("div", { className: "lines" });
      lines.innerHTML = blocks(list);
      const made = element("section", { className: "differences" }, element("h2", { textContent: "Differences" }),
        element("p", { className: "quiet", textContent: `+${number.format(sums.added)} −${number.format(sums.removed)} words` }), lines);
      output.replaceChildren(...[sides, changes, made].filter(Boolean));
    };
    const address = () => {
      const query = new URLSearchParams({ item: id, from: versions[Number(from.value)].id.slice(0, 12), to: versions[Number(to.value)].id.slice(0, 12) });
      // A page opened from disk may not be allowed to change its address.
      try { history.replaceState(null, "", `?${query.toString().replaceAll("%2F", "/")}`); } catch { /* keep the address */ }
    };
    for (const select of [from, to]) select.addEventListener("change", () => { draw(); address(); });
    const missing = [first, second].some((one) => one.isMissing)
      ? element("p", { className: "missing", textContent: `This site has the last ${count(versions.length, "version")}. A version of the address is not among them.` }) : null;
    const heading = safe("h1", item.name);
    heading.append(" ", element("span", { className: "quiet", textContent: "versions" }));
    target.replaceChildren(...[
      element("header", { className: "head" }, element("p", { className: "crumb" }, element("a", { href: beside("html") }, safe("span", item.name))), heading, safe("p", item.file, { className: "quiet" })),
      missing, controls, output].filter(Boolean));
    document.title = `Versions of ${item.name} · ${document.title.split(" · ").pop()}`;
    draw();
  };

  if (!id) return;
  if (!isItem) { tell("This is not the address of an item."); return; }
  globalThis.rosterVersions = (item) => { if (item.id === id && item.versions.length > 1) start(item); };
  const script = document.createElement("script");
  script.src = beside("versions.js");
  script.onerror = () => tell("This item has no versions to compare. It was renamed or removed, or has not changed. See ", element("a", { href: link("index.html"), textContent: "all items" }), ".");
  document.head.append(script);
})();
