/* Saves an answer while somebody types. Without this script the Save button does the same.
   Nothing is stored in the browser: what was not saved yet stays on the page and is tried again. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  if (!form) return;
  var state = document.getElementById("autosave-state");
  var words = form.dataset;
  var timer = null, busy = false, again = false, dirty = false, wait = 1000;

  function say(kind, text) {
    state.className = kind === "bad" ? "notice notice--bad" : "saved";
    state.textContent = text;
  }
  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }
  function save() {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    say("", words.wordBusy);
    var data = new FormData(form);
    fetch(form.action || location.href, {
      method: "POST", body: data, credentials: "same-origin",
      headers: { "X-Autosave": "1", "X-Requested-With": "fetch" }
    }).then(function (response) {
      return response.json().then(function (reply) { return [response.status, reply]; });
    }).then(function (pair) {
      busy = false;
      wait = 1000;
      var reply = pair[1];
      if (pair[0] === 200) {
        form.elements.row_version.value = reply.row_version;
        if (again) { later(200); return; }
        dirty = false;
        say("", reply.saved);
      } else if (pair[0] === 409) {
        dirty = true;
        say("bad", reply.problem + " " + words.wordConflict);
      } else {
        dirty = true;
        say("bad", reply.problem || words.wordFailed);
      }
    }).catch(function () {
      busy = false;
      dirty = true;
      say("bad", words.wordOffline);
      later(wait);
      wait = Math.min(wait * 2, 30000);
    });
  }
  form.addEventListener("input", function (event) {
    if (event.target.type === "file") return;
    dirty = true;
    later(event.target.type === "radio" || event.target.type === "checkbox" ? 150 : 900);
  });
  window.addEventListener("online", function () { if (dirty) later(100); });
  form.addEventListener("submit", function () { clearTimeout(timer); dirty = false; });
  window.addEventListener("beforeunload", function (event) {
    if (dirty) { event.preventDefault(); event.returnValue = ""; }
  });
})();
