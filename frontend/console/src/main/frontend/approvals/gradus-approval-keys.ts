import { isSingleKey } from '../shell/keys';

/** Tells the server which of a page's letters was pressed, where letters act. */
class GradusApprovalKeys extends HTMLElement {
  private readonly pressed = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if (!isSingleKey(event) || event.repeat || !(this.getAttribute('letters') ?? '').includes(key)) {
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
}

customElements.define('gradus-approval-keys', GradusApprovalKeys);
