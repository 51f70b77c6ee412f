// Words for screen readers, and a short note for everyone.

let pending;

/** Say a sentence politely; a burst of sentences says only its last. */
export function announce(words) {
  clearTimeout(pending);
  pending = setTimeout(() => {
    const place = document.getElementById("announcer");
    if (place) place.textContent = words;
  }, 250);
}

/** Show a note at the bottom for four seconds, and say it. */
export function toast(words) {
  document.querySelector(".toast")?.remove();
  const note = document.createElement("div");
  note.className = "toast";
  note.textContent = words;
  document.body.append(note);
  announce(words);
  setTimeout(() => note.remove(), 4000);
}
