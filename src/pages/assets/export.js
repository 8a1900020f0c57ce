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
    // A download that is on its way stays in sight.
    if (running) return stopper.focus();
    dialog.open = false;
    opener.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (dialog.open && !dialog.contains(target) && !target.closest("[data-open-export]")) {
      dialog.open = running !== null;
    }
  });

  // Downloads

  // From so many articles on a download tells how far it is; one of more than these is left to the
  // browser from the beginning.
  const long = 200;
  const longest = 50_000;
  // So many bytes are held; those before are given to a blob, which the browser can keep on the disk.
  const held = 16 << 20;
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const received = progress.querySelector("[data-received]");
  const stopper = progress.querySelector("[data-stop]");
  const spoken = document.getElementById("spoken");
  let running = null;

  const size = (bytes) =>
    bytes < 1 << 20 ? `${number(Math.ceil(bytes / 1024))} KB` : `${number(Math.round(bytes / (1 << 18)) / 4)} MB`;

  const tell = (bytes, articles) => {
    const all = articles > 0 ? (inChinese ? `共 ${number(articles)} 篇，` : `${number(articles)} articles, `) : "";
    received.textContent = inChinese ? `${all}已接收 ${size(bytes)}` : `${all}${size(bytes)} received`;
  };

  // The same words are spoken again only if there were others, or none, before.
  const say = (words) => {
    spoken.textContent = "";
    setTimeout(() => (spoken.textContent = words), 100);
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
    bar.hidden = false;
    bar.removeAttribute("value");
    received.textContent = inChinese ? "正在准备…" : "Preparing…";
    let begun = false;
    try {
      const answer = await fetch(address, { signal: own.signal });
      // What is wrong is a page of its own.
      if (!answer.ok) throw new Error(answer.statusText);
      const articles = Number(answer.headers.get("dibao-articles"));
      const reader = answer.body.getReader();
      const type = answer.headers.get("content-type");
      begun = true;
      let file = new Blob([], { type });
      let chunks = [];
      let waiting = 0;
      let bytes = 0;
      let done = 0;
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        chunks.push(part.value);
        bytes += part.value.length;
        waiting += part.value.length;
        if (waiting > held) {
          file = new Blob([file, ...chunks], { type });
          chunks = [];
          waiting = 0;
        }
        if (isLines && articles > 0) {
          done += lines(part.value);
          bar.value = done / articles;
        }
        tell(bytes, articles);
      }
      save(new Blob([file, ...chunks], { type }), nameOf(answer.headers));
      say(inChinese ? "导出完成" : "Export complete");
      if (running === own) stop();
    } catch {
      if (own.signal.aborted) return;
      running = null;
      if (!begun) return location.assign(address);
      bar.hidden = true;
      received.textContent = inChinese ? "下载中断，请重试。" : "The download broke off. Try again.";
      say(received.textContent);
    }
  };

  stopper.addEventListener("click", stop);
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!submitter || submitter.hasAttribute("formaction")) return;
    const articles = Number(submitter.dataset.articles ?? 0);
    if (articles < long || articles > longest) return;
    event.preventDefault();
    const data = new FormData(form, submitter);
    download(`${form.action}?${new URLSearchParams(data)}`, data.get("format") === "jsonl");
  });
})();
