// The page of a file under review: comments on lines, findings and the file, and the display of differences.
globalThis.rosterReview.parts.push((review) => {
  "use strict";
  const { element, button, counted } = review;
  const item = review.current;
  const article = item && document.querySelector("main article");
  const mainFile = document.querySelector(".differences[data-file]")?.dataset.file;

  // MARK: Comments

  // Where a comment is shown: after a line, in a finding, or at the top.
  const prefixes = new Map([...document.querySelectorAll(".differences[data-file]")].map((part) => [part.dataset.file, /^(F\d+)?/.exec(part.querySelector(".line")?.id ?? "")[0]]));
  const lineOf = (comment) => {
    const prefix = prefixes.get(comment.file ?? mainFile);
    return prefix === undefined || !comment.line ? null : document.getElementById(`${prefix}${comment.side === "before" ? "B" : "L"}${comment.line}`);
  };
  const findingOf = (comment) => [...document.querySelectorAll(".findings li[data-rule]")].find((one) => one.dataset.rule === comment.rule
    && (Number(one.dataset.at) || undefined) === comment.line && (one.dataset.in || undefined) === comment.file);
  const placeOf = (comment) => {
    const parts = [comment.file, comment.line && `${comment.side === "before" ? "former line" : "line"} ${comment.line}`, comment.rule].filter(Boolean);
    return parts.join(", ");
  };
  const capital = (words) => words && words[0].toUpperCase() + words.slice(1);

  // The browser asks before it leaves a page with an unsaved comment.
  const keepPage = (event) => {
    event.preventDefault();
    event.returnValue = true;
  };
  const isChanged = (box) => box.value !== box.defaultValue;
  // Returns whether there is no unsaved comment. Otherwise, the comment gets the focus.
  review.isSaved = () => {
    const box = document.querySelector(".comment-form textarea");
    if (!box || !isChanged(box)) return true;
    reveal(box);
    box.focus();
    review.say("Save or cancel the open comment first");
    return false;
  };
  function reveal(shown) {
    for (let part = shown; part; part = part.parentElement) if (part.matches("details")) part.open = true;
  }

  function form(label, value, act) {
    const box = element("textarea", { defaultValue: value.replace(/\r\n?/g, "\n"), rows: 3, ariaLabel: label, required: true });
    const made = element("form", { className: "comment-form" }, element("label", { textContent: label, ariaHidden: "true" }), box,
      element("p", { className: "actions" }, element("button", { type: "submit", className: "go", textContent: "Save" }), button("Cancel", () => end()), element("span", { className: "quiet", textContent: "Ctrl+Enter saves" })));
    const problem = element("p", { className: "refused", role: "alert" });
    box.after(problem);
    const before = document.activeElement;
    // Drawing replaces comments, so an edited comment gets the focus by its place.
    const place = before?.closest(".review-comment")?.dataset.place;
    const end = () => {
      removeEventListener("beforeunload", keepPage);
      made.remove();
      review.draw();
      const next = before?.isConnected ? before : place && document.querySelector(`.review-comment[data-place="${place}"]`);
      next?.focus?.({ preventScroll: true });
    };
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = box.value.trim();
      const limit = review.LONGEST.toLocaleString("en");
      problem.textContent = !value ? "The comment is empty." : value.length > review.LONGEST ? `A comment can have up to ${limit} characters. This one has ${value.length.toLocaleString("en")}.` : "";
      if (problem.textContent) { box.focus(); return; }
      act(value);
      end();
    });
    box.addEventListener("input", () => { if (isChanged(box)) addEventListener("beforeunload", keepPage); else removeEventListener("beforeunload", keepPage); });
    made.addEventListener("keydown", (event) => {
      // Keys of an input method are not ours.
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        // It is also the key that clears the selection.
        event.stopPropagation();
        if (isChanged(box)) problem.textContent = "Save or cancel the comment."; else end();
      }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); made.requestSubmit(); }
    });
    return made;
  }
  function openForm(made, put) {
    if (!review.isSaved()) return;
    document.querySelector(".comment-form")?.remove();
    put(made);
    reveal(made);
    general.hidden = !general.firstChild;
    layOut();
    const box = made.querySelector("textarea");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    made.scrollIntoView({ block: "nearest" });
  }

  const general = element("section", { className: "comments", ariaLabel: "Comments", hidden: true });
  function shown(comment) {
    const made = element("div", { className: "review-comment", tabIndex: -1 }, element("p", { className: "quiet", textContent: comment.file ? placeOf(comment) : capital(placeOf(comment)) || "Comment" }), element("p", { className: "text", textContent: comment.text, dir: "auto" }));
    return made;
  }
  // Forms are beside comments, not in them, so drawing comments never removes typed text.
  const revealed = new Set();
  function drawComments() {
    if (!article) return;
    const focused = document.activeElement;
    const place = focused?.closest(".review-comment")?.dataset.place;
    const number = [...(focused?.parentElement?.children ?? [])].indexOf(focused);
    for (const old of document.querySelectorAll(".review-comment")) old.remove();
    const add = (part, made) => part.insertBefore(made, part.querySelector(":scope > .comment-form"));
    const heading = article.querySelector("h1");
    // What has the focus after a comment was deleted: its line or finding, or the comment that took its place.
    const remove = (place, digest, comment, beside) => {
      review.edit(item, digest, comment);
      const next = beside || document.querySelector(`.review-comment[data-place="${place}"]`) || heading;
      if (!next.matches("button")) next.tabIndex = -1;
      next.focus({ preventScroll: true });
    };
    for (const [place, comment] of review.of(item).comments.entries()) {
      const made = shown(comment);
      made.dataset.place = place;
      const finding = comment.rule && findingOf(comment);
      const line = !finding && lineOf(comment);
      made.append(element("p", { className: "actions" },
        button("Edit", () => openForm(form("Edit the comment", comment.text, (value) => review.edit(item, item.digest, comment, value)), (one) => made.after(one))),
        button("Delete", () => remove(place, item.digest, comment, finding ? finding.querySelector("button.plain") : line))));
      if (finding) { add(finding, made); continue; }
      if (!line) { add(general, made); continue; }
      // Show a comment once. After that, its part may be folded.
      const content = JSON.stringify(comment);
      if (!revealed.has(content)) reveal(line);
      revealed.add(content);
      let last = line;
      while (last.nextElementSibling?.matches(".review-comment")) last = last.nextElementSibling;
      last.after(made);
    }
    for (const [place, { digest, comment }] of review.earlier(item).entries()) {
      const made = shown(comment);
      made.dataset.place = `earlier ${place}`;
      made.firstChild.textContent = `On an earlier version${placeOf(comment) ? `: ${placeOf(comment)}` : ""}`;
      made.classList.add("earlier");
      made.append(element("p", { className: "actions" }, button("Delete", () => remove(`earlier ${place}`, digest, comment))));
      add(general, made);
    }
    general.hidden = !general.firstChild;
    layOut();
    const again = place && document.querySelector(`.review-comment[data-place="${place}"]`);
    if (again) (focused.matches("button") ? again.querySelectorAll("button")[number] ?? again : again).focus({ preventScroll: true });
  }

  // Comments on the whole file.
  review.startComment = (one) => {
    const label = `Comment on ${one.name}`;
    if (!article) {
      const row = review.rowOf(one);
      openForm(form(label, "", (text) => review.comment(one, { text })), (made) => (row.querySelector("th") ?? row).append(made));
      return;
    }
    openForm(form(label, "", (text) => review.comment(item, { text })), (made) => general.append(made));
  };

  // MARK: Lines

  // The selected line, and the last one that was selected.
  let [selected, reached] = [null, null];
  const whereOf = (line) => {
    const found = /^(?:F\d+)?([LB])(\d+)$/.exec(line.id);
    const file = line.closest("[data-file]")?.dataset.file;
    return found && { ...(file && file !== item.path ? { file } : {}), line: Number(found[2]), side: found[1] === "B" ? "before" : "after" };
  };
  function commentOn(line) {
    const where = whereOf(line);
    openForm(form(`Comment on ${placeOf(where)}`, "", (text) => review.comment(item, { text, ...where })), (made) => {
      let last = line;
      while (last.nextElementSibling?.matches(".review-comment")) last = last.nextElementSibling;
      last.after(made);
    });
  }
  function choose(line, { scrolls = true } = {}) {
    selected?.classList.remove("chosen");
    selected = line;
    if (!line) return;
    reached = line;
    reveal(line);
    line.classList.add("chosen");
    if (plus.parentElement !== line) line.append(plus);
    if (!scrolls) return;
    // Screen readers continue from the line.
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "center" });
  }
  // A single button, moved to the line under the pointer or the selected line.
  const plus = button("Comment", (event) => {
    const line = event.target.closest(".line");
    choose(line, { scrolls: false });
    commentOn(line);
  }, { className: "plus", tabIndex: -1 });

  const changes = [...document.querySelectorAll(".diff:not(.whole) .change")];
  // The next change after the line that was reached, or the one before it.
  function goToChange(step) {
    const isBefore = (change) => reached && change.compareDocumentPosition(reached) & Node.DOCUMENT_POSITION_FOLLOWING;
    const last = changes.findLastIndex(isBefore);
    const isInside = changes[last]?.contains(reached);
    const next = step > 0 ? last + 1 : !reached ? changes.length - 1 : isInside ? last - 1 : last;
    if (!changes[next]) { review.say(step > 0 ? "Last change" : "First change"); return; }
    choose(changes[next].querySelector(".added") ?? changes[next].querySelector(".line"));
    review.say(`Change ${next + 1} of ${changes.length}`);
  }
  function goToLine(step) {
    const lines = [...document.querySelectorAll(".diff .line")].filter((line) => line.checkVisibility());
    // The line that was reached may be in a folded part now.
    const isAfter = (line) => !reached || reached.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = step > 0 ? lines.find(isAfter) : lines.findLast((line) => line !== reached && !isAfter(line));
    if (next) choose(next);
  }

  // MARK: Two columns

  const isWide = matchMedia("(min-width: 64rem)");
  const isSplit = () => Boolean(review.settings().split) && isWide.matches;
  // Paired lines share a row. Other lines fill each side from the top.
  function layOut() {
    const split = isSplit();
    for (const part of document.querySelectorAll(".diff:not(.whole)")) {
      part.classList.toggle("split", split);
      for (const line of part.querySelectorAll(".line:not(.removed, .added)")) {
        const twin = line.querySelector(".twin");
        if (!split) twin?.remove();
        else if (!twin) {
          const copy = line.querySelector("span").cloneNode(true);
          copy.className = "twin";
          copy.ariaHidden = "true";
          line.append(copy);
        }
      }
      for (const group of part.querySelectorAll(".change")) {
        // The next free row on each side, the row for the next paired line, and the side of the last line.
        let [left, right, paired, isLeft] = [1, 1, 1, true];
        for (const line of group.children) {
          if (!split) { Object.assign(line.style, { gridRow: "", gridColumn: "" }); continue; }
          // A comment is below its line, on the same side.
          if (line.matches(".line")) isLeft = line.matches(".removed");
          else line.style.gridColumn = isLeft ? 1 : 2;
          if (isLeft) {
            if (line.matches(".paired")) left = paired = Math.max(left, right);
            line.style.gridRow = left++;
          } else {
            if (line.matches(".paired")) right = paired;
            line.style.gridRow = right++;
          }
        }
      }
    }
  }
  function offerTools() {
    const section = document.querySelector("section.file");
    if (!section) return;
    const tools = element("div", { className: "diff-tools", role: "group", ariaLabel: "Differences" });
    if (changes.length) {
      tools.append(button("← Change", () => goToChange(-1), { title: "Key: p", ariaLabel: "Previous change" }), button("Change →", () => goToChange(1), { title: "Key: n", ariaLabel: "Next change" }));
      const looks = ["Unified", "Split"].map((name) => button(name, () => {
        review.set("split", name === "Split");
        review.draw();
      }, { title: "Key: s" }));
      review.onDraw(() => looks.forEach((look, place) => { look.ariaPressed = String(Boolean(review.settings().split) === (place === 1)); }));
      tools.append(element("span", { className: "views-of-diff" }, ...looks));
    }
    const folds = [...document.querySelectorAll(".diff details.fold")];
    if (folds.length) {
      const whole = button("Whole file", () => {
        const opens = folds.some((fold) => !fold.open);
        for (const fold of folds) fold.open = opens;
      });
      const label = () => { whole.ariaPressed = String(folds.every((fold) => fold.open)); };
      for (const fold of folds) fold.addEventListener("toggle", label);
      label();
      tools.append(whole);
    }
    if (tools.firstChild) section.querySelector("h2").after(tools);
  }

  if (!article) return;
  review.commentHere = (one) => { if (selected) commentOn(selected); else review.startComment(one); };
  if (changes.length) {
    review.key("n", "Next change", () => goToChange(1));
    review.key("p", "Previous change", () => goToChange(-1));
    review.key("s", "Unified or split", () => {
      review.set("split", !review.settings().split);
      review.draw();
    });
  }
  if (document.querySelector(".diff .line")) {
    review.key("J", "Next line", () => goToLine(1));
    review.key("K", "Previous line", () => goToLine(-1));
    review.key("Escape", "Clear the selection of a line", () => choose(null));
  }
  article.querySelector("header.head").after(general);
  for (const finding of document.querySelectorAll(".findings li[data-rule]")) {
    const where = { rule: finding.dataset.rule, ...(finding.dataset.in ? { file: finding.dataset.in } : {}), ...(finding.dataset.at ? { line: Number(finding.dataset.at), side: "after" } : {}) };
    finding.append(" ", button("Comment", () => openForm(form(`Comment on ${where.rule}`, "", (text) => review.comment(item, { text, ...where })), (made) => finding.append(made)), { className: "plain", ariaLabel: `Comment on ${where.rule}` }));
  }
  document.querySelector("main").addEventListener("mouseover", (event) => {
    const line = event.target.closest?.(".diff .line");
    if (line && plus.parentElement !== line) line.append(plus);
  });
  const follow = () => {
    const line = document.getElementById(location.hash.slice(1));
    if (line?.matches(".diff .line")) choose(line);
  };
  addEventListener("hashchange", follow);
  // The same link again changes no address.
  article.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  isWide.addEventListener("change", () => layOut());
  offerTools();
  review.onDraw(drawComments);
  if (location.hash) setTimeout(follow);
});
