import { isSingleKey } from '../shell/keys';

/** Single letters that go through a list, wherever the page's focus is outside of fields. */
const events: Record<string, string> = { j: 'list-next', k: 'list-previous', x: 'list-select', Enter: 'list-open', '/': 'list-search' };

declare global {
  interface Window {
    gradusListKeys: (list: HTMLElement) => void;
  }
}

window.gradusListKeys = list => {
  const heard = (event: KeyboardEvent): void => {
    if (!list.isConnected) {
      document.removeEventListener('keydown', heard);
      return;
    }
    const name = events[event.key];
    if (!name || !isSingleKey(event) || list.offsetParent === null) {
      return;
    }
    // Enter belongs to whatever has the focus and can be pressed.
    const target = event.composedPath()[0] as HTMLElement;
    if (event.key === 'Enter' && target.closest('a, button, [role=button], [role=menuitem]')) {
      return;
    }
    event.preventDefault();
    list.dispatchEvent(new CustomEvent(name));
  };
  document.addEventListener('keydown', heard);
};
