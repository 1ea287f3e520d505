// Everything here is an addition: the pages say all they have to say without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // What is kept in the browser may be refused; then it lasts as long as the page.
  const remember = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* refused */ } },
  };

  // Light or dark: the system's, until a person says otherwise.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = remember.get("roster.scheme");
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen;
  addEventListener("DOMContentLoaded", () => {
    offerSchemes();
    offerCopies();
  });

  function offerSchemes() {
    const button = document.querySelector("[data-scheme-switch]");
    if (!button) return;
    const current = () => root.dataset.scheme || (dark.matches ? "dark" : "light");
    const label = () => { button.textContent = current() === "dark" ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      root.dataset.scheme = current() === "dark" ? "light" : "dark";
      remember.set("roster.scheme", root.dataset.scheme);
      label();
    });
    dark.addEventListener("change", label);
    button.hidden = false;
    label();
  }

  // Buttons that copy; they show themselves only where copying works.
  const say = (target, text) => {
    const before = target.textContent;
    target.textContent = text;
    setTimeout(() => { target.textContent = before; }, 1500);
  };
  const copy = async (target, text) => {
    try {
      await navigator.clipboard.writeText(await text());
      say(target, "Copied");
    } catch {
      say(target, "Not copied");
    }
  };
  function offerCopies() {
    if (!navigator.clipboard || !location.protocol.startsWith("http")) return;
    for (const target of document.querySelectorAll("[data-copy-file]")) {
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () => (await fetch(target.dataset.copyFile)).text()));
    }
    for (const target of document.querySelectorAll("[data-copy-prompt]")) {
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () => {
        const text = await (await fetch(target.dataset.copyPrompt)).text();
        return text.replace(/^\uFEFF?---[ \t]*\r?\n[^]*?\n---[ \t]*(\r?\n)+/, "");
      }));
    }
    for (const target of document.querySelectorAll("[data-copy-install]")) {
      const address = new URL(target.dataset.copyInstall, location.href);
      target.hidden = false;
      target.addEventListener("click", () => copy(target, async () =>
        `curl --create-dirs -o '${target.dataset.path}' '${address.href}'`));
    }
  }
})();
