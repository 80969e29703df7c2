// Keeps the training phone up to date without a reload. The page works without this file.
(() => {
  "use strict";
  const own = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" });

  // Times in the reader's own zone.
  const localize = (root) => {
    for (const time of root.querySelectorAll("time[datetime]")) {
      time.textContent = own.format(new Date(time.dateTime));
    }
  };

  // Brings a list to the state of the new one, touching only what changed, so that a screen reader hears only that.
  const renew = (list, wanted) => {
    const old = new Map([...list.children].map((item) => [item.dataset.key, item]));
    [...wanted.children].forEach((item, at) => {
      const had = old.get(item.dataset.key);
      old.delete(item.dataset.key);
      if (had && had.isEqualNode(item)) {
        if (list.children[at] !== had) list.insertBefore(had, list.children[at] ?? null);
      } else if (had) {
        had.replaceWith(item.cloneNode(true));
      } else {
        list.insertBefore(item.cloneNode(true), list.children[at] ?? null);
      }
    });
    old.forEach((item) => item.remove());
  };

  const reload = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    localize(fresh);
    const lists = [...document.querySelectorAll("[data-live]")];
    const wanted = lists.map((list) => fresh.querySelector(`[data-live="${list.dataset.live}"]`));
    // From no phone to the first one the whole page is another.
    if (lists.length === 0 && fresh.querySelector("[data-live]")) {
      location.reload();
      return;
    }
    const talk = document.querySelector(".talk");
    const atEnd = talk && talk.scrollHeight - talk.scrollTop - talk.clientHeight < 40;
    lists.forEach((list, at) => wanted[at] && renew(list, wanted[at]));
    if (atEnd) talk.scrollTop = talk.scrollHeight;
  };

  // One reload at a time; what happens meanwhile is caught by one more.
  let busy = false;
  let again = false;
  const changed = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    do {
      again = false;
      try {
        await reload();
      } catch {
        // The server is gone for the moment; the next event or reconnection brings it up to date.
      }
    } while (again);
    busy = false;
  };

  localize(document);
  const talk = document.querySelector(".talk");
  if (talk) talk.scrollTop = talk.scrollHeight;
  const events = new EventSource(document.body.dataset.events);
  events.addEventListener("message", changed);
  events.addEventListener("open", changed);
})();
