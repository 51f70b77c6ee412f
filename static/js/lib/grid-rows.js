// Cards laid out in rows under the printed date. Small groups share a row, each under its own heading; a group as
// wide as the window or wider has a heading of its own and full rows.

function groupsOf(cards) {
  const groups = [];
  cards.forEach((card, index) => {
    if (!groups.length || groups.at(-1).text !== card.group) groups.push({ text: card.group, cards: [] });
    groups.at(-1).cards.push(index);
  });
  return groups;
}

function plainRows(rows, indexes, columns) {
  for (let at = 0; at < indexes.length; at += columns) rows.push({ kind: "cards", cards: indexes.slice(at, at + columns) });
}

/** Rows of `columns` cards. `same` cards at the start are as they were: `keep` says how many leading rows then are. */
export function rowsOf(cards, columns, { headings, same = 0, waiting = 0 }) {
  const rows = [];
  const groups = headings ? groupsOf(cards) : [];
  if (!headings) plainRows(rows, cards.map((_, index) => index), columns);
  let pack = null;
  for (const group of groups) {
    if (group.cards.length >= columns) {
      pack = null;
      rows.push({ kind: "heading", text: group.text });
      plainRows(rows, group.cards, columns);
      continue;
    }
    if (!pack || pack.cards.length + group.cards.length > columns) {
      pack = { kind: "pack", groups: [], cards: [] };
      rows.push(pack);
    }
    pack.groups.push(group);
    pack.cards.push(...group.cards);
  }
  const keep = keptRows(rows, cards, same, columns);
  for (let left = waiting; left > 0; left -= columns) rows.push({ kind: "skeleton", count: Math.min(left, columns) });
  return { rows, keep };
}

/** Rows that further cards cannot have changed: all before the last group that was there, and its full rows. */
function keptRows(rows, cards, same, columns) {
  if (!same) return 0;
  let start = same - 1;
  while (start > 0 && cards[start - 1].group === cards[same - 1].group) start -= 1;
  if (same - start < columns) {
    const last = rows.findIndex((row) => row.cards?.includes(start));
    return Math.max(0, rows[last]?.kind === "pack" ? last : last - 1);
  }
  const first = rows.findIndex((row) => row.cards?.includes(start));
  return first + Math.floor((same - start) / columns);
}
