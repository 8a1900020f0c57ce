// Comfort for those who have scripts; every page works without.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  const box = () => document.querySelector("[data-box]");
  const hits = () => [...document.querySelectorAll("a[data-hit]")];
  const typing = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  // Keys

  // Whoever moves through something else with the arrows, a table that scrolls, is left alone.
  const isFree = (also) => {
    const active = document.activeElement ?? document.body;
    return active === document.body || active.id === "main" || active.matches(also);
  };

  const step = (by) => {
    const all = hits();
    if (all.length === 0) return false;
    const at = all.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    const next = all[Math.min(Math.max(to, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };

  const turn = (rel) => {
    if (!document.querySelector(".article")) return false;
    if (!isFree(".trail a, .neighbours a")) return false;
    // Among the hits where a search led here, else in print: never from one to the other.
    const way = document.querySelector(".trail[data-hits]") ? ".trail" : ".neighbours";
    const link = document.querySelector(`${way} a[rel~="${rel}"]`);
    if (link) link.click();
    return Boolean(link);
  };

  const focusBox = () => {
    const target = box();
    if (target) {
      target.focus();
      target.select();
    }
    return Boolean(target);
  };

  const keys = {
    "/": focusBox,
    ArrowDown: () => isFree("a[data-hit]") && step(1),
    ArrowUp: () => document.activeElement.matches("a[data-hit]") && step(-1),
    ArrowLeft: () => turn("prev"),
    ArrowRight: () => turn("next"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    if (key === "Escape") {
      if (target !== box() && !target.matches("a[data-hit]")) return;
      target.blur();
      // A browser would empty the box.
      event.preventDefault();
      return;
    }
    if (target === box() && key === "ArrowDown") {
      if (step(1)) event.preventDefault();
      return;
    }
    if (typing(target) || event.shiftKey) return;
    const action = Object.hasOwn(keys, key) ? keys[key] : null;
    if (action && action()) event.preventDefault();
  });

  if (document.getElementById("keys-hint")) box()?.setAttribute("aria-describedby", "keys-hint");

  // Addresses without parameters that nobody filled in

  for (const form of document.querySelectorAll('form[method="get"]')) {
    form.addEventListener("formdata", ({ formData }) => {
      // A name can stand several times: what is filled in stays.
      const filled = [...formData].filter(([, value]) => value !== "");
      for (const name of [...formData.keys()]) formData.delete(name);
      for (const [name, value] of filled) formData.append(name, value);
    });
  }

  // Dragging over the bars of a timeline

  for (const frame of document.querySelectorAll("[data-timeline]")) {
    const bars = [...frame.querySelectorAll("[data-from]")];
    let first = null;
    let last = null;
    let dragged = false;
    const range = () => {
      const [from, to] = [bars.indexOf(first), bars.indexOf(last)].sort((a, b) => a - b);
      return bars.slice(from, to + 1);
    };
    const show = () => {
      const chosen = first && dragged ? range() : [];
      for (const bar of bars) bar.classList.toggle("chosen", chosen.includes(bar));
    };
    // Bars are as high as the drawing; between two of them the nearer one is meant.
    const at = (event) => {
      const distance = (bar) => {
        const { left, right } = bar.getBoundingClientRect();
        return Math.max(left - event.clientX, event.clientX - right, 0);
      };
      return bars.reduce((best, bar) => (distance(bar) < distance(best) ? bar : best), bars[0]);
    };
    const end = () => {
      first = last = null;
      show();
    };
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || bars.length === 0 || event.pointerType === "touch") return;
      first = last = at(event);
      dragged = false;
    });
    window.addEventListener("pointermove", (event) => {
      if (!first) return;
      last = at(event);
      dragged ||= last !== first;
      show();
    });
    window.addEventListener("pointerup", () => {
      if (first && dragged) {
        const chosen = range();
        const to = new URL(frame.dataset.timeline, location.href);
        to.searchParams.set("from", chosen[0].dataset.from);
        to.searchParams.set("to", chosen[chosen.length - 1].dataset.to);
        location.assign(to);
      }
      end();
    });
    window.addEventListener("pointercancel", end);
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    frame.addEventListener("click", (event) => {
      if (dragged) event.preventDefault();
      dragged = false;
    });
  }

  // Copying

  const inChinese = root.lang.startsWith("zh");
  const said = inChinese
    ? { done: "已复制", chosen: "已选中，请用 Ctrl+C 复制" }
    : { done: "Copied", chosen: "Selected; press Ctrl+C to copy" };

  const copied = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    const spoken = document.getElementById("spoken");
    if (!source || !spoken) return;
    button.dataset.label ??= button.textContent;
    let outcome = said.done;
    try {
      await navigator.clipboard.writeText(source.href ?? source.textContent.trim());
    } catch {
      // Not allowed, or no secure context: chosen, so that keys can copy it. Of a link that is its
      // address, which must be written out for that.
      if (source.href) source.textContent = source.href;
      getSelection()?.selectAllChildren(source);
      outcome = said.chosen;
    }
    spoken.textContent = button.textContent = outcome;
    setTimeout(() => {
      button.textContent = button.dataset.label;
      spoken.textContent = "";
    }, 3000);
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => copied(button));
  }
})();
