// Adds a button to each citation that copies it, with its italics where the clipboard takes them.
"use strict";
(() => {
  if (!navigator.clipboard) return; // over plain HTTP browsers give no clipboard; the text can be selected as it is
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  document.getElementById("cite")?.append(said);

  async function copy(block) {
    const text = block.textContent.trim();
    try {
      const both = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([block.innerHTML], { type: "text/html" }) };
      await navigator.clipboard.write([new ClipboardItem(both)]);
    } catch {
      await navigator.clipboard.writeText(text);
    }
  }

  for (const block of document.querySelectorAll("#cite [data-copy]")) {
    const style = block.parentElement.querySelector("summary").firstChild.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copier";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the ${style} citation`);
    button.addEventListener("click", () => {
      copy(block).then(
        () => { button.textContent = "Copied"; said.textContent = `${style} citation copied.`; },
        () => { said.textContent = "The browser did not let this page copy; the citation can be selected and copied by hand."; getSelection().selectAllChildren(block); },
      );
    });
    block.after(button);
  }
})();
