// Cards laid out in rows: a heading where the printed date changes, then full rows of its cards.

/** `same` cards at the start are as they were: `keep` says how many leading rows then are too. */
export function rowsOf(cards, columns, { headings, same = 0, waiting = 0 }) {
  const rows = [];
  let keep = 0;
  let row = null;
  let group;
  cards.forEach((card, index) => {
    if (headings && (index === 0 || card.group !== group)) {
      group = card.group;
      rows.push({ kind: "heading", text: group });
      row = null;
    }
    if (!row || row.cards.length === columns) {
      row = { kind: "cards", cards: [] };
      rows.push(row);
    }
    row.cards.push(index);
    // A row is sure to stay only when it is full: more cards of its group may follow.
    if (index < same && row.cards.length === columns) keep = rows.length;
  });
  for (let left = waiting; left > 0; left -= columns) rows.push({ kind: "skeleton", count: Math.min(left, columns) });
  return { rows, keep };
}
