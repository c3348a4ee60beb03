// Keeps the console page up to date; without it the link "Look for news" does the same.
"use strict";
const log = document.getElementById("log");
const line = document.querySelector("input[name=line]");
const atEnd = () => window.innerHeight + window.scrollY >= document.body.scrollHeight - 160;
async function look() {
  if (!document.hidden && !log.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.pathname, { cache: "no-cache" });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("log");
        if (fresh && fresh.innerHTML !== log.innerHTML) {
          const follow = atEnd();
          log.replaceChildren(...fresh.childNodes);
          if (follow) window.scrollTo(0, document.body.scrollHeight);
        }
      }
    } catch {
      // The bot is stopped or starts anew: the next look tells.
    }
  }
  setTimeout(look, 2000);
}
if (log) {
  // Later than the browser's own look for the place that the address names, which takes the keyboard with it.
  addEventListener("load", () => setTimeout(() => {
    window.scrollTo(0, document.body.scrollHeight);
    if (line && document.activeElement === document.body) line.focus({ preventScroll: true });
  }));
  setTimeout(look, 2000);
}
