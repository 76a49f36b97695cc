const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; min-block-size: 18px; }
  span { color: var(--g-retry); font-size: var(--lumo-font-size-xs); font-weight: 600; }
`);

const KEY = 'gradus.login';

interface LoginForm extends HTMLElement {
  noAutofocus: boolean;
}

interface Field extends HTMLElement {
  value: string;
}

/**
 * Helps who logs in: says that caps lock is on, as long as it is, and after a refusal fills in again
 * who it was. The name is kept by this tab alone, from the try to its answer.
 */
class GradusLoginHelp extends HTMLElement {
  private readonly words = document.createElement('span');
  private readonly look = (event: KeyboardEvent): void => {
    if (event instanceof KeyboardEvent) {
      this.words.textContent = event.getModifierState('CapsLock') ? 'Caps lock is on' : '';
    }
  };
  private readonly remember = (event: Event): void => {
    sessionStorage.setItem(KEY, (event as CustomEvent<{ username: string }>).detail.username);
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
    window.addEventListener('login', this.remember);
    void this.recall();
  }

  disconnectedCallback(): void {
    window.removeEventListener('keydown', this.look);
    window.removeEventListener('keyup', this.look);
    window.removeEventListener('login', this.remember);
  }

  private async recall(): Promise<void> {
    const name = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const form = this.parentElement?.querySelector<LoginForm>('vaadin-login-form');
    if (!name || !form || !/^\?(error|wait|busy)/.test(location.search)) {
      return;
    }
    form.noAutofocus = true;
    await customElements.whenDefined('vaadin-login-form');
    // The form draws its fields by itself, and puts the cursor into the first.
    for (let frame = 0; frame < 2; frame++) {
      await new Promise(requestAnimationFrame);
    }
    const user = form.querySelector<Field>('[name=username]');
    if (user && !user.value) {
      user.value = name;
      form.querySelector<Field>('[name=password]')?.focus();
    }
  }
}

customElements.define('gradus-login-help', GradusLoginHelp);

export {};
