// The “Finish review” dialog: a comment for the pull request, roster-review.json, and the command that imports it.
// The file can also be imported in another browser.
globalThis.rosterReview.parts.push((review) => {
  "use strict";
  const { element, button, counted } = review;
  const FILE = "roster-review.json";
  // The maximum number of approved files in a comment, and the maximum length of a comment on GitHub, in characters.
  const MOST = 100;
  const LIMIT = 65_536;
  const touched = () => review.items.map((item) => ({ item, ...review.of(item) })).filter(({ viewed, verdict, comments }) => viewed || verdict || comments.length);

  // MARK: Outputs

  const json = () => {
    const cut = (value, most) => (typeof value === "string" ? value.slice(0, most) : undefined);
    const items = touched().map(({ item, viewed, verdict, comments }) => ({
      path: item.path, name: cut(item.name, 1000), kind: cut(item.kind, 100), digest: item.digest, viewed,
      ...(item.removed ? { removed: true } : {}), ...(verdict ? { verdict } : {}), ...(comments.length ? { comments } : {}),
    }));
    const { title, base, head } = review.data;
    return `${JSON.stringify({ "roster-review": 1, title: cut(title, 1000), base: cut(base, 1000), head: cut(head, 1000), items }, null, 1)}\n`;
  };

  // Paths and names are untrusted, so the code span gets a fence longer than any run of backticks inside.
  const code = (value) => {
    const line = value.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, (sign) => `[U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
    const fence = "`".repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length)) + 1);
    return fence.length > 1 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
  };
  const indented = (value) => value.trim().replace(/\r?\n/g, "\n  ");
  const place = (item, comment) => {
    const file = comment.file ?? item.path;
    if (!comment.line) return comment.rule ? `${code(file)} (${code(comment.rule)})` : comment.file ? code(file) : "";
    return `${code(`${file}:${comment.line}`)}${comment.side === "before" ? " (before)" : ""}${comment.rule ? ` (${code(comment.rule)})` : ""}`;
  };
  const markdown = () => {
    const all = touched();
    const of = (verdict) => all.filter((one) => one.verdict === verdict);
    const [approved, refused] = [of("approved"), of("changes-requested")];
    const others = all.filter(({ verdict, comments }) => !verdict && comments.length);
    const { base, head } = review.data;
    const parts = [`## Review: ${approved.length} approved, ${refused.length} with changes requested, ${review.progress()} of ${review.items.length} viewed`];
    if (base && head) parts.push(`Before: ${code(base)}. After: ${code(head)}.`);
    // Comments and files that would exceed the limit are counted. Some space is for the headings.
    let [space, left] = [LIMIT - 1000 - parts.join().length, 0];
    const fits = (text) => {
      space -= text.length + 2;
      if (space >= 0) return true;
      space += text.length + 2;
      left += 1;
      return false;
    };
    const list = (title, entries) => {
      if (!entries.length) return;
      parts.push(`### ${title}`);
      for (const { item, comments } of entries) {
        const name = `**${code(item.name)}** ${item.name === item.path ? "" : code(item.path)}`.trim();
        if (!fits(name)) continue;
        const lines = comments.map((comment) => {
          // Text with several lines or a block of Markdown needs a paragraph of its own.
          const isBlock = /\n|^(?:[#>|<~=`*_+-]|\d+[.)])/.test(comment.text.trim());
          const where = place(item, comment) || (isBlock ? "On the whole file" : "");
          return `- ${[where, indented(comment.text)].filter(Boolean).join(isBlock ? ":\n\n  " : ": ")}`;
        }).filter(fits);
        parts.push([name, ...(lines.length ? ["", ...lines] : [])].join("\n"));
      }
    };
    list("Changes requested", refused);
    list("Comments", others);
    list("Approved, with comments", approved.filter(({ comments }) => comments.length));
    const rest = approved.filter(({ comments }) => !comments.length);
    const named = rest.slice(0, MOST).map(({ item }) => `- ${code(item.path)}`).filter(fits);
    if (rest.length) parts.push("### Approved", ...(named.length ? [named.join("\n")] : []));
    if (rest.length > MOST) parts.push(`and ${counted(rest.length - MOST, "more file")}`);
    if (left) parts.push(`Left out for length: ${left.toLocaleString("en")} of the files and comments. ${code(FILE)} contains everything.`);
    return `${parts.join("\n\n")}\n`;
  };
  // Without a name, the program uses git's user.name.
  const command = () => {
    const { by } = review.settings();
    return `roster approve --import ${FILE}${by ? ` --by${by.startsWith("-") ? "=" : " "}${globalThis.rosterPage.quoted(by)}` : ""}`;
  };

  function download(name, value, type) {
    const address = URL.createObjectURL(new Blob([value], { type }));
    const link = element("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  // MARK: Import

  // Imports an exported review. Entries apply only to items with the same path and digest.
  function take(value) {
    if (value?.["roster-review"] !== 1 || !Array.isArray(value.items)) throw new Error(`This is not a ${FILE}.`);
    const byPath = new Map(review.items.map((item) => [`${item.digest} ${item.path}`, item]));
    const pairs = [];
    let others = 0;
    for (const one of value.items) {
      const item = byPath.get(`${one?.digest} ${one?.path}`);
      const entry = item && (one.removed === true) === Boolean(item.removed) && review.clean(one);
      if (entry) pairs.push([item, entry]); else others += 1;
    }
    const entries = new Map(pairs);
    let kept = 0;
    if (entries.size) {
      review.change(`Imported ${counted(entries.size, "file")}`, [...entries.keys()], (entry, item) => {
        const other = entries.get(item);
        entry.viewed ||= other.viewed;
        if (entry.verdict && other.verdict && entry.verdict !== other.verdict) kept += 1;
        entry.verdict ??= other.verdict;
        const known = new Set(entry.comments.map((comment) => JSON.stringify(comment)));
        entry.comments.push(...other.comments.filter((comment) => !known.has(JSON.stringify(comment))));
      });
    }
    const differing = `${counted(kept, "verdict")} ${kept === 1 ? "differs from yours; yours was" : "differ from yours; yours were"} kept.`;
    return `${counted(entries.size, "file")} imported.${kept ? ` ${differing}` : ""}${others ? ` ${counted(others, "file")} skipped: not in this review, or changed.` : ""}`;
  }

  // MARK: Dialogs

  function dialog(title, ...content) {
    const close = button("Close", () => made.close());
    const made = element("dialog", { className: "review-dialog" }, element("header", {}, element("h2", { textContent: title }), close), ...content);
    made.setAttribute("aria-label", title);
    document.body.append(made);
    made.addEventListener("close", () => made.remove());
    made.showModal();
    return made;
  }

  // Draws the open dialog again, after a change in another tab.
  let redraw = () => {};
  review.onDraw(() => redraw());
  review.finish = () => {
    // An unsaved comment would be left out.
    if (!review.isSaved()) return;
    const opener = document.activeElement;
    const summary = element("p", { className: "lead" });
    const note = element("p", { className: "quiet" });
    const text = element("textarea", { readOnly: true, rows: 9, ariaLabel: "Comment for the pull request", spellcheck: false });
    const line = element("code");
    const heard = element("output");
    const by = element("input", { type: "text", autocomplete: "name", value: review.settings().by ?? "", maxLength: 200 });
    const file = element("input", { type: "file", accept: ".json,application/json", ariaLabel: `Import ${FILE}` });
    const draw = () => {
      const all = review.items.map((item) => review.of(item));
      const [approved, refused] = ["approved", "changes-requested"].map((verdict) => all.filter((one) => one.verdict === verdict).length);
      const comments = all.reduce((sum, one) => sum + one.comments.length, 0);
      summary.textContent = `${approved} approved, ${refused} with changes requested, ${counted(comments, "comment")}.`;
      const waiting = review.items.length - review.progress();
      const earlier = review.items.reduce((sum, item) => sum + review.earlier(item).length, 0);
      note.textContent = [waiting ? `${counted(waiting, "file")} not viewed.` : "", earlier ? `${counted(earlier, "comment")} on earlier versions left out.` : ""].filter(Boolean).join(" ");
      if (text.value !== markdown()) text.value = markdown();
      line.textContent = command();
    };
    by.addEventListener("input", () => {
      review.set("by", by.value.trim());
      draw();
    });
    file.addEventListener("change", async () => {
      const [chosen] = file.files;
      if (!chosen) return;
      try { heard.textContent = take(JSON.parse(await chosen.text())); } catch (error) { heard.textContent = error instanceof SyntaxError ? "This file is not valid JSON." : error.message; }
      file.value = "";
      draw();
    });
    const clear = button("Clear this review", () => {
      review.clear();
      heard.replaceChildren("Cleared. ", button("Undo", () => {
        review.undo();
        heard.textContent = "The review is back.";
        clear.focus();
        draw();
      }));
      draw();
    });
    const section = (title, ...parts) => element("section", {}, element("h3", { textContent: title }), ...parts);
    const copies = (value) => {
      const made = button("Copy", () => globalThis.rosterPage.copy(made, async () => value()));
      return made;
    };
    draw();
    const opened = dialog("Finish review", summary, note,
      section("Comment on the pull request", text, element("p", { className: "actions" }, copies(() => text.value), button("Download", () => download("review.md", text.value, "text/markdown")))),
      section("Record the approvals",
        element("p", { className: "actions" }, button(`Download ${FILE}`, () => download(FILE, json(), "application/json"), { className: "go" })),
        element("p", {}, element("label", {}, "Your name ", by)),
        element("p", { className: "command" }, line, " ", copies(command)),
        element("p", { className: "quiet", textContent: "Run the command in the repository. It records your approvals of items that have not changed since. If the name is empty, it uses git’s user.name. Settings, documents and removed files have no approvals; the comment lists what you said about them." })),
      section("Continue in another browser",
        element("p", { className: "quiet", textContent: `${FILE} contains the review of the current versions. Import it in the other browser.` }),
        element("p", { className: "actions" }, element("label", {}, "Import ", file), clear), heard));
    redraw = draw;
    opened.addEventListener("close", () => {
      redraw = () => {};
      opener?.focus?.();
    });
  };

  review.help = () => {
    const list = element("dl", { className: "keys" });
    for (const [key, { words }] of review.keys) list.append(element("div", {}, element("dt", {}, element("kbd", { textContent: key })), element("dd", { textContent: words })));
    const isOn = element("input", { type: "checkbox", checked: !review.settings().noKeys });
    isOn.addEventListener("change", () => review.set("noKeys", !isOn.checked));
    dialog("Keyboard shortcuts", list, element("p", {}, element("label", {}, isOn, " Use keyboard shortcuts")));
  };
});
