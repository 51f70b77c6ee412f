// What the upload page says about how it goes.

import { bytes, count, number } from "./format.js";
import { duration } from "./pace.js";

const IDLE_WORKER_MS = 30_000;

/** `at` holds counts of rows by group, the queue or null, finished and cancelled. */
export function headline({ counts, queue, finished, cancelled }) {
  const asked = counts.all - counts.cancelled;
  if (cancelled) return "Upload cancelled";
  if (finished) return outcome(counts);
  if (counts.sending && !queue) return "An unfinished upload";
  if (queue?.state === "paused") return `Paused: ${number(asked - counts.sending)} of ${count(asked, "file")} arrived`;
  if (queue?.state === "waiting") return "Waiting for the connection";
  if (counts.sending) return `Sending: ${number(asked - counts.sending)} of ${count(asked, "file")} arrived`;
  const failed = queue?.counts.failed ?? 0;
  const arrivals = failed ? `${number(asked - failed)} of ${count(asked, "file")}` : count(asked, "file");
  return `${arrivals} arrived. The archive is reading them`;
}

/** Amount, rate and time left, or why nothing moves and what that means for the files. */
export function paceWords({ queue, progress, lastChange, rate }) {
  const sent = queue ? queue.bytes.done : (progress?.bytes.received ?? 0);
  const all = queue ? queue.bytes.total : (progress?.bytes.total ?? 0);
  const amount = `${bytes(sent)} of ${bytes(all)}`;
  if (queue?.state === "waiting") {
    const seconds = Math.max(0, Math.ceil((queue.retryAt - Date.now()) / 1000));
    const when = seconds ? `Trying again in ${count(seconds, "second")}` : "Trying now";
    return `${amount} · The connection was lost. ${when}; nothing that arrived is lost.`;
  }
  if (queue?.state === "stopped") return `${amount} · Your login has ended.`;
  if (queue?.state === "paused") return `${amount} · You may close this page and go on later.`;
  if (queue?.state === "sending") {
    return rate ? `${amount} · ${bytes(rate)}/s · about ${duration((all - sent) / rate)} left` : amount;
  }
  const { counts } = progress ?? {};
  if (counts?.waiting > 0 && counts.working === 0 && Date.now() - lastChange > IDLE_WORKER_MS) {
    return `${amount} · The files are safe, but nothing has read them for a while: is the background worker running?`;
  }
  if (progress && !progress.done) return `${amount} · You may close this page: the archive goes on by itself.`;
  return amount;
}

const judgements = (counts) =>
  [
    [counts.stored, "stored"],
    [counts.duplicate, "already here"],
    [counts.refused, "refused"],
    [counts.failed, "failed"],
  ]
    .filter(([n]) => n)
    .map(([n, words]) => `${number(n)} ${words}`);

/** "40 files: 38 stored, 1 already here, 1 refused". */
export function outcome(counts) {
  return `${count(counts.all - counts.cancelled, "file")}: ${judgements(counts).join(", ")}`;
}

/** One sentence for screen readers, while it goes on. */
export function spoken(counts) {
  const asked = counts.all - counts.cancelled;
  return [`${number(asked - counts.sending)} of ${count(asked, "file")} sent`, ...judgements(counts)].join(", ");
}

/** What could not be read out of a drop, the first few by name. */
export function unreadWords(unread, left) {
  const notes = unread.slice(0, 5).map(({ path, reason }) => `${path}: ${reason}`);
  if (unread.length > 5) notes.push(`and ${number(unread.length - 5)} more`);
  if (left) notes.push(`${count(left, "file")} too many for one upload were left out: add them in a second round`);
  return notes.join(" · ");
}

const total = ({ counts }) => Object.values(counts).reduce((sum, n) => sum + n, 0);
export const arrived = (deposit) => total(deposit) - deposit.counts.uploading - deposit.counts.cancelled;

/** How many files of a deposit are still to come, by the server's count and by what was chosen here. */
export function missing(deposit, kept) {
  const all = kept?.deposit === deposit.id ? Math.max(kept.files, total(deposit)) : total(deposit);
  return { all: all - deposit.counts.cancelled, missing: all - deposit.counts.cancelled - arrived(deposit) };
}
