// Runs before the first paint, so that a chosen theme never flashes the other one. Not a module on purpose.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be switched off; the system's theme then holds.
  }
})();
