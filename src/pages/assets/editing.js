// For editors: fields that are ready to be typed in, characters that are corrected where they are
// selected, runs of lines, the keys of the queue, and pages that follow the index. All of it works
// without, by the forms of the page.
"use strict";

(() => {
  if (!document.querySelector("nav.editor")) return;

  const typing = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  // A field that is opened takes what is typed; one that is left by Escape gives the focus back.

  for (const field of document.querySelectorAll("details.correct")) {
    field.addEventListener("toggle", () => {
      // Only where the reader opened it: not one that is open from the beginning, nor where the focus
      // is in a field already.
      if (!field.open || document.activeElement !== field.querySelector("summary")) return;
      const input = field.querySelector('input[type="text"]:not(.why), input[type="checkbox"]');
      input?.focus();
      if (input?.type === "text") input.select();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || !field.open) return;
      field.open = false;
      field.querySelector("summary").focus();
      event.preventDefault();
    });
  }

  // Districts are completed: of several, the last one.

  for (const input of document.querySelectorAll("[data-complete]")) {
    const list = document.createElement("datalist");
    list.id = `${input.id}-list`;
    input.after(list);
    input.setAttribute("list", list.id);
    let asked = null;
    input.addEventListener("input", async (event) => {
      if (event.isComposing) return;
      asked?.abort();
      asked = new AbortController();
      const at = input.value.search(/[^、，,:]*$/);
      const [before, typed] = [input.value.slice(0, at), input.value.slice(at).trim()];
      if (typed === "") return list.replaceChildren();
      try {
        const address = `/api/v1/suggest?${new URLSearchParams({ q: typed })}`;
        const answer = await fetch(address, { signal: asked.signal });
        const { completions = [] } = await answer.json();
        const fitting = completions.filter(({ kind }) => kind === input.dataset.complete);
        list.replaceChildren(
          ...fitting.map(({ text, within }) => {
            const option = document.createElement("option");
            option.value = before + text;
            option.label = within.join(" ");
            return option;
          }),
        );
      } catch {
        // Typed on, or no answer: it can be typed in full.
      }
    });
  }

  // Who sends a form twice decides twice.

  for (const form of document.querySelectorAll('form[method="post"]')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      form.setAttribute("aria-busy", "true");
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });

  // Misread characters: what is selected in the text goes into the form.

  const holder = document.querySelector("[data-select]");
  const text = document.getElementById("text");
  if (holder && text) {
    const around = 8;
    const most = 60;
    const details = holder.querySelector("details");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "select-correct main small";
    button.textContent = holder.dataset.select;
    button.hidden = true;
    document.body.append(button);
    let chosen = null;

    const selected = () => {
      const selection = getSelection();
      if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      const from = selection.toString();
      const start = range.startContainer.parentElement;
      const block = start?.closest("p, h1, h3, td, th, li");
      if (!block || !text.contains(block) || !block.contains(range.endContainer)) return null;
      if (block.matches(".byline") || from.length > most || from.includes("\n")) return null;
      const before = document.createRange();
      before.setStart(block, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const after = document.createRange();
      after.setStart(range.endContainer, range.endOffset);
      after.setEnd(block, block.childNodes.length);
      return {
        from,
        before: [...before.toString()].slice(-around).join(""),
        after: [...after.toString()].slice(0, around).join(""),
        place: range.getBoundingClientRect(),
      };
    };

    document.addEventListener("selectionchange", () => {
      if (document.activeElement === button) return;
      chosen = selected();
      button.hidden = chosen === null;
      if (!chosen) return;
      button.style.insetInlineStart = `${chosen.place.left + scrollX}px`;
      button.style.insetBlockStart = `${chosen.place.bottom + scrollY + 6}px`;
    });

    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (!chosen) return;
      const form = details.querySelector("form");
      const { from, before, after } = chosen;
      for (const [name, value] of Object.entries({ from, before, after, to: from })) {
        form.elements[name].value = value;
      }
      button.hidden = true;
      details.open = true;
      requestAnimationFrame(() => {
        details.scrollIntoView({ block: "center" });
        form.elements.to.focus();
        form.elements.to.select();
      });
    });
  }

  // Runs of lines, as far as they are ticked with Shift.

  const ticks = [...document.querySelectorAll("[data-row]")];
  let last = null;
  for (const tick of ticks) {
    tick.addEventListener("click", (event) => {
      if (event.shiftKey && last && last !== tick) {
        const [from, to] = [ticks.indexOf(last), ticks.indexOf(tick)].sort((a, b) => a - b);
        for (const between of ticks.slice(from, to + 1)) between.checked = tick.checked;
      }
      last = tick;
    });
  }

  // The queue

  const queue = document.querySelector("[data-review]");
  const press = (key) => queue?.querySelector(`[data-key="${key}"]`);
  const decide = () => {
    const place = document.getElementById("decide");
    const first = place?.querySelector("details[open] input[type='text']:not(.why)");
    if (first) {
      first.focus();
      first.select();
      return true;
    }
    const other = place?.querySelector("summary, tbody.own button, a");
    other?.focus();
    return Boolean(other);
  };
  const actions = {
    a: () => press("a"),
    n: () => press("n"),
    ArrowRight: () => queue?.querySelector('a[rel="next"]'),
    ArrowLeft: () => queue?.querySelector('a[rel="prev"]'),
  };
  if (queue) {
    // Keys without Ctrl can be turned off: software that types what is said would press them.
    const own = "dibao-keys";
    const keys = queue.querySelector("[data-keys]");
    const on = keys.querySelector("input");
    keys.hidden = false;
    try {
      on.checked = localStorage.getItem(own) !== "off";
    } catch {
      // Nothing may be kept: they are on again on the next page.
    }
    on.addEventListener("change", () => {
      try {
        localStorage.setItem(own, on.checked ? "on" : "off");
      } catch {
        // As above.
      }
    });
    press("e")?.addEventListener("click", (event) => {
      if (decide()) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!on.checked || (typing(event.target) && event.target !== on)) return;
      if (event.key === "e") {
        if (decide()) event.preventDefault();
        return;
      }
      const control = Object.hasOwn(actions, event.key) ? actions[event.key]() : null;
      if (!control) return;
      event.preventDefault();
      control.click();
    });
  }

  // Pages follow the index, unless something is being typed.

  const pending = document.querySelector("[data-pending]");
  if (pending) {
    const pause = 1000;
    const look = async () => {
      try {
        const answer = await fetch(pending.dataset.pending);
        // The session is over.
        if (!answer.ok) return;
        const { state } = await answer.json();
        const isTyping = typing(document.activeElement ?? document.body);
        if (state !== "running" && !isTyping) return location.reload();
      } catch {
        // The next look may succeed.
      }
      setTimeout(look, pause);
    };
    setTimeout(look, pause);
  }
})();
