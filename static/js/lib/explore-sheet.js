// On a phone the filters come as a sheet from below; the same controls, moved there and back.

export function openSheet(view) {
  const sheet = view.querySelector("#filter-sheet");
  const set = view.querySelector(".filter-set");
  const home = set.parentElement;
  const next = set.nextSibling;
  sheet.querySelector(".dialog-body").append(set);
  for (const input of set.querySelectorAll("input, select")) input.setAttribute("form", "filters");
  sheet.showModal();
  sheet.addEventListener("close", () => home.insertBefore(set, next), { once: true });
}
