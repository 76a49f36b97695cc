/** Single letters that go through a list, wherever the page's focus is outside of fields. */
const events: Record<string, string> = { j: 'list-next', k: 'list-previous', Enter: 'list-open', '/': 'list-search' };

export {};

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
    const target = event.composedPath()[0] as HTMLElement;
    const writes = target.isContentEditable || /^(input|textarea|select|button|a)$/i.test(target.tagName);
    const dialog = document.querySelector('vaadin-dialog[opened], vaadin-dialog-overlay[opened]');
    if (!name || writes || dialog || event.ctrlKey || event.metaKey || event.altKey || list.offsetParent === null) {
      return;
    }
    event.preventDefault();
    list.dispatchEvent(new CustomEvent(name));
  };
  document.addEventListener('keydown', heard);
};
