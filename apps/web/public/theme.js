// Sets the theme before the first paint. The other half is packages/ui/src/theme.ts.
(function () {
  let chosen = null;
  try {
    chosen = localStorage.getItem('atrium-theme');
  } catch {
    // Storage can be switched off; the device's preference counts then.
  }
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
