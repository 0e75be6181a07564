/*
 * The calm page of a talk saves itself while somebody writes. Who wants to, lets this device keep the words until
 * there is a connection: sealed (AES-GCM, with a key that cannot be taken out), and gone once they are saved, when
 * somebody signs out, and twelve hours after the last word.
 *
 *   <form data-calm="PAGE" data-worker="SCRIPT" data-back="TALK" [data-shell]>
 *
 * On every other page of whoever keeps something, the same file only looks whether it can be saved by now.
 */
(() => {
  "use strict";

  const PAUSE = 2000; // after the last key
  const AT_MOST = 12_000; // while somebody goes on typing
  const RETRY = 15_000;
  const HOURS_12 = 12 * 60 * 60 * 1000;
  const ANSWER_WITHIN = 15_000;
  const me = document.body.dataset.me;
  const flat = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();

  // --- what lies on this device: one sealed record per talk, each with a key of its own -----------------------------

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const shelf = async (mode, act) => {
    const opening = indexedDB.open("klankbord-calm", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("sealed", { keyPath: "place" });
    const database = await asked(opening);
    try {
      return await asked(act(database.transaction("sealed", mode).objectStore("sealed")));
    } finally {
      database.close();
    }
  };

  // The seal holds for this talk and this person only: a record put under another name does not open.
  const bound = (place) => new TextEncoder().encode(`${place} ${me}`);

  const putAway = async (place, words) => {
    const known = await shelf("readonly", (store) => store.get(place));
    const key =
      known?.me === me
        ? known.key
        : await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(words));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(place) }, key, plain);
    const until = words.at + HOURS_12;
    if (until < Date.now()) return wipe(place);
    await shelf("readwrite", (store) => store.put({ place, me, until, key, iv, sealed }));
  };

  const wipe = (place) => shelf("readwrite", (store) => store.delete(place));

  const takeOut = async (place) => {
    const record = await shelf("readonly", (store) => store.get(place));
    if (!record) return null;
    if (record.until < Date.now()) {
      await wipe(place);
      return null;
    }
    if (record.me !== me) return null;
    const how = { name: "AES-GCM", iv: record.iv, additionalData: bound(place) };
    try {
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, record.key, record.sealed)));
    } catch {
      await wipe(place);
      return null;
    }
  };

  const mayKeep = Boolean(window.isSecureContext && navigator.serviceWorker && window.indexedDB && crypto.subtle && me);
  const scopeOf = (registration) => new URL(registration.scope).pathname;

  const keeperOf = async (place) => {
    const found = mayKeep ? await navigator.serviceWorker.getRegistrations() : [];
    return found.find((registration) => scopeOf(registration) === place);
  };

  const registered = async (script, place) => {
    const found = await navigator.serviceWorker.register(script, { scope: place });
    const worker = found.installing ?? found.waiting ?? found.active;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("the empty page could not be kept"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  };

  const keptPages = async (place) => (await caches.keys()).filter((name) => name.startsWith(`klankbord-calm ${place} `));

  const letGo = async (place) => {
    await wipe(place);
    await (await keeperOf(place))?.unregister();
    await Promise.all((await keptPages(place)).map((name) => caches.delete(name)));
  };

  /* Whether the consent to keep things here is older than twelve hours: as old as the empty page that came with it. */
  const lapsed = async (place) => {
    for (const name of await keptPages(place)) {
      const [twin] = await (await caches.open(name)).matchAll(`${place}leeg/`);
      if (Date.now() - Date.parse(twin?.headers.get("Date") ?? "") < HOURS_12) return false;
    }
    return true;
  };

  // --- to and from the server -------------------------------------------------------------------------------------

  const ask = (place, more = {}) =>
    fetch(`${place}bewaren/`, {
      credentials: "same-origin",
      redirect: "manual", // a page to sign in is no answer
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
      ...more,
    });

  const wordsTo = (place, token, words, more = {}) =>
    ask(place, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ text: words.text, based_on: words.based_on, whose: me }),
      ...more,
    });

  /* First who is signed in by now, and with what token; then the words. A page that stayed open may have outlived both. */
  const send = async (place, words) => {
    try {
      const hello = await ask(place);
      if (hello.type === "opaqueredirect") return { state: "signin" };
      if (!hello.ok) return { state: hello.status < 500 ? "refused" : "offline" };
      const { token, whose } = await hello.json();
      if (whose !== me) return { state: "other" };
      const answer = await wordsTo(place, token, words);
      if (answer.type === "opaqueredirect") return { state: "signin" };
      if (answer.status >= 500) return { state: "offline" };
      const state = answer.ok ? "saved" : answer.status === 409 ? "both" : "refused";
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      return { state, token, ...told };
    } catch {
      return { state: "offline" };
    }
  };

  /* What to go on with when something else was saved in between: a text of which we never heard the answer is ours. */
  const goneOn = (words, answer) =>
    (words.sent ?? []).includes(flat(answer.theirs))
      ? { ...words, based_on: answer.revision }
      : { ...words, based_on: answer.revision, text: answer.both };

  const lookAfter = async () => {
    for (const registration of mayKeep ? await navigator.serviceWorker.getRegistrations() : []) {
      const place = scopeOf(registration);
      let words = await takeOut(place);
      if (words && !words.based_on && !flat(words.text)) {
        await wipe(place);
        words = null;
      }
      for (let turn = 0; words && turn < 3; turn += 1) {
        const answer = await send(place, words);
        if (answer.state !== "both") {
          if (answer.state === "saved") await wipe(place);
          break;
        }
        words = goneOn(words, answer);
      }
      if (await lapsed(place)) await letGo(place);
    }
  };

  // --- the page ---------------------------------------------------------------------------------------------------

  class CalmPage {
    constructor(form) {
      this.form = form;
      this.place = form.dataset.calm;
      this.field = form.elements.namedItem("text");
      this.state = form.querySelector("[data-calm-state]");
      this.basedOn = Number(form.elements.namedItem("based_on").value) || 0;
      this.saved = flat(this.field.defaultValue);
      this.sent = [];
      this.at = Date.now(); // of the last word
      this.token = form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
      this.keeps = false;
      this.timer = 0;
      this.since = 0;
      this.turn = Promise.resolve();
    }

    get dirty() {
      return flat(this.field.value) !== this.saved;
    }

    get words() {
      const said = (name) => document.querySelector(`[data-calm-${name}]`).textContent.trim();
      const around = { topic: said("topic"), direction: said("direction"), until: said("until") };
      return { text: this.field.value, based_on: this.basedOn, sent: this.sent, at: this.at, title: document.title, ...around };
    }

    async open() {
      const box = this.form.querySelector("[data-calm-keep]");
      const tick = (this.tick = box.querySelector("input"));
      if (mayKeep && (await keeperOf(this.place)) && !("shell" in this.form.dataset) && (await lapsed(this.place))) {
        await letGo(this.place);
      }
      this.keeps = Boolean(await keeperOf(this.place));
      tick.checked = this.keeps;
      box.hidden = !mayKeep;
      tick.addEventListener("change", () => this.choose(tick));
      await this.goOn();
      this.field.addEventListener("input", () => this.typed());
      this.form.addEventListener("submit", (event) => this.leave(event), { capture: true });
      window.addEventListener("online", () => this.soon(0));
      window.addEventListener("offline", () => this.save());
      window.addEventListener("focus", () => this.soon(0));
      window.addEventListener("pagehide", () => this.last());
      window.addEventListener("beforeunload", (event) => this.dirty && this.failing && !this.keeps && event.preventDefault());
      document.addEventListener("visibilitychange", () => this.stayAwake());
      this.stayAwake();
      this.form.dataset.ready = "";
    }

    /* Go on with what this device kept; a page that came without a connection has nothing else. */
    async goOn() {
      const kept = mayKeep && this.keeps ? await takeOut(this.place) : null;
      if (kept) {
        this.field.value = kept.text;
        this.basedOn = kept.based_on;
        this.sent = kept.sent ?? [];
        this.at = kept.at;
        for (const name of ["topic", "direction", "until"]) {
          const place = document.querySelector(`[data-calm-${name}]`);
          if (place.textContent.trim()) continue;
          place.textContent = kept[name];
          place.hidden = !kept[name];
        }
        if ("shell" in this.form.dataset && kept.title) {
          document.title = kept.title;
          document.querySelector("h1").textContent = kept.title.split(" · ")[0];
        }
        this.soon(0);
      } else if ("shell" in this.form.dataset) {
        this.bare = true;
        this.say("blank");
        this.soon(RETRY);
      }
    }

    say(state, words) {
      const text = words ?? this.state.dataset[state] ?? "";
      this.form.querySelector("[data-calm-signin]").hidden = state !== "signin";
      if (this.state.textContent === text) return;
      this.state.textContent = text;
      // Nobody is read to while they talk: only what they would want to know is said aloud, and once.
      if (state !== "saved") this.form.querySelector("[data-calm-told]").textContent = text;
    }

    typed() {
      this.at = Date.now();
      this.since ||= this.at;
      if (this.state.textContent === this.state.dataset.saved) this.say("");
      this.keep();
      this.soon(Date.now() - this.since > AT_MOST ? 0 : PAUSE);
    }

    soon(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }

    /* One after the other, so that an older text never comes to lie over a newer one. */
    inTurn(act) {
      this.turn = this.turn.then(act).catch(() => {});
      return this.turn;
    }

    keep() {
      if (!this.keeps || this.waits) return;
      this.waits = true;
      this.inTurn(async () => {
        this.waits = false;
        // SECURITY: signing out in another tab took the consent away; nothing may be put down here after it.
        if (!(await keeperOf(this.place))) this.keeps = this.tick.checked = false;
        if (this.keeps) await putAway(this.place, this.words);
      });
    }

    save() {
      clearTimeout(this.timer);
      this.saving ??= this.saveNow().finally(() => {
        this.saving = null;
      });
      return this.saving;
    }

    async saveNow() {
      this.since = 0;
      const nothingYet = !this.basedOn && !flat(this.field.value) && !this.bare;
      if ((!this.dirty || nothingYet) && navigator.onLine && !this.failing) return this.rest();
      const words = this.words;
      const answer = this.dirty && !(!this.basedOn && !flat(words.text)) ? await send(this.place, words) : await this.hear();
      this.failing = ["offline", "signin", "refused"].includes(answer.state);
      await this.take(answer, words);
      return answer.state;
    }

    /* Nothing to send: only whether there is a connection again. */
    async hear() {
      const answer = await ask(this.place).catch(() => null);
      if (!answer || answer.status >= 500) return { state: "offline" };
      return { state: answer.type === "opaqueredirect" ? "signin" : "there" };
    }

    async take(answer, words) {
      this.token = answer.token ?? this.token;
      if (answer.state === "saved") {
        this.basedOn = answer.revision;
        this.saved = flat(words.text);
        this.sent = [];
        if (this.dirty) return this.soon(PAUSE);
        this.say(this.merged ? "both" : "saved");
        return this.rest();
      }
      if (answer.state === "there") {
        if (this.bare && !this.dirty) return location.reload();
        this.say("");
        return this.rest();
      }
      if (answer.state === "both") return this.takeBoth(answer, words);
      if (answer.state === "other") {
        // SECURITY: somebody else signed in here. What stands on this page is not theirs to read.
        this.keeps = false;
        this.field.value = "";
        await letGo(this.place);
        return location.replace("/");
      }
      if (answer.state === "offline") this.sent = [...new Set([...this.sent, flat(words.text)])].slice(-20);
      this.tellWhy(answer);
      this.keep();
      if (answer.state !== "refused") this.soon(RETRY);
    }

    tellWhy(answer) {
      if (answer.state === "refused") return this.say("refused", answer.words);
      if (answer.state === "signin") return this.say("signin", "");
      if (!this.bare || this.dirty) this.say(this.keeps ? "kept" : "open");
    }

    takeBoth(answer, words) {
      if (this.field.value === words.text) {
        const next = goneOn(words, answer);
        const { selectionStart, selectionEnd } = this.field;
        this.merged ||= next.text !== words.text;
        this.basedOn = next.based_on;
        if (next.text !== words.text) {
          this.field.value = next.text;
          this.field.setSelectionRange(selectionStart, selectionEnd);
        }
        this.keep();
      }
      return this.soon(50);
    }

    /* All is saved: nothing stays behind on this device. */
    rest() {
      this.bare = false;
      return this.inTurn(() => !this.dirty && this.keeps && wipe(this.place));
    }

    async choose(tick) {
      tick.disabled = true;
      try {
        if (tick.checked) {
          await registered(this.form.dataset.worker, this.place);
          this.keeps = true;
          if (this.dirty) this.keep();
        } else {
          this.keeps = false;
          await this.inTurn(() => letGo(this.place));
        }
      } catch {
        this.keeps = tick.checked = false;
        await letGo(this.place);
      }
      tick.disabled = false;
    }

    async leave(event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.say("");
      await this.save();
      if (this.dirty && !this.failing) await this.save();
      if (!this.dirty && !this.failing) location.assign(this.form.dataset.back);
    }

    /* The page goes away with words that were not sent yet: one more try, without waiting for the answer. */
    last() {
      if (!this.dirty || this.failing || !this.token) return;
      wordsTo(this.place, this.token, this.words, { keepalive: true, signal: undefined }).catch(() => {});
    }

    async stayAwake() {
      if (document.visibilityState !== "visible") return;
      try {
        await navigator.wakeLock?.request("screen");
      } catch {
        /* a browser that will not, or a battery that is nearly empty */
      }
    }
  }

  const form = document.querySelector("form[data-calm]");
  if (form) new CalmPage(form).open();
  else if (me) lookAfter().catch(() => {});
})();
