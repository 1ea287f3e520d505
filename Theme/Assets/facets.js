// Draws facets: values with checkboxes and counts, the first few or all, and a switch between matching any and all of
// the selected values.
globalThis.rosterFacets = (() => {
  "use strict";
  const MANY = 30;
  const { element } = globalThis.rosterChoice;
  const { folded } = globalThis.rosterWords;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en");

  // A facet of a page. `toggle(value, isChosen)` and `switchTo(isAll)` report the user's choices. `open()` loads all
  // values before they are shown. `few` is the number of values shown at first. `keepsNone` also shows values that no
  // agent has.
  const facet = ({ id, title, section, toggle, switchTo, open, few = 6, keepsNone = false }) => {
    const list = section.querySelector("ul") ?? element("ul");
    let wasChosen = false;
    section.setAttribute("role", "group");
    section.ariaLabel = title;
    let values = [];
    let isOpen = false;

    // The heading folds and unfolds the facet.
    const heading = section.querySelector("h2");
    const opener = element("button", { type: "button" }, ...heading.firstElementChild.childNodes);
    const fold = (isFolded) => {
      section.classList.toggle("folded", isFolded);
      opener.setAttribute("aria-expanded", String(!isFolded));
    };
    opener.addEventListener("click", async () => {
      const isFolded = section.classList.contains("folded");
      if (isFolded && !values.length) await open();
      fold(!isFolded);
    });
    heading.replaceChildren(opener);
    fold(section.classList.contains("folded"));

    const row = ({ value, title, count, isChosen }) => {
      const box = element("input", { type: "checkbox", checked: isChosen, disabled: isNone(count) && !isChosen });
      box.dataset.value = value;
      box.addEventListener("change", () => toggle(value, box.checked));
      return element("li", {}, element("label", {}, box, element("span", { className: "name", textContent: title, title })),
        element("span", { className: "number", textContent: typeof count === "number" ? number.format(count) : count }));
    };

    const more = element("button", { type: "button", className: "plain", textContent: "More", hidden: true });
    more.addEventListener("click", async () => {
      isOpen = !isOpen;
      await open();
      draw();
    });
    const switches = element("p", { className: "any-all", hidden: true }, "Has ", ...["any", "all"].map((name) => {
      const radio = element("input", { type: "radio", name: `all.${id}`, value: name });
      radio.addEventListener("change", () => switchTo(name === "all"));
      return element("label", {}, radio, ` ${name}`);
    }));
    switches.setAttribute("role", "radiogroup");
    switches.ariaLabel = `${title}: match any or all`;
    const find = element("input", { type: "search", hidden: true, placeholder: "Find a value", ariaLabel: `Find a value of ${title}` });
    find.addEventListener("input", () => draw());
    if (!list.parentNode) section.append(list);
    list.before(switches, find);
    section.append(more);

    // Selected values are always shown. Values without agents are hidden unless `keepsNone` is set.
    const draw = () => {
      let fitting = values.filter(({ count, isChosen }) => count || isChosen || keepsNone);
      section.hidden = fitting.length === 0;
      more.hidden = fitting.length <= few;
      more.textContent = isOpen ? "Fewer" : `${number.format(fitting.length - few)} more`;
      more.setAttribute("aria-expanded", String(isOpen));
      find.hidden = !isOpen || values.length <= MANY;
      list.classList.toggle("long", isOpen);
      if (isOpen) {
        const sought = find.hidden ? [] : folded(find.value);
        fitting = fitting.filter(({ title }) => sought.every((word) => folded(title).some((own) => own.startsWith(word))));
      } else {
        let free = few - fitting.filter(({ isChosen }) => isChosen).length;
        fitting = fitting.filter(({ isChosen }) => isChosen || (free -= 1) >= 0);
      }
      const before = [...list.children];
      const boxes = before.map((item) => item.querySelector("input"));
      if (before.length === fitting.length && fitting.every(({ value }, place) => boxes[place]?.dataset.value === value)) {
        fitting.forEach(({ count, isChosen }, place) => {
          boxes[place].checked = isChosen;
          boxes[place].disabled = isNone(count) && !isChosen;
          before[place].lastElementChild.textContent = number.format(count);
        });
        return;
      }
      const focused = list.contains(document.activeElement) ? document.activeElement.dataset.value : undefined;
      list.replaceChildren(...fitting.map(row));
      if (focused !== undefined) list.querySelector(`input[data-value="${CSS.escape(focused)}"]`)?.focus();
    };

    return {
      // Replaces the links of the page with checkboxes.
      adopt(count) {
        for (const item of [...list.children]) {
          item.replaceWith(row({ value: item.dataset.value, title: item.querySelector(".name").textContent, count: item.querySelector(".number").textContent, isChosen: false }));
        }
        more.hidden = count <= list.children.length;
        more.textContent = `${number.format(count - list.children.length)} more`;
      },
      // Sets the values in display order, each `{ value, title, count, isChosen }`. `isAll` is undefined if an agent
      // has only one value.
      update(list, isAll) {
        values = list;
        if (!wasChosen && list.some(({ isChosen }) => isChosen)) fold(false);
        wasChosen = list.some(({ isChosen }) => isChosen);
        switches.hidden = isAll === undefined || !values.some(({ isChosen }) => isChosen);
        for (const radio of switches.querySelectorAll("input")) radio.checked = (radio.value === "all") === Boolean(isAll);
        draw();
      },
    };
  };

  const isNone = (count) => Number(String(count).replaceAll(",", "")) === 0;

  // Adds a section for a facet that the page does not contain yet.
  const section = (aside, id, title, isFolded = false) => {
    const made = element("section", { className: isFolded ? "folded" : "" }, element("h2", {}, element("span", { textContent: title })));
    made.dataset.facet = id;
    aside.append(made);
    return made;
  };

  // On narrow screens, a button opens the facets between the text field and the results.
  const opening = (opener, aside, ready) => {
    opener.addEventListener("click", async () => {
      const isOpen = aside.classList.toggle("open");
      opener.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) return;
      await ready();
      aside.querySelector("input")?.focus({ preventScroll: true });
    });
  };

  // Shows the selected values with buttons that remove one or all.
  const chips = (list, chosen, remove, clear) => {
    const items = chosen.map(({ facet, title, ...one }) => {
      const chip = element("button", { type: "button", ariaLabel: `Remove ${facet}: ${title}` },
        element("span", { className: "quiet", textContent: `${facet}: ` }), title, element("span", { className: "cross", textContent: " ×" }));
      chip.addEventListener("click", () => remove(one));
      return element("li", {}, chip);
    });
    if (clear) {
      const all = element("button", { type: "button", className: "plain", textContent: "Clear all" });
      all.addEventListener("click", clear);
      items.push(element("li", {}, all));
    }
    list.replaceChildren(...items);
    list.hidden = !items.length;
  };

  return { facet, section, opening, chips };
})();
