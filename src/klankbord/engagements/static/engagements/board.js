/*
 * Looks every second what the other did on the board, and puts in only the parts that differ. The forms stand outside
 * those parts, so nobody loses a word, a place or the focus. Without this script a reload shows the same.
 *
 *   <div data-board="URL" data-mark='"…"' [data-shut]>   where to look, and what this page already shows
 *   <… data-part="goal">                                a part that is compared and replaced
 *   <p role="status" data-board-news data-changed="…">   says for a screen reader that something changed
 */
(() => {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board) return;

  const EVERY = 1000;
  const SLOWLY = 10_000;
  const IDLE_AFTER = 5 * 60_000;
  const LONGEST_WAIT = 30_000;

  let mark = board.dataset.mark;
  let failed = 0;
  let timer = 0;
  let looking = false;
  let touched = Date.now();

  const openDetails = (from, to) => {
    for (const details of from.querySelectorAll("details[open][id]")) {
      const same = to.querySelector(`#${CSS.escape(details.id)}`);
      if (same) same.open = true;
    }
  };

  const replace = (old, fresh) => {
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    openDetails(old, fresh);
    old.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };

  const shown = new Map();
  for (const part of board.querySelectorAll("[data-part]")) shown.set(part.dataset.part, part.innerHTML);

  const take = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const gate = parsed.querySelector("[data-gate]")?.dataset.gate;
    const before = board.querySelector("[data-gate]")?.dataset.gate;
    if (!gate || gate !== before) {
      location.reload(); // the board opened, or it shut: another page, and what was typed is kept as a draft
      return;
    }
    let changed = false;
    for (const fresh of parsed.querySelectorAll("[data-part]")) {
      const name = fresh.dataset.part;
      const now = fresh.innerHTML;
      if (shown.get(name) === now) continue;
      const old = board.querySelector(`[data-part="${name}"]`);
      if (!old) continue;
      shown.set(name, now);
      replace(old, fresh);
      changed = true;
    }
    const news = board.querySelector("[data-board-news]");
    if (changed && news) {
      news.textContent = "";
      setTimeout(() => (news.textContent = news.dataset.changed));
    }
  };

  const look = async () => {
    if (looking || document.hidden) return;
    looking = true;
    try {
      const answer = await fetch(board.dataset.board, {
        credentials: "same-origin",
        redirect: "manual",
        headers: { "If-None-Match": mark, "HX-Request": "true" },
      });
      failed = answer.status === 200 || answer.status === 304 ? 0 : failed + 1;
      if (answer.status === 200) {
        const html = await answer.text();
        mark = answer.headers.get("ETag") ?? mark;
        take(html);
      }
    } catch {
      failed += 1;
    } finally {
      looking = false;
      wait();
    }
  };

  const wait = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const usual = Date.now() - touched > IDLE_AFTER ? SLOWLY : EVERY;
    timer = setTimeout(look, failed ? Math.min(EVERY * 2 ** failed, LONGEST_WAIT) : usual);
  };

  const touch = () => {
    const idle = Date.now() - touched > IDLE_AFTER;
    touched = Date.now();
    if (idle) look();
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll"]) {
    document.addEventListener(kind, touch, { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    touched = Date.now();
    if (document.hidden) clearTimeout(timer);
    else look();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  window.addEventListener("pagehide", () => clearTimeout(timer));

  wait();
})();
