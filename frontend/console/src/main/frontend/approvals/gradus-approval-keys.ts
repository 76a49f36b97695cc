/** Tells the server which of a page's letters was pressed outside of fields, dialogs and menus. */
class GradusApprovalKeys extends HTMLElement {
  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.repeat) {
      return;
    }
    const letters = this.getAttribute('letters') ?? '';
    const key = event.key.toLowerCase();
    if (key.length !== 1 || !letters.includes(key) || this.isTaken(event)) {
      return;
    }
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('letter', { detail: { letter: key } }));
  };

  connectedCallback(): void {
    document.addEventListener('keydown', this.pressed);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.pressed);
  }

  /** Whether the letter is for a field, or an overlay lies over the page. */
  private isTaken(event: KeyboardEvent): boolean {
    const within = event.composedPath().some((target) => {
      if (!(target instanceof HTMLElement)) {
        return false;
      }
      return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|VAADIN-SELECT)$/.test(target.tagName);
    });
    return within || document.querySelector('vaadin-dialog[opened], vaadin-dialog-overlay, vaadin-menu-bar-overlay') !== null;
  }
}

customElements.define('gradus-approval-keys', GradusApprovalKeys);
