/* Keeps what is typed without pressing the button; every page works without this file. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const said = document.getElementById("saved");
  if (!form || !said || !window.fetch) return;
  let waiting = 0;
  let running = false;

  function say(text) {
    said.textContent = text;
  }

  function save() {
    if (running) {
      waiting = window.setTimeout(save, 500);
      return;
    }
    running = true;
    const data = new FormData(form);
    data.delete("more");
    fetch(window.location.href, { method: "POST", body: data, headers: { "X-Autosave": "1" }, redirect: "manual" })
      .then(function (answer) {
        if (!answer.ok) throw new Error("not saved");
        return answer.text();
      })
      .then(function (time) { say(form.dataset.saved + " " + time); })
      .catch(function () { say(form.dataset.failed); })
      .finally(function () { running = false; });
  }

  form.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 800);
  });
  form.addEventListener("submit", function () { window.clearTimeout(waiting); });
})();
