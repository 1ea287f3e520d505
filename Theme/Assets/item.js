// The page of an item: its outline, its file as it is written, and the way back into the list that one came from.
(() => {
  "use strict";
  const own = document.currentScript;
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // MARK: Outline

  // The outline is made of the headings of the prompt. Beside the prompt there is room for all of it; above, it is folded.
  const outline = document.querySelector("details.outline");
  function makeOutline() {
    if (!outline) return;
    const headings = [...document.querySelectorAll(".prompt > .prose :is(h1, h2, h3, h4, h5, h6)[id]")];
    const level = (heading) => Number(heading.tagName[1]);
    const top = Math.min(...headings.map(level));
    const list = element("ul");
    for (const heading of headings) {
      const item = element("li", { className: `l${level(heading) - top + 1}` }, element("a", { href: `#${encodeURIComponent(heading.id)}`, textContent: heading.textContent }));
      const found = document.querySelectorAll(`.findings a[href="#${CSS.escape(heading.id)}"]`);
      if (found.length) item.append(" ", element("a", { className: "mark", href: `#${found[0].closest("li").id}`, textContent: found.length === 1 ? "1 finding" : `${found.length} findings` }));
      list.append(item);
    }
    const nav = element("nav", {}, list);
    nav.setAttribute("aria-label", "Outline");
    outline.append(nav);
    const isWide = matchMedia("(min-width: 90rem)");
    const follow = () => { outline.open = isWide.matches; };
    isWide.addEventListener("change", follow);
    follow();
  }

  // The outline says where one reads.
  function followOutline() {
    const links = [...document.querySelectorAll(".outline nav li > a:first-child")];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length || headings.includes(null)) return;
    const box = outline;
    const FROM_TOP = 120;
    let current;
    const follow = () => {
      // Everything above the line counts as read. It sinks over the last screen, whose headings never reach the top.
      const most = document.documentElement.scrollHeight - innerHeight;
      const last = Math.min(innerHeight, most);
      const line = FROM_TOP + (innerHeight - FROM_TOP) * (last > 0 ? Math.max(0, 1 - (most - scrollY) / last) : 0);
      let [low, high] = [0, headings.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (headings[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
      }
      const link = links[low - 1];
      if (link === current) return;
      current?.removeAttribute("aria-current");
      current = link;
      if (!link) return;
      link.setAttribute("aria-current", "location");
      const [place, frame] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
      if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - frame.height / 2;
    };
    let isAsked = false;
    addEventListener("scroll", () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => { isAsked = false; follow(); });
    }, { passive: true });
    follow();
  }

  // MARK: The file as it is written

  const source = document.querySelector("[data-raw]");
  const section = document.querySelector(".item .prompt");
  const lineId = (line) => `page:line-${line}`;
  const load = (address) => new Promise((resolve, reject) => {
    document.head.append(element("script", { src: address, onload: resolve, onerror: reject }));
  });
  // Over the network the file itself; from disk, where no file can be read, the data of comparisons.
  const fetched = async () => {
    const answer = await fetch(source.href);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer;
  };
  const read = async () => {
    if (location.protocol.startsWith("http")) {
      const bytes = new Uint8Array(await (await fetched()).arrayBuffer());
      const [first, second] = bytes;
      const encoding = first === 0xFF && second === 0xFE ? "utf-16le" : first === 0xFE && second === 0xFF ? "utf-16be" : "utf-8";
      return new TextDecoder(encoding).decode(bytes);
    }
    const [item] = await globalThis.rosterChoice.read([source.dataset.raw]);
    return (item.head ?? "") + item.prompt;
  };
  // The findings about each line.
  const findings = new Map();
  for (const place of document.querySelectorAll(".findings [data-line]")) {
    const line = Number(place.dataset.line);
    findings.set(line, [...(findings.get(line) ?? []), place.closest("li")]);
  }
  const listing = async () => {
    const [text] = await Promise.all([read(), globalThis.rosterInvisible || load(own.dataset.invisible)]);
    const lines = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    const code = element("code");
    for (const [place, line] of lines.entries()) {
      const row = element("span", { className: "row", id: lineId(place + 1) });
      row.innerHTML = globalThis.rosterInvisible.html(line);
      for (const found of findings.get(place + 1) ?? []) {
        row.classList.add("found", found.className);
        row.append(element("a", { href: `#${found.id}`, textContent: found.querySelector("b").textContent, title: found.querySelector(".rule")?.textContent ?? "" }));
      }
      row.append("\n");
      code.append(row);
    }
    const made = element("pre", { className: "listing", tabIndex: 0 }, code);
    made.setAttribute("aria-label", "Raw text");
    return made;
  };
  let raw;
  const views = element("div", { className: "views" });
  const [rendered, written] = ["Rendered", "Raw"].map((title) => element("button", { type: "button", textContent: title }));
  const shows = (isRaw) => {
    rendered.setAttribute("aria-pressed", String(!isRaw));
    written.setAttribute("aria-pressed", String(isRaw));
    section.classList.toggle("is-raw", isRaw);
  };
  const showRaw = async () => {
    if (raw === undefined) {
      written.disabled = true;
      try {
        raw = await listing();
        section.append(raw);
      } catch {
        raw = undefined;
        written.title = "The file could not be read";
        return;
      } finally {
        written.disabled = false;
      }
    }
    shows(true);
  };
  function offerRaw() {
    if (!source || !section) return;
    views.setAttribute("role", "group");
    views.setAttribute("aria-label", "View");
    views.append(rendered, written);
    section.querySelector("h2").after(views);
    shows(false);
    rendered.addEventListener("click", () => shows(false));
    written.addEventListener("click", showRaw);
    for (const place of document.querySelectorAll(".item [data-line]")) {
      const link = element("a", { href: `#${lineId(place.dataset.line)}`, textContent: `Line ${place.dataset.line}` });
      const first = place.firstChild;
      first.data = first.data.replace(/^Line \d+/, "");
      place.prepend(link);
    }
    const follow = async () => {
      const id = decodeURIComponent(location.hash.slice(1));
      if (id.startsWith("page:line-")) {
        await showRaw();
        const row = document.getElementById(id);
        document.querySelector(".row.meant")?.classList.remove("meant");
        row?.classList.add("meant");
        row?.scrollIntoView({ block: "center" });
      } else if (id && document.getElementById(id)?.closest(".prompt > .prose")) {
        shows(false);
        document.getElementById(id).scrollIntoView();
      }
    };
    addEventListener("hashchange", follow);
    // A second click on the same link goes there again.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#page:line-']");
      if (link && link.hash === location.hash) follow();
    });
    follow();
  }

  // MARK: Copying

  // The program says where the prompt is, so scripts need not know frontmatter. Where it repaired the text, the prompt comes from the data of comparisons.
  const promptOf = async () => {
    const { raw: id, prompt } = source.dataset;
    if (prompt === undefined) return (await globalThis.rosterChoice.read([id]))[0].prompt;
    const [start, end] = prompt.split("-").map(Number);
    const file = await (await fetched()).arrayBuffer();
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.slice(start, end)).replace(/\r\n?/g, "\n");
  };
  // The files of a skill as they are published, with their paths below its folder; nothing if some are not published.
  const filesOf = (folder) => {
    const rows = [...document.querySelectorAll(".tree tbody th[scope=row]")].slice(1);
    const files = rows.map((row) => {
      const below = row.closest("tbody").querySelector(".folder")?.textContent ?? "";
      const link = row.querySelector("a");
      return { path: folder + below + (link?.textContent ?? ""), address: link?.href.replace(/\.html$/, ".txt"), runs: Boolean(row.querySelector(".kind")) };
    });
    return files.every(({ address }) => address) && !document.querySelector(".tree .unseen") ? files : null;
  };
  const installation = (path) => {
    const { download, quoted } = globalThis.rosterPage;
    const files = filesOf(path.replace(/[^/]*$/, "")) ?? [];
    const programs = files.filter(({ runs }) => runs).map((file) => quoted(file.path));
    const command = download([[path, source.href], ...files.map((file) => [file.path, file.address])]);
    return programs.length ? `${command} && chmod +x ${programs.join(" ")}` : command;
  };
  function offerCopies() {
    const { canCopy, copy } = globalThis.rosterPage;
    if (!source || !canCopy) return;
    const offer = (title, text) => {
      const button = element("button", { type: "button", textContent: title });
      button.addEventListener("click", () => copy(button, text));
      source.parentElement.append(" ", button);
    };
    const { path } = source.dataset;
    if (path) offer("Copy install command", async () => installation(path));
    offer("Copy file", async () => (await fetched()).text());
    offer("Copy prompt", promptOf);
  }

  // MARK: Related items

  function offerComparison() {
    const links = [...document.querySelectorAll(".peers li > a:first-child")];
    if (!links.length || !source || !globalThis.rosterChoice) return;
    const ids = links.map((link) => globalThis.rosterChoice.idOf(link.href));
    const all = element("a", { href: globalThis.rosterChoice.address([source.dataset.raw, ...ids]), textContent: "Compare with these" });
    document.querySelector(".peers").append(element("p", {}, all));
  }

  // MARK: The list

  // The list that one came from was written down there.
  function offerNeighbors() {
    let list;
    try { list = JSON.parse(sessionStorage.getItem("roster.list") || "null"); } catch { /* refused, or not ours */ }
    const place = list?.items?.indexOf(location.href.split(/[?#]/)[0]) ?? -1;
    const crumb = document.querySelector(".item .crumb");
    if (place < 0 || !crumb) return;
    const step = (to, title, relation) => (list.items[to] ? element("a", { href: list.items[to], textContent: title, rel: relation }) : "");
    const between = element("nav", { className: "between" }, step(place - 1, "← Previous", "prev"), element("a", { href: list.href, textContent: `${place + 1} of ${list.items.length}`, title: `Back to ${list.title}` }), step(place + 1, "Next →", "next"));
    between.setAttribute("aria-label", "In the list");
    crumb.append(between);
  }

  // What is linked to is opened if it is closed.
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) if (part.matches("details")) part.open = true;
    target?.scrollIntoView();
  }

  // MARK: Review

  // Whoever comes from the review of the catalog judges here; its scripts are loaded only then.
  function offerReview() {
    let isReviewing = false;
    try { isReviewing = sessionStorage.getItem("roster.reviewing") !== null; } catch { /* refused */ }
    if (!isReviewing) return;
    const [style, ...scripts] = own.dataset.review.split(" ");
    document.querySelector(".item").dataset.digest = own.dataset.digest;
    document.head.append(element("link", { rel: "stylesheet", href: style }));
    for (const address of [...scripts, `${own.dataset.root}review/items.js`]) {
      const script = element("script", { src: address, async: false });
      script.dataset.root = own.dataset.root;
      document.head.append(script);
    }
  }

  // A page does not know the day on which it is read.
  function markOverdue() {
    const today = new Date();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    for (const time of document.querySelectorAll("time[data-due]")) if (time.dateTime < day) time.append(element("span", { className: "overdue", textContent: " (passed)" }));
  }

  markOverdue();
  makeOutline();
  followOutline();
  offerNeighbors();
  if (location.hash) openTarget();
  addEventListener("hashchange", openTarget);
  offerRaw();
  offerCopies();
  offerComparison();
  offerReview();
})();
