// The page of an item: outline, raw text, copying, and navigation through the list that was open before.
(() => {
  "use strict";
  const own = document.currentScript;
  const isReviewing = new URLSearchParams(location.search).has("review");
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // MARK: Outline

  // Creates the outline from the headings of the prompt. It is open beside the prompt, and folded above it.
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

  // Marks the current section in the outline.
  function followOutline() {
    const links = [...document.querySelectorAll(".outline nav li > a:first-child")];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length || headings.includes(null)) return;
    const box = outline;
    const FROM_TOP = 120;
    let current;
    const follow = () => {
      // Headings above this line count as read. On the last screen the line moves down, because headings there never
      // reach the top.
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

  // MARK: Raw text

  const source = document.querySelector("[data-raw]");
  const section = document.querySelector(".item .prompt");
  const lineId = (line) => `page:line-${line}`;
  const load = (address) => new Promise((resolve, reject) => {
    document.head.append(element("script", { src: address, onload: resolve, onerror: reject }));
  });
  // Over HTTP, read the file. From disk, where pages cannot read files, use the comparison data.
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
  // The findings of each line.
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
    // Scroll again if the same link is clicked a second time.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#page:line-']");
      if (link && link.hash === location.hash) follow();
    });
    follow();
  }

  // MARK: Copying

  // The page states the byte range of the prompt, so scripts need not parse frontmatter. If the program repaired the
  // text, the prompt comes from the comparison data.
  const promptOf = async () => {
    const { raw: id, prompt } = source.dataset;
    if (prompt === undefined) return (await globalThis.rosterChoice.read([id]))[0].prompt;
    const [start, end] = prompt.split("-").map(Number);
    const file = await (await fetched()).arrayBuffer();
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.slice(start, end)).replace(/\r\n?/g, "\n");
  };
  // The published files of a skill with their paths below its folder. Null if some are not published.
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

  // MARK: Previous and next

  // The list page stored its items before it was left.
  function offerNeighbors() {
    // A review has its own order.
    if (isReviewing) return;
    let list;
    try { list = JSON.parse(sessionStorage.getItem("roster.list") || "null"); } catch { /* Storage is blocked, or holds other data. */ }
    const place = list?.items?.indexOf(location.href.split(/[?#]/)[0]) ?? -1;
    const crumb = document.querySelector(".item .crumb");
    if (place < 0 || !crumb) return;
    const step = (to, title, relation) => (list.items[to] ? element("a", { href: list.items[to], textContent: title, rel: relation }) : "");
    const between = element("nav", { className: "between" }, step(place - 1, "← Previous", "prev"), element("a", { href: list.href, textContent: `${place + 1} of ${list.items.length}`, title: `Back to ${list.title}` }), step(place + 1, "Next →", "next"));
    between.setAttribute("aria-label", "In the list");
    crumb.append(between);
  }

  // Opens folded parts that contain the linked element.
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target; part; part = part.parentElement) if (part.matches("details")) part.open = true;
    target?.scrollIntoView();
  }

  // MARK: Review

  // Links of the catalog's review ask for review controls. Load the scripts only then.
  function offerReview() {
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

  // Marks dates that have passed. Pages don't contain the current date.
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
