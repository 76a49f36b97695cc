import { isSingleKey } from '../shell/keys';

/** Hears J, K and Enter wherever nothing is being written, and tells the page. */
class GradusListKeys extends HTMLElement {
  connectedCallback(): void {
    this.style.display = 'none';
    document.addEventListener('keydown', this.heard);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.heard);
  }

  private readonly heard = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if ((key !== 'j' && key !== 'k' && key !== 'enter') || !isSingleKey(event)) return;
    // Enter belongs to whatever has the focus and can be pressed.
    const target = event.composedPath()[0] as HTMLElement;
    if (key === 'enter' && target.closest('a, button, [role=button], [role=menuitem]')) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('list-key', { detail: key }));
  };
}

customElements.define('gradus-list-keys', GradusListKeys);
