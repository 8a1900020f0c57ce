// Completions in the search box, as a combobox with a list (WAI-ARIA Authoring Practices). Asked of this
// server alone; nothing is asked while an input method composes.
"use strict";

(() => {
  const box = document.querySelector("[data-box]");
  if (!box?.form) return;
  const inChinese = document.documentElement.lang.startsWith("zh");
  const names = inChinese
    ? {
        district: "地区",
        topic: "主题",
        outlet: "来源",
        publication: "报刊",
        indicator: "指标",
        tag: "标签",
        collection: "收藏",
        word: "词语",
        title: "标题",
      }
    : {
        district: "District",
        topic: "Topic",
        outlet: "Outlet",
        publication: "Publication",
        indicator: "Indicator",
        tag: "Tag",
        collection: "Collection",
        word: "Word",
        title: "Headline",
      };
  const pause = 60;

  const list = document.createElement("ul");
  list.id = "completions";
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", inChinese ? "检索建议" : "Suggestions");
  list.hidden = true;
  box.parentElement.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  let waiting = 0;
  let asked = null;
  let chosen = -1;

  const options = () => [...list.children];

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (at) => {
    chosen = at;
    for (const [index, option] of options().entries()) {
      option.setAttribute("aria-selected", String(index === at));
    }
    const option = options()[at];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  };

  const take = (option) => {
    box.value = option.dataset.query;
    close();
    box.form.requestSubmit();
  };

  const part = (className, text) => {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    return element;
  };

  const uncounted = ["q", "sort", "limit"];
  const isFiltered = () =>
    [...new FormData(box.form)].some(([name, value]) => !uncounted.includes(name) && value !== "");

  const option = ({ kind, text, within, articles, query }, index) => {
    const item = document.createElement("li");
    item.id = `completion-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.query = query;
    const said = document.createElement("bdi");
    said.className = "completion";
    said.textContent = text;
    item.append(part("soft", names[kind] ?? kind), said);
    if (within.length > 0) item.append(part("soft within", within.join(" ")));
    // It is of the whole archive, whatever filters and options are set.
    if (articles !== null && !isFiltered()) {
      const number = articles.toLocaleString(document.documentElement.lang);
      item.append(part("soft count", inChinese ? `${number} 篇` : number));
    }
    return item;
  };

  const show = (completions) => {
    list.replaceChildren(...completions.map(option));
    list.hidden = completions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const typed = box.value;
    try {
      const address = `/api/v1/suggest?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal });
      if (!answer.ok) return signal.aborted ? undefined : close();
      const { completions } = await answer.json();
      if (!signal.aborted && box.value === typed && document.activeElement === box) {
        show(completions);
      }
    } catch {
      // Another key was pressed, or the server is gone: the box works without.
      if (!signal.aborted) close();
    }
  };

  const askSoon = () => {
    clearTimeout(waiting);
    const isAtEnd = box.selectionEnd === box.value.length;
    if (box.value.trim() === "" || !isAtEnd) return close();
    waiting = setTimeout(ask, pause);
  };

  box.addEventListener("input", (event) => {
    if (!event.isComposing) askSoon();
  });
  box.addEventListener("compositionstart", close);
  box.addEventListener("compositionend", askSoon);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (list.hidden) {
      if (key === "ArrowDown" && event.altKey) {
        event.preventDefault();
        askSoon();
      }
      return;
    }
    const count = options().length;
    if (key === "ArrowDown") {
      choose(chosen + 1 < count ? chosen + 1 : -1);
    } else if (key === "ArrowUp") {
      choose(chosen < 0 ? count - 1 : chosen - 1);
    } else if (key === "Enter" && chosen >= 0) {
      take(options()[chosen]);
    } else if (key === "Escape") {
      close();
    } else {
      return;
    }
    // Else the box would be left or emptied, or the hits moved through.
    event.preventDefault();
  });

  // The box keeps the focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(item);
  });
})();
