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

  // The browser can read a call aloud: in its language, as Twilio would.
  const speakable = (root) => {
    if (!("speechSynthesis" in window)) return;
    for (const button of root.querySelectorAll("[data-speak]")) button.hidden = false;
  };
  const speak = (call) => {
    speechSynthesis.cancel();
    for (const heard of call.querySelectorAll(".heard")) {
      const words = new SpeechSynthesisUtterance(heard.textContent);
      words.lang = heard.lang || document.documentElement.lang;
      speechSynthesis.speak(words);
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
    // Not where the page is: after a form that could not be taken that is the form's own address.
    const answer = await fetch(document.body.dataset.here, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    localize(fresh);
    speakable(fresh);
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

  // Sends a form without leaving the page, so that focus and what is being typed stay. If that fails, it is a plain form.
  const post = async (form, button, data) => {
    const body = form.elements.namedItem("body");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (!answer.ok) throw new Error(answer.statusText);
      // What was typed since the press stays.
      if (body && button?.name !== "quick" && body.value === data.get("body")) body.value = "";
      form.querySelector(".problem")?.remove();
      body?.removeAttribute("aria-invalid");
      changed();
    } catch {
      const plain = button?.name ? Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }) : null;
      if (plain) form.append(plain);
      form.submit();
    }
  };

  // Each press is posted after the one before it; the very same again while it is under way is the same press.
  let last = Promise.resolve();
  const underWay = new Set();
  const press = (form, button) => {
    const data = new URLSearchParams(new FormData(form, button));
    const what = `${form.action} ${data}`;
    if (underWay.has(what)) return;
    underWay.add(what);
    last = last.then(() => post(form, button, data)).then(() => underWay.delete(what));
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-quiet]")) return;
    event.preventDefault();
    press(event.target, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const call = event.target.closest("[data-speak]")?.closest(".call");
    if (call) speak(call);
  });

  localize(document);
  speakable(document);
  const talk = document.querySelector(".talk");
  if (talk) talk.scrollTop = talk.scrollHeight;
  const events = new EventSource(document.body.dataset.events);
  events.addEventListener("message", changed);
  events.addEventListener("open", changed);
})();
