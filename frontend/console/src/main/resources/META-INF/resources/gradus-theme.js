// Before the first paint: light or dark, as the person chose in this browser, else as the system is.
(() => {
  const KEY = 'gradus.theme';
  const system = matchMedia('(prefers-color-scheme: dark)');

  const chosen = () => {
    try {
      const kept = localStorage.getItem(KEY);
      return kept === 'light' || kept === 'dark' ? kept : 'system';
    } catch {
      return 'system';
    }
  };

  const apply = () => {
    const choice = chosen();
    const dark = choice === 'dark' || (choice === 'system' && system.matches);
    if (dark) {
      document.documentElement.setAttribute('theme', 'dark');
    } else {
      document.documentElement.removeAttribute('theme');
    }
    document.dispatchEvent(new CustomEvent('gradus-theme', { detail: { choice, dark } }));
  };

  const choose = (choice) => {
    try {
      if (choice === 'system') {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, choice);
      }
    } catch {
      // Without storage the choice cannot outlive the page, and the system's stands.
    }
    apply();
  };

  window.gradusTheme = { chosen, choose };
  system.addEventListener('change', apply);
  addEventListener('storage', (event) => event.key === KEY && apply());
  apply();
})();
