// Recomputes hashes in the reader's own browser (Web Crypto). Everything it does can be done by hand without it.
"use strict";
(() => {
  if (!window.crypto || !crypto.subtle) return; // an address without https: the command stands beside the button

  const hex = (digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

  // A file that is chosen or dropped on /verify/: its hash is asked for, the file stays here.
  const form = document.querySelector("[data-verify]");
  if (form) {
    const said = form.querySelector("[data-said]");
    const ask = async (file) => {
      said.textContent = `Hashing ${file.name}.`;
      location.assign(`${location.pathname}?q=${await sha256(await file.arrayBuffer())}`);
    };
    form.querySelectorAll("[data-with-script]").forEach((part) => (part.hidden = false));
    form.addEventListener("submit", (event) => {
      const file = form.elements.file.files[0];
      if (!file) return;
      event.preventDefault();
      ask(file).catch(() => (said.textContent = "The file could not be read. Choose it again."));
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (file) ask(file).catch(() => (said.textContent = "The file could not be read. Choose it instead."));
    });
  }

  // "Verify in your browser": each line names what is downloaded and the hash that the page claims.
  for (const box of document.querySelectorAll("[data-recompute]")) {
    const button = box.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      for (const line of box.querySelectorAll("[data-sha256]")) {
        const result = line.querySelector("[data-result]");
        result.textContent = "downloading …";
        try {
          const answer = await fetch(line.dataset.href, { cache: "no-store" });
          if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
          const body = await answer.arrayBuffer();
          const found = await sha256(body);
          const same = found === line.dataset.sha256;
          result.className = same ? "same" : "other";
          result.textContent = same
            ? `the same: ${body.byteLength.toLocaleString("en")} bytes hashed here to ${found}`
            : `NOT the same: ${body.byteLength.toLocaleString("en")} bytes hash to ${found}`;
        } catch (error) {
          result.className = "other";
          result.textContent = `not recomputed: ${error.message}. Use the command above.`;
        }
      }
      button.disabled = false;
    });
  }
})();
