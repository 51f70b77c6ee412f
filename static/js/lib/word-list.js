// A list of words in one line of text: commas or semicolons between them, double quotes around words with a comma.

export function wordsIn(text) {
  const words = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,;\n]*))\s*(?:[,;\n]|$)/gy;
  let match;
  while (pattern.lastIndex < text.length && (match = pattern.exec(text))) {
    const word = (match[1] === undefined ? match[2] : match[1].replaceAll('""', '"')).trim();
    if (word) words.push(word);
    if (match[0] === "") break;
  }
  return words;
}

export function wordsText(words) {
  return words.map((word) => (/[,;"]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word)).join(", ");
}
