// Saves the form of an analysis while it is written. Without it every button saves; nothing here is needed to write.
"use strict";
(() => {
  const EVERY = 20000;
  const form = document.getElementById("write");
  if (!form) return;
  const said = document.getElementById("saved");
  const buttons = [...document.querySelectorAll('button[form="write"], #write button')];
  const written = () => {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "edition", "note_words", "assigned_to"]) data.delete(name);
    return new URLSearchParams(data).toString();
  };
  let kept = written();
  let refused = Boolean(document.getElementById("refused"));
  let saving = false;
  let again = false; // somebody asked for a save while one was under way
  let leaving = false;
  let waiting = null; // the button that was pressed while a save was under way

  const say = (words, isBad) => {
    said.textContent = words;
    said.classList.toggle("w-bad", Boolean(isBad));
  };

  function showFaults(faults) {
    for (const fault of form.querySelectorAll(".w-fault")) {
      const place = fault.id.slice("fault-".length);
      const words = faults[place] || "";
      fault.textContent = words;
      fault.hidden = !words;
      const field = document.getElementById(place);
      if (field && field.matches("input, textarea")) {
        if (words) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  }

  async function save() {
    const now = written();
    form.dataset.state = now === kept ? "saved" : "open";
    if (saving) again = true;
    if (saving || leaving || refused || now === kept) return;
    saving = true;
    again = false;
    say("Saving …");
    const body = new FormData(form);
    body.set("do", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!isJson) throw new Error("You may be logged out.");
      const found = await answer.json();
      if (answer.ok) {
        kept = now;
        if (written() === kept) form.dataset.state = "saved";
        form.elements.edition.value = found.edition;
        document.getElementById("edition-shown").textContent = found.edition;
        document.getElementById("checks").innerHTML = found.checks;
        showFaults({});
        say(`Saved at ${found.at} UTC, edition ${found.edition}.`);
      } else if (answer.status === 422) {
        showFaults(found.faults);
        say(`Not saved: ${Object.values(found.faults).join(" ")}`, true);
      } else {
        refused = true;
        say(`Not saved: ${found.said} What you typed is still here; “Save” shows both and lets you choose.`, true);
      }
    } catch (fault) {
      say(`Not saved, what you typed is still here. ${fault.message || ""} It is tried again.`, true);
    } finally {
      saving = false;
      if (waiting) {
        form.requestSubmit(waiting);
        waiting = null;
      } else if (again) {
        save();
      }
    }
  }

  function weigh() {
    let points = 0;
    let open = 0;
    for (const choice of document.querySelectorAll("#factors .w-choice")) {
      const chosen = choice.querySelector("input:checked");
      if (chosen) points += Number(chosen.value);
      else open += 1;
    }
    const level = points >= Number(form.dataset.high) ? "high" : points >= Number(form.dataset.medium) ? "medium" : "low";
    document.getElementById("severity-level").textContent = level;
    document.getElementById("severity-points").textContent = String(points);
    document.getElementById("severity-left").textContent = String(open);
    document.getElementById("severity-open").hidden = open === 0;
  }

  form.addEventListener("change", () => {
    weigh();
    setTimeout(save); // what Enter changes is sent by the form itself, just after
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (refused) form.requestSubmit(buttons[0]);
      else if (written() === kept) say("Nothing to save: all of it is saved.");
      else save();
    }
  });
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault(); // or the form would be older than what is being saved
      waiting = event.submitter || buttons[0];
    } else {
      leaving = true;
      setTimeout(() => { leaving = false; }, EVERY / 2); // it never left
    }
  });
  form.addEventListener("input", () => { form.dataset.state = "open"; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && written() !== kept) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  setInterval(save, EVERY);
  const first = document.querySelector("[autofocus]");
  if (first) first.focus();
})();
