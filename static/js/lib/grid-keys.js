// Where an arrow key leads among the rows of the grid; null when the key means nothing here.

function rowOf(rows, index) {
  return rows.findIndex((row) => row.cards?.includes(index));
}

function neighbourRow(rows, from, step) {
  for (let at = from + step; at >= 0 && at < rows.length; at += step) if (rows[at].cards) return rows[at];
  return null;
}

function vertical(rows, index, step) {
  const at = rowOf(rows, index);
  const row = neighbourRow(rows, at, step);
  if (!row) return index;
  return row.cards[Math.min(rows[at].cards.indexOf(index), row.cards.length - 1)];
}

export function nextIndex(key, index, rows, total) {
  switch (key) {
    case "ArrowRight": return Math.min(total - 1, index + 1);
    case "ArrowLeft": return Math.max(0, index - 1);
    case "ArrowDown": return vertical(rows, index, 1);
    case "ArrowUp": return vertical(rows, index, -1);
    case "Home": return 0;
    case "End": return total - 1;
    default: return null;
  }
}
