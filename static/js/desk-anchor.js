// Lets a curator select words in a text with the mouse or the keyboard, and sends where they stand: never the words.
"use strict";
(() => {
  const form = document.getElementById("selecting");
  const sheet = document.getElementById("sheet");
  if (!form || !sheet) return;
  const said = form.querySelector("output");
  const points = (words) => Array.from(words).length; // code points, as the server counts, not UTF-16 units
  let chosen = null;

  form.querySelectorAll(".ends").forEach((ends) => ends.remove());
  form.querySelector(".without").hidden = true;
  form.querySelector(".with").hidden = false;

  // A text with a cursor that nothing can be typed into.
  sheet.contentEditable = "true";
  sheet.spellcheck = false;
  for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-readonly", "true"]]) sheet.setAttribute(name, value);
  sheet.setAttribute("aria-label", "The text, in which words are selected");
  for (const kind of ["beforeinput", "drop", "paste", "cut"]) sheet.addEventListener(kind, (event) => event.preventDefault());
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (chosen) form.requestSubmit();
    }
  });

  function place(piece, node, offset) {
    const range = document.createRange();
    range.setStart(piece, 0);
    range.setEnd(node, offset);
    return Number(piece.dataset.start) + points(range.toString());
  }

  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || !sheet.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const pieces = [...sheet.querySelectorAll("[data-start]")].filter((piece) => range.intersectsNode(piece));
    chosen = null;
    if (!selection.isCollapsed && pieces.length) {
      const [first, last] = [pieces[0], pieces[pieces.length - 1]];
      const start = first.contains(range.startContainer) ? place(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
      const end = last.contains(range.endContainer) ? place(last, range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
      if (start < end) chosen = [start, end];
    }
    form.elements.ranges.value = chosen ? chosen.join("-") : "";
    const words = selection.toString().trim().split(/\s+/).length;
    said.textContent = chosen ? `${words} word${words === 1 ? "" : "s"} selected. Enter takes them.` : "";
  });
  form.addEventListener("submit", (event) => {
    if (form.elements.ranges.value) return;
    event.preventDefault();
    said.textContent = "Select the words first.";
    sheet.focus();
  });
})();
