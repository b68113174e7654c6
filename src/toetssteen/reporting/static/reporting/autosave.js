/* Saves an answer while somebody types. Without this script the Save button does the same.
   Nothing is stored in the browser: what was not saved yet stays on the page and is tried again. */
(function () {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const state = document.getElementById("autosave-state");
  const trouble = form.querySelector("[data-autosave-trouble]");  // the same words beside the text, for the eye
  const words = form.dataset;
  const LONGEST_WAIT = 30000, LARGEST_LAST_WORD = 60000;
  let timer = null, busy = false, again = false, dirty = false, failed = false, wait = 1000, next = null;

  function say(bad, text) {
    state.className = bad ? "notice notice--bad" : "saved";
    state.textContent = text;
    trouble.hidden = !bad;
    trouble.textContent = bad ? text : "";
  }
  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }
  function entered() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  function save() {
    clearTimeout(timer);
    timer = null;
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    const body = entered();
    if (!failed) say(false, words.wordBusy);
    fetch(form.action, {
      method: "POST", body: body, credentials: "same-origin", redirect: "manual",
      keepalive: body.length < LARGEST_LAST_WORD,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 403) return renew();
      if (![200, 409, 422].includes(response.status)) return retry(words.wordFailed);
      return response.json().then(function (reply) { heard(response.status, reply, body); });
    }).catch(function () { retry(words.wordOffline); });
  }

  /* The server answered: saved, somebody else was first, or something is wrong with the answer. */
  function heard(status, reply, body) {
    busy = false;
    wait = 1000;
    failed = status !== 200;
    if (failed) {
      say(true, status === 409 ? reply.problem + " " + words.wordConflict : reply.problem);
      return finish(true);
    }
    form.elements.row_version.value = reply.row_version;
    dirty = entered().replace(/row_version=\d*/, "") !== body.replace(/row_version=\d*/, "");
    if (dirty && !next) return later(again ? 200 : 900);
    if (!dirty) say(false, reply.saved);
    finish(true);
  }

  /* No answer that we can use: the text stays, and we try again, ever less often. */
  function retry(sentence) {
    busy = false;
    failed = true;
    say(true, sentence);
    later(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    finish(false);
  }

  /* After signing in again, in another tab, the page needs the form's new key. */
  function renew() {
    return fetch(form.action, { credentials: "same-origin", redirect: "manual" })
      .then(function (response) { return response.ok ? response.text() : ""; })
      .then(function (page) {
        const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("#answer [name=csrfmiddlewaretoken]");
        if (fresh) {
          document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (key) { key.value = fresh.value; });
        }
        retry(fresh ? words.wordFailed : words.wordOut);
      });
  }

  function finish(answered) {
    const go = next;
    next = null;
    if (go && answered) go();
  }

  form.addEventListener("input", function (event) {
    const changed = event.target;
    if (changed.name === "level" && form.elements.dont_know) form.elements.dont_know.checked = false;
    if (changed.name === "dont_know" && changed.checked) {
      form.querySelectorAll("[name=level]").forEach(function (level) { level.checked = false; });
    }
    dirty = true;
    later(changed.type === "radio" || changed.type === "checkbox" ? 150 : 900);
  });
  form.addEventListener("focusout", function () { if (timer && !failed) later(100); });
  window.addEventListener("online", function () { if (dirty) later(100); });

  /* A form of this page goes only after what is being saved has arrived, so that it never meets itself. */
  document.addEventListener("submit", function (event) {
    const own = event.target === form, submitter = event.submitter;
    if (!navigator.onLine && dirty) {
      event.preventDefault();
      say(true, words.wordOffline);
    } else if (busy || (dirty && !own && !failed)) {
      event.preventDefault();
      next = function () { event.target.requestSubmit(submitter); };
      if (!busy) save();
    } else if (own) {
      clearTimeout(timer);
      dirty = false;
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (!dirty) return;
    if (timer && !failed) save();  // a last word on the way out
    else if (!busy || failed) event.preventDefault();
  });

  /* More rows without a new page. */
  const more = form.querySelector("button[name=row]");
  if (more) more.addEventListener("click", function (event) {
    const last = form.querySelector("tbody tr:last-child");
    const row = last.cloneNode(true), number = last.parentNode.rows.length;
    if (number >= Number(words.mostRows)) return;
    event.preventDefault();
    row.querySelectorAll("input").forEach(function (cell) {
      cell.value = "";
      cell.name = cell.name.replace(/^cell-\d+/, "cell-" + number);
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+$/, number + 1));
    });
    last.after(row);
    row.querySelector("input").focus();
  });
})();
