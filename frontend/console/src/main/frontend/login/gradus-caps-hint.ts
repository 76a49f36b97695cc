const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; min-block-size: 18px; }
  span { color: var(--g-retry); font-size: var(--lumo-font-size-xs); font-weight: 600; }
`);

/** Says that caps lock is on, as long as it is. */
class GradusCapsHint extends HTMLElement {
  private readonly words = document.createElement('span');
  private readonly look = (event: KeyboardEvent): void => {
    if (event instanceof KeyboardEvent) {
      this.words.textContent = event.getModifierState('CapsLock') ? 'Caps lock is on' : '';
    }
  };

  constructor() {
    super();
    this.words.setAttribute('role', 'status');
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.append(this.words);
  }

  connectedCallback(): void {
    window.addEventListener('keydown', this.look);
    window.addEventListener('keyup', this.look);
  }

  disconnectedCallback(): void {
    window.removeEventListener('keydown', this.look);
    window.removeEventListener('keyup', this.look);
  }
}

customElements.define('gradus-caps-hint', GradusCapsHint);

export {};
