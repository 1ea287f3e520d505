// The page reloads when it has become another, and says what is wrong. Only `roster serve` adds this to a page; no published page has it.
(() => {
  "use strict";
  const tag = document.currentScript.dataset.tag;
  const place = "roster-preview-scroll";
  let source = null;

  function stored(action) {
    try {
      return action(sessionStorage);
    } catch {
      return null;
    }
  }

  function restore() {
    const kept = stored((storage) => storage.getItem(place));
    stored((storage) => storage.removeItem(place));
    if (!kept) return;
    const { path, x, y } = JSON.parse(kept);
    if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
  }

  function reload() {
    stored((storage) => storage.setItem(place, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY })));
    location.reload();
  }

  function look(event) {
    if (event.data.replaceAll('"', "") !== tag) reload();
  }

  // A connection that stays open is one of the few that a browser allows, so only pages that are seen have one.
  function connect() {
    if (source || document.hidden) return;
    source = new EventSource(`/_preview/events?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("changed", look);
    source.addEventListener("troubles", (event) => show(JSON.parse(event.data)));
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  function made(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function excerpt(trouble) {
    const width = String(trouble.excerpt.at(-1).number).length;
    return made("pre", {}, ...trouble.excerpt.map((line) =>
      made("span", { className: line.number === trouble.line ? "line here" : "line" },
        `${line.number === trouble.line ? ">" : " "} ${String(line.number).padStart(width)}  ${line.text}\n`)));
  }

  function show(troubles) {
    document.querySelector("roster-troubles")?.remove();
    if (troubles.length === 0) return;
    const host = document.createElement("roster-troubles");
    const root = host.attachShadow({ mode: "open" });
    const close = made("button", { type: "button", ariaLabel: "Close", title: "Close (Escape)" }, "×");
    close.addEventListener("click", () => host.remove());
    const list = troubles.map((trouble) => {
      const where = [trouble.file, trouble.line, trouble.column].filter(Boolean).join(":");
      return made("section", {}, ...(where ? [made("p", { className: "where" }, where)] : []),
        made("p", { className: "message" }, trouble.message), ...(trouble.excerpt.length ? [excerpt(trouble)] : []),
        ...(trouble.help ? [made("p", { className: "help" }, trouble.help)] : []));
    });
    root.append(made("link", { rel: "stylesheet", href: "/_preview/overlay.css" }),
      made("div", { role: "alert" }, close, made("h2", {}, troubles.length === 1 ? "Something is wrong" : `${troubles.length} things are wrong`), ...list));
    document.body.append(host);
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("roster-troubles")?.remove();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  addEventListener("DOMContentLoaded", () => {
    restore();
    connect();
  });
})();
