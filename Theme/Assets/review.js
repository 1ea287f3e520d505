// Review state in the browser: viewed files, verdicts and comments. It is stored only in this browser until it is
// exported. Entries belong to digests, so they survive a rebuild if the content is unchanged.
(() => {
  "use strict";
  const root = new URL(document.currentScript.dataset.root || "./", location.href);
  // The storage key of this review. Sites published at the same address, one after the other, have separate keys.
  let kept = "";
  const LONGEST = 65536;
  const UNDO = 50;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const button = (text, act, properties = {}) => {
    const made = element("button", { type: "button", textContent: text, ...properties });
    made.addEventListener("click", act);
    return made;
  };
  const text = (value, most) => (typeof value === "string" && value ? value.slice(0, most) : undefined);
  const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  // MARK: State

  // Validate all input, because other scripts can write to the storage, and anyone can write a file.
  const cleanComment = (value) => {
    // In Markdown, a carriage return also ends a line.
    const comment = { text: text(value?.text, LONGEST)?.replace(/\r\n?/g, "\n") };
    if (!comment.text) return null;
    if (text(value.file, 4096)) comment.file = text(value.file, 4096);
    if (Number.isSafeInteger(value.line) && value.line > 0) {
      comment.line = value.line;
      comment.side = value.side === "before" ? "before" : "after";
    }
    if (text(value.rule, 100)) comment.rule = text(value.rule, 100);
    return comment;
  };
  const cleanEntry = (value) => {
    if (typeof value?.digest !== "string" || !/^[0-9a-f]{64}$/.test(value.digest)) return null;
    const comments = (Array.isArray(value.comments) ? value.comments : []).map(cleanComment).filter(Boolean);
    const verdict = ["approved", "changes-requested"].includes(value.verdict) ? value.verdict : undefined;
    return { digest: value.digest, viewed: value.viewed === true, isViewedByVerdict: value.isViewedByVerdict === true || undefined, verdict, comments };
  };
  const cleanState = (value) => {
    // An object without a prototype, so that any path is a safe key.
    const state = { items: Object.create(null), undo: [], settings: {} };
    for (const [path, entries] of Object.entries(value?.items ?? {})) {
      const clean = (Array.isArray(entries) ? entries : []).map(cleanEntry).filter(Boolean);
      if (clean.length) state.items[path] = clean;
    }
    for (const step of Array.isArray(value?.undo) ? value.undo : []) {
      const items = (Array.isArray(step?.items) ? step.items : []).filter((one) => typeof one?.path === "string" && typeof one.digest === "string");
      state.undo.push({ label: text(step?.label, 500) ?? "", items: items.map(({ path, digest, was }) => ({ path, digest, was: cleanEntry(was) })) });
    }
    state.undo = state.undo.slice(-UNDO);
    for (const name of ["filter", "owner", "by"]) state.settings[name] = text(value?.settings?.[name], 1000);
    for (const name of ["split", "noKeys"]) state.settings[name] = value?.settings?.[name] === true;
    return state;
  };

  const review = { root, element, button, counted, items: [], current: null, LONGEST };
  let state = cleanState(null);
  let refusal = "";
  let isUnsaved = false;
  // The browser asks before it leaves a page with an unsaved review.
  const keepPage = (event) => {
    event.preventDefault();
    event.returnValue = true;
  };
  const isFull = (error) => error?.name === "QuotaExceededError";

  function load() {
    // Unsaved state exists only in memory, so don't overwrite it.
    if (isUnsaved) return;
    let found;
    try { found = localStorage.getItem(kept); } catch { refusal ||= "Your browser does not allow this page to keep data."; return; }
    try { if (found) state = cleanState(JSON.parse(found)); } catch { /* not ours */ }
  }
  // If the storage is full, the oldest undo steps are left out.
  function save() {
    let { undo } = state;
    for (;;) {
      try {
        localStorage.setItem(kept, JSON.stringify({ ...state, undo }));
        [state.undo, refusal, isUnsaved] = [undo, "", false];
        break;
      } catch (error) {
        if (isFull(error) && undo.length) { undo = undo.slice(Math.ceil(undo.length / 2)); continue; }
        isUnsaved = true;
        refusal = isFull(error) ? "The browser's storage for this page is full." : "Your browser does not allow this page to keep data.";
        break;
      }
    }
    if (isUnsaved && Object.keys(state.items).length) addEventListener("beforeunload", keepPage); else removeEventListener("beforeunload", keepPage);
  }

  const own = (path) => state.items[path] ?? [];
  review.clean = cleanEntry;
  // Returns the entry of an item.
  review.of = (item) => own(item.path).find((entry) => entry.digest === item.digest) ?? { viewed: false, verdict: undefined, comments: [] };
  // Returns the last other version of an item that was viewed or judged, if this version was not.
  review.former = (item) => {
    const { viewed, verdict } = review.of(item);
    return viewed || verdict ? undefined : own(item.path).findLast((entry) => !item.digests.has(entry.digest) && (entry.viewed || entry.verdict));
  };
  // Returns comments on other versions of an item, each with the digest of its version.
  review.earlier = (item) => own(item.path).filter(({ digest }) => !item.digests.has(digest)).flatMap(({ digest, comments }) => comments.map((comment) => ({ digest, comment })));
  review.settings = () => state.settings;
  review.set = (name, value) => {
    load();
    state.settings[name] = value;
    save();
  };

  const put = (path, digest, entry) => {
    const others = own(path).filter((one) => one.digest !== digest);
    const isKept = entry && (entry.viewed || entry.verdict || entry.comments.length);
    const entries = isKept ? [...others, { ...entry, digest }] : others;
    if (entries.length) state.items[path] = entries; else delete state.items[path];
  };

  // Changes items in a single undo step.
  review.change = (label, items, change) => {
    load();
    const step = { label, items: [] };
    for (const item of items) {
      const was = own(item.path).find((entry) => entry.digest === item.digest) ?? null;
      const next = structuredClone(was ?? { viewed: false, comments: [] });
      change(next, item);
      step.items.push({ path: item.path, digest: item.digest, was });
      put(item.path, item.digest, next);
    }
    state.undo = [...state.undo, step].slice(-UNDO);
    save();
    review.say(label);
    draw();
  };
  review.undo = () => {
    load();
    const step = state.undo.pop();
    if (!step) { review.say("Nothing to undo"); return; }
    for (const { path, digest, was } of step.items) put(path, digest, was);
    save();
    review.say(`Undone: ${step.label}`);
    draw();
  };
  // Clears all versions of the files in this review.
  review.clear = () => {
    const versions = [...new Set(review.items.map(({ path }) => path))].flatMap((path) => own(path).map(({ digest }) => ({ path, digest })));
    review.change("Review cleared", versions, (entry) => Object.assign(entry, { viewed: false, verdict: undefined, comments: [] }));
  };

  // Of earlier versions of the files in this review, keeps all comments, and the latest version that was viewed or judged.
  // Entries of other files are kept, because the next build may contain the files again.
  function prune() {
    const known = new Map();
    for (const item of review.items) known.set(item.path, (known.get(item.path) ?? new Set()).add(item.digest));
    for (const item of review.items) item.digests = known.get(item.path);
    let isChanged = false;
    for (const [path, digests] of known) {
      const latest = own(path).findLast((entry) => !digests.has(entry.digest) && (entry.viewed || entry.verdict));
      const entries = own(path).flatMap((entry) => {
        if (digests.has(entry.digest) || entry === latest) return [entry];
        return entry.comments.length ? [{ ...entry, viewed: false, verdict: undefined }] : [];
      });
      if (JSON.stringify(entries) === JSON.stringify(own(path))) continue;
      isChanged = true;
      if (entries.length) state.items[path] = entries; else delete state.items[path];
    }
    if (isChanged) save();
  }

  // Removes filters that this review does not offer.
  function tidyFilters() {
    const { filter = "", owner } = state.settings;
    if (filter.includes("attention") && !review.items.some((item) => item.attention)) review.set("filter", filter.replace("attention", "").trim());
    if (owner && !review.items.some((item) => item.owners?.includes(owner))) review.set("owner", "");
  }

  // MARK: Acts

  const labels = { approved: "Approved", "changes-requested": "Changes requested" };
  review.labels = labels;
  // What became of an earlier look at an item, if it changed since.
  review.changedSince = (item) => {
    const former = review.former(item);
    if (!former) return "";
    return { approved: "Changed since you approved it", "changes-requested": "Changed since you requested changes" }[former.verdict] ?? "Changed since you viewed it";
  };
  review.view = (item) => {
    const viewed = !review.of(item).viewed;
    review.change(`${viewed ? "Viewed" : "Not viewed"}: ${item.name}`, [item], (entry) => Object.assign(entry, { viewed, isViewedByVerdict: false }));
  };
  // Selecting the same verdict again removes it.
  review.judge = (item, verdict) => {
    const next = review.of(item).verdict === verdict ? undefined : verdict;
    review.change(`${next ? labels[next] : "No verdict"}: ${item.name}`, [item], (entry) => {
      entry.verdict = next;
      // Removing the verdict also removes the “viewed” that came with it.
      if (next && !entry.viewed) entry.viewed = entry.isViewedByVerdict = true;
      if (!next && entry.isViewedByVerdict) entry.viewed = entry.isViewedByVerdict = false;
    });
  };
  review.comment = (item, comment) => review.change(`Comment on ${item.name}`, [item], (entry) => { entry.comments.push(cleanComment(comment)); });
  // Changes a comment on a version of an item, or deletes it if there is no value. Another tab may have changed the list,
  // so the comment is found by its content. If it is gone, the new text becomes a new comment.
  review.edit = (item, digest, comment, value) => review.change(`Comment on ${item.name} ${value ? "changed" : "deleted"}`, [{ path: item.path, digest }], (entry) => {
    const content = JSON.stringify(comment);
    const place = entry.comments.findIndex((one) => JSON.stringify(one) === content);
    const next = value ? [cleanComment({ ...comment, text: value })] : [];
    if (place < 0) entry.comments.push(...next); else entry.comments.splice(place, 1, ...next);
  });
  // The address of an item's page. Pages of a catalog offer review controls only if the address asks for them.
  review.addressOf = (item) => {
    const address = new URL(item.href, root);
    if (review.data.queue) address.searchParams.set("review", "");
    return address.href;
  };
  review.progress = () => review.items.filter((item) => review.of(item).viewed).length;

  // MARK: The bar

  const status = element("output", { className: "said" });
  const warning = element("p", { className: "refused", role: "alert", hidden: true });
  const meter = element("progress", {});
  const progress = element("b");
  let bar;
  let hush;
  review.say = (words) => {
    status.textContent = words;
    clearTimeout(hush);
    hush = setTimeout(() => { status.textContent = ""; }, 6000);
  };
  const drawers = [];
  review.onDraw = (drawer) => drawers.push(drawer);
  function draw() {
    const viewed = review.progress();
    progress.textContent = `${viewed.toLocaleString("en")} of ${review.items.length.toLocaleString("en")} viewed`;
    Object.assign(meter, { max: review.items.length || 1, value: viewed, ariaLabel: "Viewed" });
    warning.hidden = !refusal;
    const words = refusal && `${refusal} Your review will be lost when you leave the page. Finish it now, or allow storage and reload.`;
    // Screen readers would read it again after each change.
    if (warning.textContent !== words) warning.textContent = words;
    for (const drawer of drawers) drawer();
  }
  review.draw = draw;

  function makeBar() {
    const acts = element("div", { className: "acts", role: "group", ariaLabel: "This file" });
    const tools = element("div", { className: "tools" });
    const since = element("p", { className: "mark-changed", hidden: true });
    bar = element("div", { className: "review-bar", role: "region", ariaLabel: "Review" },
      element("p", { className: "progress" }, progress, " ", meter), since, acts, tools, status, warning);
    if (review.current) {
      const item = review.current;
      const toggle = (label, key, isOn, act) => {
        const made = button(label, act, { title: `Key: ${key}` });
        review.onDraw(() => { made.ariaPressed = String(isOn()); });
        return made;
      };
      acts.append(
        toggle("Viewed", "v", () => review.of(item).viewed, () => review.view(item)),
        toggle("Approve", "a", () => review.of(item).verdict === "approved", () => review.judge(item, "approved")),
        toggle("Request changes", "r", () => review.of(item).verdict === "changes-requested", () => review.judge(item, "changes-requested")),
        button("Comment", () => review.startComment?.(item), { title: "On the whole file. Key: c" }));
      review.onDraw(() => {
        const words = review.changedSince(item);
        Object.assign(since, { hidden: !words, textContent: words });
      });
    }
    tools.append(button("Finish review", () => review.finish(), { className: "go", title: "Key: f" }), button("Undo", () => review.undo(), { title: "Key: u" }), button("?", () => review.help(), { ariaLabel: "Keyboard shortcuts", title: "Keyboard shortcuts" }));
    if (review.current) tools.prepend(element("a", { href: new URL(review.data.queue ?? "index.html", root).href, textContent: "Queue", title: "Key: q" }));
    review.bar = { acts, tools };
    const main = document.querySelector("main");
    main.prepend(bar);
    const measure = () => document.documentElement.style.setProperty("--review-bar", `${bar.offsetHeight}px`);
    new ResizeObserver(measure).observe(bar);
  }

  // MARK: Keys

  const keys = new Map();
  review.key = (key, words, act) => keys.set(key, { words, act });
  review.keys = keys;
  addEventListener("keydown", (event) => {
    const target = event.target;
    const isTyping = target.closest?.("textarea, select, [contenteditable]") || (target.matches?.("input") && target.type !== "checkbox");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || !review.items.length) return;
    if (review.settings().noKeys && event.key !== "?") return;
    const found = keys.get(event.key);
    if (!found) return;
    event.preventDefault();
    // A key that is held down only moves.
    if (!event.repeat || "jknpJK".includes(event.key)) found.act();
  });

  // MARK: Filters

  review.passes = (item) => {
    const { filter = "", owner } = state.settings;
    if (filter.includes("unviewed") && review.of(item).viewed) return false;
    if (filter.includes("attention") && !item.attention) return false;
    return !owner || (item.owners ?? []).includes(owner);
  };

  // MARK: Start

  globalThis.rosterReview = (data) => {
    if (!data.items.length) return;
    review.data = data;
    review.items = data.items;
    kept = `roster.review ${root.pathname} ${data.queue ? "catalog" : "review"} ${data.title}`;
    load();
    prune();
    tidyFilters();
    const article = document.querySelector("main article[data-digest]");
    if (article) {
      const address = (href) => href.split(/[?#]/)[0].replace(/\.html$/, "");
      const item = data.items.find((one) => address(new URL(one.href, root).href) === address(location.href));
      // Approved items are not in the review of a catalog.
      if (!item && data.queue) return;
      if (item?.digest === article.dataset.digest) review.current = item;
      else review.items = [];
    }
    makeBar();
    if (article && !review.current) {
      progress.textContent = "This page and the list of files are from different builds. Reload the page.";
      review.bar.tools.replaceChildren(element("a", { href: new URL(data.queue ?? "index.html", root).href, textContent: "Queue" }));
      return;
    }
    for (const start of globalThis.rosterReview.parts) start(review);
    addEventListener("storage", (event) => {
      if (event.key !== kept) return;
      load();
      draw();
    });
    // A page that comes back from the browser's history may show old data.
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      load();
      draw();
    });
    try { localStorage.setItem(`${kept} test`, "1"); localStorage.removeItem(`${kept} test`); } catch { save(); }
    draw();
    document.documentElement.dataset.reviewing = "";
  };
  // Other scripts add themselves here before the data is loaded.
  globalThis.rosterReview.parts = [];
})();
