const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; }
  div {
    background: var(--g-retry-tint); border-block-end: 1px solid var(--g-retry); color: var(--g-retry);
    font-size: var(--lumo-font-size-xs); font-weight: 600; padding: 5px 14px;
  }
  div:empty { display: none; }
`);

interface ConnectionStates {
  state: string;
  addStateChangeListener(listener: (before: string, now: string) => void): void;
}

/** Says since when the page has heard nothing from the server. What is on the page stays. */
class GradusLiveLine extends HTMLElement {
  private readonly line = document.createElement('div');
  private since: Date | undefined;

  constructor() {
    super();
    this.line.setAttribute('role', 'status');
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.append(this.line);
    const states = (window as { Vaadin?: { connectionState?: ConnectionStates } }).Vaadin?.connectionState;
    if (states) {
      states.addStateChangeListener((_before, now) => this.show(now));
      this.show(states.state);
    }
  }

  private show(state: string): void {
    if (state !== 'reconnecting' && state !== 'connection-lost') {
      if (state === 'connected') {
        this.since = undefined;
        this.line.textContent = '';
      }
      return;
    }
    this.since ??= new Date();
    const time = this.since.toLocaleTimeString('en-GB');
    this.line.textContent =
      state === 'reconnecting'
        ? `Not live since ${time}, reconnecting`
        : `Not live since ${time}: the server does not answer. Reload the page to try again`;
  }
}

customElements.define('gradus-live-line', GradusLiveLine);

export {};
