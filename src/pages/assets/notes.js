
// Notes and collections

(() => {
  // What is selected in the article becomes the passage of a note that is begun.
  const note = document.querySelector("#new-note");
  const passage = document.querySelector("[data-passage]");
  const article = document.querySelector("article#text");
  if (note && passage && article) {
    let selected = "";
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      if (selection && !selection.isCollapsed && article.contains(selection.anchorNode)) {
        selected = selection.toString().split("\n")[0].trim().slice(0, 1000);
      }
    });
    note.addEventListener("focus", () => {
      if (passage.value === "" && selected !== "") passage.value = selected;
    });
  }

  // An article is dragged to where it belongs; the form of its place is sent.
  const list = document.querySelector("ol[data-arrange]");
  if (!list) return;
  let dragged = null;
  for (const item of list.querySelectorAll("[data-item]")) {
    const handle = item.querySelector("h2");
    if (!handle) continue;
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.item);
    });
    handle.addEventListener("dragend", () => {
      dragged = null;
      list.querySelector(".drop-here")?.classList.remove("drop-here");
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      list.querySelector(".drop-here")?.classList.remove("drop-here");
      item.classList.add("drop-here");
    });
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const items = [...list.querySelectorAll("[data-item]")];
      const form = dragged.querySelector("form.to");
      form.elements.to.value = list.start + items.indexOf(item);
      form.submit();
    });
  }
})();
