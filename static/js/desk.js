// Keys for the desk. Everything they do can be done without them: they press, open or focus what is on the page.
"use strict";
(() => {
  const OFF = "desk-keys-off";
  const store = (value) => {
    try {
      if (value === undefined) return localStorage.getItem(OFF) === "1";
      localStorage.setItem(OFF, value ? "1" : "0");
    } catch {
      // A browser that keeps nothing has the keys on.
    }
    return false;
  };
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const isTyping = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  function step(by) {
    const all = rows();
    const here = all.findIndex((row) => row.closest("li").contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    if (next) {
      next.focus();
      next.closest("li").scrollIntoView({ block: "nearest" });
    }
    return all.length > 0;
  }

  function choose() {
    const row = document.activeElement && document.activeElement.closest("li");
    const box = row && row.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function press(found) {
    if (found.matches("details")) {
      found.open = true;
      const field = found.querySelector("input:not([type=hidden]), select, textarea, button");
      if (field) field.focus();
      if (field && field.select) field.select();
    } else if (found.matches("summary")) {
      found.parentElement.open = !found.parentElement.open;
      found.focus();
    } else if (found.dataset.focus) {
      document.getElementById(found.dataset.focus).focus();
    } else {
      found.click();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (store() && event.key !== "?") return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (found) {
      event.preventDefault();
      press(found);
    } else if (event.key === "j" || event.key === "k") {
      if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
    } else if (event.key === "x") {
      choose();
    }
  });

  const off = document.getElementById("keys-off");
  if (off) {
    off.checked = store();
    off.addEventListener("change", () => store(off.checked));
  }
})();
