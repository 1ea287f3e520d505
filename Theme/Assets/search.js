// The page search.html: asks Pagefind's index, which lies beside the site, and lists what it finds.
(async () => {
  "use strict";
  const PAGE = 20;
  const byId = (id) => document.getElementById(`page:${id}`);
  const [input, status, list, more] = ["q", "status", "results", "more"].map(byId);
  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  input.value = query;
  input.focus();

  if (location.protocol === "file:") {
    status.textContent = "Full-text search needs a web server: browsers let no page read other files from disk. Browsing works.";
    return;
  }
  if (!query) return;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  // Excerpts come as HTML with the words found in <mark>; only their text is used.
  const plain = (html) => new DOMParser().parseFromString(`<p>${html}`, "text/html").body.textContent;
  const excerpt = (html) => {
    const paragraph = element("p", "", "excerpt");
    html.split(/<mark>|<\/mark>/).forEach((part, index) => {
      paragraph.append(index % 2 ? element("mark", plain(part)) : plain(part));
    });
    return paragraph;
  };

  const show = async (results) => {
    for (const data of await Promise.all(results.map((result) => result.data()))) {
      const item = element("li");
      const link = element("a", data.meta.title);
      link.href = data.url;
      item.append(link);
      if (data.meta.summary) item.append(element("p", data.meta.summary, "summary"));
      item.append(excerpt(data.excerpt));
      list.append(item);
    }
  };

  try {
    status.textContent = "Searching …";
    const pagefind = await import(new URL("pagefind/pagefind.js", location.href).href);
    await pagefind.options({ baseUrl: new URL(".", location.href).pathname, excerptLength: 28 });
    const { results } = await pagefind.search(query);
    const count = results.length === 1 ? "One page" : `${results.length || "No"} pages`;
    status.textContent = `${count} for “${query}”`;
    let shown = 0;
    const next = async () => {
      const part = results.slice(shown, shown + PAGE);
      shown += part.length;
      more.hidden = shown >= results.length;
      await show(part);
    };
    more.addEventListener("click", next);
    await next();
  } catch (error) {
    status.textContent = "The search index could not be read. It is made by `roster build` where Pagefind is installed.";
  }
})();
