/*
 * What the pages do a little better with JavaScript. Without it everything still works: drafts are then
 * saved by the button, the line of time starts at the top, printing is the browser's own.
 *
 *   <form data-draft="URL"> … <span data-draft-status data-saving data-saved data-failed data-conflict></span>
 *   <div data-error-summary tabindex="-1">     takes focus when the page opens
 *   <ol data-line> … <li data-present>         a long line opens at the present
 *   <button data-print hidden>                 appears and prints
 *   <form data-from-address>                   its text field is filled with what stands after the # in the address
 *   <form data-resend>                         may be sent more than once (a search, a download)
 */
(() => {
  "use strict";

  const WAIT = 1000;
  const drafts = new WeakMap();

  const fieldsOf = (form) => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
    }
    return fields;
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.status = form.querySelector("[data-draft-status]");
      this.timer = 0;
      this.inFlight = null;
      this.sent = fieldsOf(form).toString();
    }

    changed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), WAIT);
    }

    /* The form itself is on its way: a draft that arrives after it would bring the old text back. */
    stop() {
      clearTimeout(this.timer);
      this.inFlight?.abort();
      this.stopped = true;
    }

    resume() {
      this.stopped = false;
    }

    say(state) {
      if (!this.status) return;
      this.status.dataset.state = state;
      const text = this.status.dataset[state] ?? "";
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    async save({ leaving = false } = {}) {
      clearTimeout(this.timer);
      const fields = fieldsOf(this.form);
      const text = fields.toString();
      if (this.stopped || text === this.sent) return;
      this.inFlight?.abort();
      const request = (this.inFlight = new AbortController());
      this.say("saving");
      try {
        const answer = await fetch(this.form.dataset.draft, {
          method: "POST",
          body: fields,
          credentials: "same-origin",
          redirect: "manual", // a sign-in page is not a saved draft
          keepalive: leaving,
          signal: leaving ? undefined : request.signal,
          headers: {
            "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "",
            "X-Requested-With": "draft",
          },
        });
        if (answer.ok) this.sent = text;
        this.say(answer.ok ? "saved" : answer.status === 409 ? "conflict" : "failed");
      } catch (error) {
        if (error.name !== "AbortError") this.say("failed");
      }
    }
  }

  const eachDraft = (act) => {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (drafts.has(form)) act(drafts.get(form));
    }
  };

  const release = (form) => {
    delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[data-held]")) {
      if (button.form === form) {
        button.disabled = false;
        delete button.dataset.held;
      }
    }
  };

  const hold = (form) => {
    form.dataset.sent = "";
    // After this turn: a disabled button would not send its own name and value.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button:not([type=button], [type=reset], :disabled)")) {
        button.disabled = true;
        button.dataset.held = "";
      }
    });
  };

  const prepare = (root) => {
    for (const form of root.querySelectorAll("form[data-draft]")) {
      if (!drafts.has(form)) drafts.set(form, new Draft(form));
    }
    for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
    /* What stands after the # was sent to nobody; here it goes into the form, and out of the address. */
    const field = location.hash.length > 1 && root.querySelector("form[data-from-address] input[type=text]");
    if (field) {
      field.value = location.hash.slice(1);
      history.replaceState(null, "", location.pathname);
    }
    root.querySelector("[data-error-summary]:not([data-example] *)")?.focus();
  };

  const openAtThePresent = () => {
    if (location.hash || window.scrollY > 0 || document.querySelector("[data-error-summary]:not([data-example] *)")) return;
    const present = document.querySelector("[data-line] > [data-present]");
    // Only where the line is what the page is about: it starts on the first screen and the present does not fit on it.
    if (!present || present.parentElement.getBoundingClientRect().top > window.innerHeight * 0.6) return;
    if (present.getBoundingClientRect().top > window.innerHeight * 0.75) {
      present.scrollIntoView({ block: "center", behavior: "instant" });
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && drafts.has(form)) drafts.get(form).changed();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || "resend" in form.dataset || form.target === "_blank") return;
    if ("sent" in form.dataset) {
      event.preventDefault();
      return;
    }
    drafts.get(form)?.stop();
    hold(form);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });

  window.addEventListener("pagehide", () => eachDraft((draft) => draft.save({ leaving: true })));

  // Back from the next page, straight out of the browser's memory: everything may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(release);
    eachDraft((draft) => draft.resume());
  });

  // Words that wait on this device for a connection are looked after on every page (see calm.js).
  const keeper = document.body.dataset.keeper;
  if (keeper && !document.querySelector("[data-calm]")) {
    navigator.serviceWorker?.getRegistrations().then((found) => {
      if (!found.length) return;
      const script = document.createElement("script");
      script.src = keeper;
      document.head.append(script);
    }, () => {});
  }

  document.addEventListener("htmx:load", (event) => prepare(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target instanceof HTMLFormElement) release(event.target);
  });

  prepare(document);
  openAtThePresent();
})();
