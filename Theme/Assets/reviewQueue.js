// The queue of a review: the status of each row, filters, and keyboard shortcuts.
globalThis.rosterReview.parts.push((review) => {
  "use strict";
  const { element, button, counted } = review;
  const rows = [...document.querySelectorAll("[data-item]")].map((row) => ({ row, item: review.items[Number(row.dataset.item)] })).filter(({ item }) => item);
  const isQueue = !review.current;
  let current = -1;
  // A long queue is shown in steps, because drawing all rows would be slow.
  const [MOST, STEP] = [300, 200];
  let limit = rows.length > MOST ? STEP : Infinity;

  // The labels for the status of an item.
  const words = (item) => {
    const { viewed, verdict, comments } = review.of(item);
    const earlier = review.earlier(item).length;
    const since = review.changedSince(item);
    return [
      ...(verdict ? [[verdict, review.labels[verdict]]] : viewed ? [["viewed", "Viewed"]] : since ? [["changed", since]] : []),
      ...(comments.length ? [["comments", counted(comments.length, "comment")]] : []),
      ...(earlier ? [["comments", `${counted(earlier, "comment")} on an earlier version`]] : []),
    ];
  };

  // MARK: Rows

  const adorn = (one) => {
    const place = one.row.querySelector("th") ?? one.row;
    one.link = place.querySelector("a");
    one.link.href = review.addressOf(one.item);
    one.box = element("input", { type: "checkbox", ariaLabel: `Viewed: ${one.item.name}`, className: "viewed" });
    one.box.addEventListener("change", () => review.view(one.item));
    one.marks = element("span", { className: "marks-done" });
    place.prepend(one.box);
    one.link.after(" ", one.marks);
  };
  const drawRow = (one) => {
    const { viewed } = review.of(one.item);
    const labels = words(one.item);
    const drawn = `${viewed} ${labels}`;
    if (one.drawn === drawn) return;
    one.drawn = drawn;
    if (!one.box) adorn(one);
    one.box.checked = viewed;
    one.row.classList.toggle("done", viewed);
    one.marks.replaceChildren(...labels.flatMap(([kind, label]) => [element("span", { className: `mark-${kind}`, textContent: label }), " "]));
  };

  function select(place, takesFocus = true) {
    if (!rows[place]) return;
    rows[current]?.row.classList.remove("chosen");
    current = place;
    const { row, link } = rows[place];
    for (let part = row; part; part = part.parentElement) if (part.matches("details")) part.open = true;
    row.classList.add("chosen");
    if (!takesFocus) return;
    link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  const shown = (from, step) => {
    let place = from;
    do place += step; while (rows[place] && rows[place].row.hidden);
    return rows[place] ? place : -1;
  };
  // The focused row is the selected row, even if it was focused by mouse or Tab.
  for (const [place, { row }] of rows.entries()) row.addEventListener("focusin", () => {
    rows[current]?.row.classList.remove("chosen");
    current = place;
    row.classList.add("chosen");
  });

  // MARK: Filters

  const found = element("output", { className: "quiet" });
  const rest = element("p", { className: "rest" }, button("Show more", () => {
    const last = rows.findLastIndex(({ row }) => !row.hidden);
    extend();
    select(shown(last, 1));
  }));
  function extend() {
    limit += STEP;
    drawRows();
  }
  function drawRows() {
    let count = 0;
    const commented = document.querySelector(".comment-form")?.closest("[data-item]");
    for (const one of rows) {
      const passes = review.passes(one.item) || one.row === commented;
      if (passes) count += 1;
      const isShown = passes && count <= limit;
      if (isShown) drawRow(one);
      if (one.row.hidden === isShown) one.row.hidden = !isShown;
    }
    rest.hidden = count <= limit;
    for (const body of document.querySelectorAll("[data-queue] :is(table, tbody, details), section:has(> .documents)")) body.hidden = !body.querySelector("[data-item]:not([hidden])");
    found.textContent = count === rows.length ? "" : count ? `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} match` : "No file matches.";
    // If the selected row is hidden, select the next one. A button that has the focus keeps it.
    if (current >= 0 && rows[current].row.hidden) {
      const focused = document.activeElement;
      const next = shown(current, 1) >= 0 ? shown(current, 1) : shown(current, -1);
      if (next >= 0) select(next, focused === document.body || rows[current].row.contains(focused));
      else {
        rows[current].row.classList.remove("chosen");
        current = -1;
      }
    }
  }
  function offerFilters() {
    const has = (name) => (review.settings().filter ?? "").includes(name);
    const toggle = (name, label) => {
      const made = button(label, () => {
        const others = ["unviewed", "attention"].filter((one) => (one === name ? !has(one) : has(one)));
        review.set("filter", others.join(" "));
        review.draw();
      });
      review.onDraw(() => { made.ariaPressed = String(has(name)); });
      return made;
    };
    const owners = [...new Set(review.items.flatMap((item) => item.owners ?? []))].sort((one, other) => one.localeCompare(other));
    const filters = element("div", { className: "filters", role: "group", ariaLabel: "Filters" }, toggle("unviewed", "Not viewed"));
    if (review.items.some((item) => item.attention)) filters.append(toggle("attention", "Needs attention"));
    if (owners.length) {
      const choice = element("select", { ariaLabel: "Owner" }, element("option", { value: "", textContent: "All owners" }), ...owners.map((owner) => element("option", { value: owner, textContent: owner })));
      choice.value = review.settings().owner ?? "";
      choice.addEventListener("change", () => {
        review.set("owner", choice.value);
        review.draw();
      });
      filters.append(choice);
    }
    filters.append(found);
    review.bar.acts.before(filters);
    review.bar.acts.remove();
  }

  // Adds a button that marks all files with only formatting changes as viewed.
  function offerFormal() {
    const summary = document.querySelector("details.formal > summary");
    if (!summary) return;
    const formal = rows.filter(({ row }) => row.closest("details.formal")).map(({ item }) => item);
    // Filters also apply here.
    const waiting = () => formal.filter((item) => review.passes(item) && !review.of(item).viewed);
    const all = button("Mark all as viewed", () => {
      const items = waiting();
      review.change(`Viewed: ${counted(items.length, "file")}`, items, (entry) => { entry.viewed = true; });
    });
    const actions = element("p", { className: "actions" }, all);
    review.onDraw(() => {
      all.disabled = !waiting().length;
      actions.hidden = !formal.some(review.passes);
    });
    summary.parentElement.after(actions);
  }

  // MARK: Keys

  const here = () => (isQueue ? rows[current]?.item : review.current);
  const act = (work) => () => {
    const item = here();
    if (item) work(item); else review.say("Select a file first: press j");
  };
  function go(step) {
    if (!review.isSaved()) return;
    if (isQueue) {
      let next = current < 0 && step < 0 ? -1 : shown(current, step);
      if (next < 0 && step > 0 && !rest.hidden) {
        extend();
        next = shown(current, step);
      }
      if (next >= 0) select(next); else review.say(step > 0 ? "Last file" : "First file");
      return;
    }
    let place = review.items.indexOf(review.current) + step;
    while (review.items[place] && !review.passes(review.items[place])) place += step;
    const target = review.items[place];
    if (target) location.href = review.addressOf(target);
    else review.say(step > 0 ? "Last file. Press f to finish the review." : "First file");
  }
  review.key("j", "Next file", () => go(1));
  review.key("k", "Previous file", () => go(-1));
  if (isQueue) review.key("Enter", "Open the file", () => {
    if (document.activeElement?.closest(".comment-form")) { document.activeElement.click(); return; }
    if (!review.isSaved()) return;
    // If a link or button has the focus, Enter activates it.
    if (document.activeElement?.matches("a, button, summary, input")) document.activeElement.click(); else rows[current]?.link.click();
  });
  else review.key("q", "Back to the queue", () => { if (review.isSaved()) location.href = new URL(review.data.queue ?? "index.html", review.root).href; });
  review.key("v", "Viewed", act(review.view));
  review.key("V", "Viewed, and next file", act((item) => {
    if (!review.isSaved()) return;
    if (!review.of(item).viewed) review.view(item);
    // If a filter hides the row now, the next one is already selected.
    if (here() === item) go(1);
  }));
  review.key("a", "Approve", act((item) => review.judge(item, "approved")));
  review.key("r", "Request changes", act((item) => review.judge(item, "changes-requested")));
  review.key("c", isQueue || review.data.queue ? "Comment" : "Comment on the selected line, or on the file", act((item) => (review.commentHere ?? review.startComment)(item)));
  review.key("u", "Undo", () => review.undo());
  review.key("f", "Finish review", () => review.finish());
  review.key("?", "Keyboard shortcuts", () => review.help());

  review.rowOf = (item) => rows.find((one) => one.item === item)?.row;
  if (!isQueue) return;
  document.querySelector("[data-queue]")?.append(rest);
  offerFilters();
  offerFormal();
  review.onDraw(drawRows);
});
