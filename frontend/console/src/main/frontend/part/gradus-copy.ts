import './gradus-icon.js';

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: inline-block; }
  button {
    align-items: center; background: none; block-size: 24px; border: 0; border-radius: 3px;
    color: var(--lumo-secondary-text-color); cursor: pointer; display: inline-flex;
    inline-size: 24px; justify-content: center; padding: 0;
  }
  button:hover { background: var(--lumo-contrast-5pct); color: var(--lumo-body-text-color); }
  button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); }
  button.done { color: var(--g-ok); }
  .said { block-size: 1px; clip-path: inset(50%); inline-size: 1px; overflow: hidden; position: absolute; white-space: nowrap; }
`);

/** Puts its text on the clipboard when pressed, and says so. */
class GradusCopy extends HTMLElement {
  static readonly observedAttributes = ['label'];

  text = '';

  /** Whether the text is an address below the page's base, to be copied whole. */
  link = false;

  private readonly button = document.createElement('button');
  private readonly icon = document.createElement('gradus-icon');
  private readonly said = document.createElement('span');
  private back: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.button.type = 'button';
    this.icon.setAttribute('name', 'copy');
    this.button.append(this.icon);
    this.button.addEventListener('click', (event) => {
      event.stopPropagation();
      void this.copy();
    });
    this.said.className = 'said';
    this.said.setAttribute('role', 'status');
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [style];
    root.append(this.button, this.said);
  }

  attributeChangedCallback(_attribute: string, _before: string | null, label: string | null): void {
    this.button.setAttribute('aria-label', label ?? 'Copy');
    this.button.title = label ?? 'Copy';
  }

  private async copy(): Promise<void> {
    const text = this.link ? new URL(this.text, document.baseURI).href : this.text;
    const copied = (await this.throughClipboard(text)) || this.throughSelection(text);
    this.icon.setAttribute('name', copied ? 'check' : 'close');
    this.button.classList.toggle('done', copied);
    this.said.textContent = copied ? 'Copied' : 'The browser did not allow copying';
    clearTimeout(this.back);
    this.back = setTimeout(() => {
      this.icon.setAttribute('name', 'copy');
      this.button.classList.remove('done');
      this.said.textContent = '';
    }, 1600);
  }

  private async throughClipboard(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  // Over plain HTTP from another machine there is no clipboard interface.
  private throughSelection(text: string): boolean {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    this.shadowRoot!.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    this.button.focus();
    return copied;
  }
}

customElements.define('gradus-copy', GradusCopy);
