// The export: hits are chosen, the dialog closes by itself, and a long download tells how far it is.
// Without this the form does the same, and the browser downloads.
"use strict";

(() => {
  const form = document.querySelector("form[data-export]");
  if (!form) return;
  const root = document.documentElement;
  const inChinese = root.lang.startsWith("zh");
  const dialog = form.closest("details");
  const opener = dialog.querySelector("summary");
  const number = (value) => value.toLocaleString(root.lang);

  // Choosing

  const boxes = [...document.querySelectorAll('input[name="ids"]')];
  const all = document.querySelector("[data-pick-all]");
  const forChosen = [...document.querySelectorAll("button[data-chosen]")];
  const count = form.querySelector("[data-chosen-count]");
  const chosen = () => boxes.filter((box) => box.checked).length;

  const show = () => {
    const picked = chosen();
    for (const button of forChosen) button.disabled = picked === 0;
    count.textContent = picked === 0 ? "" : inChinese ? `（${number(picked)} 篇）` : ` (${number(picked)})`;
    if (!all) return;
    const box = all.querySelector("input");
    box.checked = picked === boxes.length;
    box.indeterminate = picked > 0 && picked < boxes.length;
  };

  for (const box of boxes) box.addEventListener("change", show);
  if (all && boxes.length > 0) {
    all.hidden = false;
    all.addEventListener("change", (event) => {
      for (const box of boxes) box.checked = event.target.checked;
      show();
    });
  }
  // Coming back to the page, a browser may have restored what was chosen.
  window.addEventListener("pageshow", show);
  show();

  // The dialog

  for (const link of document.querySelectorAll("[data-open-export]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.open = true;
      form.querySelector('input[name="format"]:checked')?.focus();
    });
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !dialog.open) return;
    dialog.open = false;
    opener.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (dialog.open && !dialog.contains(target) && !target.closest("[data-open-export]")) {
      dialog.open = running !== null;
    }
  });

  // Downloads

  // From so many articles on one tells how far it is; what is larger than this is left to the browser,
  // which keeps it on the disk.
  const long = 200;
  const largest = 256 << 20;
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const received = progress.querySelector("[data-received]");
  let running = null;

  const size = (bytes) =>
    bytes < 1 << 20 ? `${number(Math.ceil(bytes / 1024))} KB` : `${number(Math.round(bytes / (1 << 18)) / 4)} MB`;

  const tell = (bytes, articles) => {
    received.textContent = inChinese
      ? `共 ${number(articles)} 篇，已接收 ${size(bytes)}`
      : `${number(articles)} articles, ${size(bytes)} received`;
  };

  const lines = (chunk) => chunk.reduce((found, byte) => found + (byte === 10 ? 1 : 0), 0);

  const nameOf = (headers) => {
    const stated = headers.get("content-disposition") ?? "";
    const encoded = /filename\*=UTF-8''([^;]+)/.exec(stated)?.[1];
    if (encoded) return decodeURIComponent(encoded);
    return /filename="([^"]+)"/.exec(stated)?.[1] ?? "dibao";
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const stop = () => {
    running?.abort();
    running = null;
    progress.hidden = true;
  };

  const download = async (address, isLines) => {
    stop();
    const own = new AbortController();
    running = own;
    progress.hidden = false;
    bar.removeAttribute("value");
    received.textContent = inChinese ? "正在准备…" : "Preparing…";
    try {
      const answer = await fetch(address, { signal: own.signal });
      // What is wrong is a page of its own.
      if (!answer.ok) throw new Error(answer.statusText);
      const articles = Number(answer.headers.get("dibao-articles"));
      const reader = answer.body.getReader();
      const chunks = [];
      let bytes = 0;
      let done = 0;
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        chunks.push(part.value);
        bytes += part.value.length;
        if (bytes > largest) throw new Error("too large");
        if (isLines && articles > 0) {
          done += lines(part.value);
          bar.value = done / articles;
        }
        tell(bytes, articles);
      }
      save(new Blob(chunks, { type: answer.headers.get("content-type") }), nameOf(answer.headers));
      document.getElementById("spoken").textContent = inChinese ? "导出完成" : "Export complete";
    } catch {
      if (own.signal.aborted) return;
      location.assign(address);
    } finally {
      if (running === own) stop();
    }
  };

  progress.querySelector("[data-stop]").addEventListener("click", stop);
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!submitter || submitter.hasAttribute("formaction")) return;
    if (Number(submitter.dataset.articles ?? 0) < long) return;
    event.preventDefault();
    const data = new FormData(form, submitter);
    download(`${form.action}?${new URLSearchParams(data)}`, data.get("format") === "jsonl");
  });
})();
