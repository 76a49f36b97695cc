// The keyboard of the whole console. Keys of one letter act outside of fields only, and can be switched off.

const OFF = 'gradus.keys';
const SEQUENCE_MILLIS = 1200;

/** Whether keys of one letter are switched on in this browser. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(OFF) !== 'off';
  } catch {
    return true;
  }
}

/** Switches keys of one letter on or off in this browser. */
export function switchSingleKeys(on: boolean): void {
  try {
    if (on) {
      localStorage.removeItem(OFF);
    } else {
      localStorage.setItem(OFF, 'off');
    }
  } catch {
    // Without storage they stay on.
  }
}

function isWriting(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return (
    at instanceof HTMLElement &&
    (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.getAttribute('role') === 'textbox')
  );
}

function isCovered(): boolean {
  return document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened]') !== null;
}

/**
 * Whether a page may take this event as a key of its own: a plain key, pressed neither in a field nor over a dialog,
 * while keys of one letter are switched on. Every listener for such keys asks here first.
 */
export function isSingleKey(event: KeyboardEvent): boolean {
  return (
    !event.defaultPrevented &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !event.isComposing &&
    singleKeys() &&
    !isWriting(event) &&
    !isCovered()
  );
}

// When G was pressed. Time begins at the page's load, so 0 would be a moment ago on a page that is there at once.
let leader = -Infinity;

function press(selector: string, event: KeyboardEvent): boolean {
  const target = document.querySelector<HTMLElement>(selector);
  if (target) {
    event.preventDefault();
    target.click();
  }
  return target !== null;
}

function listen(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    press('#g-command', event);
    return;
  }
  if (!isSingleKey(event)) {
    return;
  }
  const key = event.key.toLowerCase();
  if (performance.now() - leader < SEQUENCE_MILLIS) {
    leader = -Infinity;
    if (/^[a-z]$/.test(key) && press(`.g-nav a[data-key='${key}']`, event)) {
      event.stopImmediatePropagation();
    }
    return;
  }
  if (key === 'g') {
    leader = performance.now();
  } else if (key === '?') {
    press('#g-help', event);
  } else if (key === '/') {
    const field = document.querySelector<HTMLElement>('main [data-search]');
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }
}

// In the command palette arrows walk between the field and what was found; Enter in the field opens the first.
function listenInPalette(event: KeyboardEvent): void {
  const palette = document.querySelector<HTMLElement>('.g-palette[opened]');
  if (!palette || !/^(ArrowDown|ArrowUp|Enter)$/.test(event.key) || event.isComposing) {
    return;
  }
  const field = palette.querySelector<HTMLElement>('vaadin-text-field');
  const links = [...palette.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (event.key === 'Enter') {
    if (at < 0 && links.length > 0) {
      event.preventDefault();
      links[0].click();
    }
    return;
  }
  event.preventDefault();
  const next = at + (event.key === 'ArrowDown' ? 1 : -1);
  (next < 0 ? field : links[Math.min(next, links.length - 1)])?.focus();
}

// A link to a place in the page would be resolved against the console's root.
function skip(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('.g-skip')) {
    event.preventDefault();
    event.stopPropagation();
    document.querySelector<HTMLElement>('#main')?.focus();
  }
}

window.addEventListener('keydown', listenInPalette);
window.addEventListener('click', skip, { capture: true });
// Before the pages' own listeners, so that the letter after G is not theirs.
window.addEventListener('keydown', listen, { capture: true });
