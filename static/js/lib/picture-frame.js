// Positions on a picture that is shown at any size: fractions 0..1 of its width and height.

export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** Where the pointer is on the stage, never outside the picture. */
export function spotOf(stage, event) {
  const box = stage.getBoundingClientRect();
  return { x: clamp((event.clientX - box.left) / box.width), y: clamp((event.clientY - box.top) / box.height) };
}

export const percent = (share) => String(Number((share * 100).toFixed(2)));

/** Follow one pointer from its press to its release, wherever it goes; `end(true)` when it was taken away. */
export function follow(event, { move, end = () => {} }) {
  const target = event.currentTarget;
  target.setPointerCapture(event.pointerId);
  const finish = (cancelled) => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", up);
    target.removeEventListener("pointercancel", away);
    end(cancelled);
  };
  const up = () => finish(false);
  const away = () => finish(true);
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", up);
  target.addEventListener("pointercancel", away);
}

export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
