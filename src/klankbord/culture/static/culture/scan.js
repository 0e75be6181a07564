/*
 * What the questionnaire does a little better with JavaScript. Without it everything works: each page is then sent and
 * answered as a whole, and nothing is kept.
 *
 *   form[data-scan]               the one form; it goes to the server without leaving the page, so that reloading asks
 *                                 nothing and a lost connection loses nothing
 *   data-key, data-until          under which name answers are kept on this device, and until which day at most
 *   data-example                  nothing is kept: somebody only looks
 *   data-done                     the name whose answers may go: they were sent, or cannot be sent any more
 *   [data-kept] [data-go-on]      offered when there is something from before, in place of [data-fresh]
 *   [data-erase]                  away with it
 *
 * Kept are answers and nothing else: not the link, not the code. Whoever finds them cannot send them.
 */
(() => {
  "use strict";

  const PREFIX = "klankbord-scan ";
  const APART = ["code", "language", "to_language", "at", "go"];
  let busy = false;

  const theForm = () => document.querySelector("form[data-scan]");

  /* A browser may refuse to keep anything; then it is as without JavaScript. */
  const store = (act) => {
    try {
      return act(window.localStorage);
    } catch {
      return null;
    }
  };

  const kept = (key) => {
    try {
      return JSON.parse(store((all) => all.getItem(PREFIX + key)));
    } catch {
      return null;
    }
  };

  const forget = (key) => store((all) => all.removeItem(PREFIX + key));

  const forgetWhatIsOver = () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const name of store((all) => Object.keys(all)) ?? []) {
      if (name.startsWith(PREFIX) && !(kept(name.slice(PREFIX.length))?.until >= today)) forget(name.slice(PREFIX.length));
    }
  };

  const keep = (form) => {
    if (!form?.dataset.key) return;
    const answers = [...new FormData(form)].filter(([name, value]) => !APART.includes(name) && value !== "");
    const at = form.elements.namedItem("at").value;
    if (answers.length === 0 || at === "0") return;
    const text = JSON.stringify({ at, until: form.dataset.until, answers });
    store((all) => all.setItem(PREFIX + form.dataset.key, text));
  };

  const bring = (form, answers) => {
    for (const [name, value] of answers) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
  };

  const room = (area) => {
    const line = document.getElementById(`${area.id}_room`);
    const bytes = new TextEncoder().encode(JSON.stringify(area.value.trim())).length;
    const words = (Number(area.dataset.most) - bytes) / 7;
    const tens = Math.ceil(Math.abs(words) / 10) * 10;
    const text = words < 0 ? line.dataset.over.replace("#", tens) : words < 50 ? line.dataset.left.replace("#", tens) : "";
    line.dataset.state = words < 0 ? "failed" : "";
    if (line.textContent !== text) line.textContent = text;
  };

  const prepare = ({ swapped }) => {
    const form = theForm();
    if (!form) return;
    for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
    for (const area of form.querySelectorAll("textarea[data-most]")) room(area);
    if (form.dataset.done) forget(form.dataset.done);
    if (swapped) keep(form);
    const before = form.dataset.key && kept(form.dataset.key);
    const offer = form.querySelector("[data-kept]");
    if (offer && before && !form.querySelector("[data-carried]")) {
      offer.hidden = false;
      form.querySelector("[data-fresh]").hidden = true;
      form.querySelector("[data-go-on]").value = before.at;
    }
    const first = form.querySelector("[data-error-summary]") ?? (swapped ? form.querySelector("h1") : null);
    first?.focus();
  };

  const show = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.body.replaceChildren(...page.body.childNodes);
    window.scrollTo(0, 0);
    prepare({ swapped: true });
  };

  const ask = async (form, fields, { back = false } = {}) => {
    if (busy) return;
    busy = true;
    document.querySelector("[data-trouble]").hidden = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), redirect: "error" });
      // Too many codes: the page that says so carries everything on.
      if (!answer.ok && answer.status !== 429) throw new Error(answer.status);
      const text = await answer.text();
      show(text);
      const at = theForm()?.elements.namedItem("at")?.value ?? "0";
      if (!back && history.state?.at !== at) history.pushState({ at }, "");
    } catch {
      document.querySelector("[data-trouble]").hidden = false;
    } finally {
      busy = false;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-scan]")) return;
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed?.matches("[data-erase]")) forget(form.dataset.key);
    if (pressed?.matches("[data-go-on]")) bring(form, kept(form.dataset.key)?.answers ?? []);
    ask(form, new FormData(form, pressed));
  });

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.matches("textarea[data-most]")) room(event.target);
      if (event.target.form?.matches("form[data-scan]")) keep(event.target.form);
    });
  }

  /* The browser's own back and forward: to that screen, with everything that is filled in. */
  window.addEventListener("popstate", (event) => {
    const form = theForm();
    if (!event.state) return; // to a field on this page
    if (!form?.matches("[data-key], [data-example]")) {
      window.location.reload();
      return;
    }
    const fields = new FormData(form);
    fields.set("go", event.state.at);
    ask(form, fields, { back: true });
  });

  forgetWhatIsOver();
  if (theForm()) history.replaceState({ at: theForm().elements.namedItem("at").value }, "");
  prepare({ swapped: false });
})();
