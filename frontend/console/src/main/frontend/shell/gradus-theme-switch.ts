import '../part/gradus-icon.js';

type Choice = 'light' | 'dark' | 'system';

declare global {
  interface Window {
    gradusTheme?: { chosen(): Choice; choose(choice: Choice): void };
  }
}

const NEXT: Record<Choice, Choice> = { system: 'light', light: 'dark', dark: 'system' };
const DRAWING: Record<Choice, string> = { system: 'system', light: 'sun', dark: 'moon' };

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: inline-block; }
  button {
    align-items: center; background: none; block-size: 28px; border: 0; border-radius: 4px;
    color: var(--lumo-secondary-text-color); cursor: pointer; display: inline-flex;
    inline-size: 28px; justify-content: center; padding: 0;
  }
  button:hover { background: var(--lumo-contrast-5pct); color: var(--lumo-body-text-color); }
  button:focus-visible { outline: 2px solid var(--vaadin-focus-ring-color); outline-offset: 1px; }
  @media (pointer: coarse) { button { block-size: 44px; inline-size: 44px; } }
`);

/** Goes round light, dark and as the system is; the browser keeps it. */
class GradusThemeSwitch extends HTMLElement {
  private readonly button = document.createElement('button');
  private readonly icon = document.createElement('gradus-icon');
  private readonly show = (): void => this.render();

  constructor() {
    super();
    this.button.type = 'button';
    this.button.append(this.icon);
    this.button.addEventListener('click', () => {
      window.gradusTheme?.choose(NEXT[window.gradusTheme.chosen()]);
    });
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [style];
    root.append(this.button);
  }

  connectedCallback(): void {
    document.addEventListener('gradus-theme', this.show);
    this.render();
  }

  disconnectedCallback(): void {
    document.removeEventListener('gradus-theme', this.show);
  }

  private render(): void {
    const chosen = window.gradusTheme?.chosen() ?? 'system';
    const words = `Theme: ${chosen}. Switch to ${NEXT[chosen]}`;
    this.icon.setAttribute('name', DRAWING[chosen]);
    this.button.setAttribute('aria-label', words);
    this.button.title = words;
  }
}

customElements.define('gradus-theme-switch', GradusThemeSwitch);
