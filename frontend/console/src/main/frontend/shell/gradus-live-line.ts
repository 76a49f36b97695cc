const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; }
  div {
    background: var(--g-retry-tint); border-block-end: 1px solid var(--g-retry); color: var(--g-retry);
    font-size: var(--lumo-font-size-xs); font-weight: 600; padding: 5px 14px;
  }
  div:empty { display: none; }
`);

/** How often a page that is not live looks whether its question was answered. */
const LOOK_MILLIS = 250;

interface ConnectionStates {
  state: string;
  addStateChangeListener(listener: (before: string, now: string) => void): void;
  removeStateChangeListener(listener: (before: string, now: string) => void): void;
}

interface PushResponse {
  state: string;
  transport: string;
}

interface Push {
  addCallback(callback: (response: PushResponse) => void): void;
  removeCallback(callback: (response: PushResponse) => void): void;
}

interface VaadinWindow {
  Vaadin?: {
    connectionState?: ConnectionStates;
    Flow?: { clients?: Record<string, { isActive?(): boolean }> };
  };
  vaadinPush?: { atmosphere?: Push };
}

const page = window as VaadinWindow;

/**
 * Says since when the page has heard nothing from the server. What is on the page stays; what on it
 * says that it is live looks at the root's class `g-not-live`.
 */
class GradusLiveLine extends HTMLElement {
  private readonly line = document.createElement('div');
  private readonly heard = (_before: string, now: string): void => this.hear(now);
  private readonly pushed = (response: PushResponse): void => this.hearPush(response);
  private since: Date | undefined;
  private push: Push | undefined;
  private timer: number | undefined;
  /** Whether the page's own requests fail. */
  private unanswered = false;
  /** Whether the channel over which the server speaks first is cut. */
  private cut = false;
  private asking = false;

  constructor() {
    super();
    this.line.setAttribute('role', 'status');
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.append(this.line);
  }

  connectedCallback(): void {
    const states = page.Vaadin?.connectionState;
    states?.addStateChangeListener(this.heard);
    this.hear(states?.state ?? 'connected');
    this.look();
  }

  disconnectedCallback(): void {
    page.Vaadin?.connectionState?.removeStateChangeListener(this.heard);
    this.push?.removeCallback(this.pushed);
    this.push = undefined;
    window.clearTimeout(this.timer);
    document.documentElement.classList.remove('g-not-live');
  }

  private hear(state: string): void {
    if (state === 'reconnecting') {
      this.asking = asks();
    }
    // While it loads nothing is known yet.
    if (state !== 'loading') {
      this.unanswered = state !== 'connected';
    }
    this.show(state);
  }

  /** A long poll that ends is no loss, and one that fails is a request that fails. */
  private hearPush(response: PushResponse): void {
    if (response.state === 'unsubscribe') {
      // The page is done with it: it is left, or its session is over.
      this.push?.removeCallback(this.pushed);
    } else if (response.transport === 'websocket' && response.state === 'closed') {
      this.cut = true;
    } else if (['opening', 're-opening', 'messageReceived'].includes(response.state)) {
      this.cut = false;
    }
    this.show(page.Vaadin?.connectionState?.state ?? 'connected');
  }

  private show(state: string): void {
    const silent = this.unanswered || this.cut;
    document.documentElement.classList.toggle('g-not-live', silent);
    if (!silent) {
      this.since = undefined;
      this.line.textContent = '';
      return;
    }
    this.since ??= new Date();
    const time = this.since.toLocaleTimeString('en-GB');
    let text = `Not live since ${time}, reconnecting`;
    if (!navigator.onLine) {
      text = `Not live since ${time}: this device is offline`;
    } else if (state === 'connection-lost') {
      text = `Not live since ${time}: the server does not answer. Reload the page to try again`;
    }
    if (this.line.textContent !== text) {
      this.line.textContent = text;
    }
    this.look();
  }

  /**
   * Two things come without an event. The push script is loaded after this element. And a request
   * that failed and was answered when it was sent again: Vaadin's client then ends a "loading" that
   * the failure had already ended, which changes nothing, so that its state stays "reconnecting".
   */
  private look(): void {
    window.clearTimeout(this.timer);
    if (!this.push) {
      this.push = page.vaadinPush?.atmosphere;
      this.push?.addCallback(this.pushed);
    }
    const states = page.Vaadin?.connectionState;
    if (states?.state === 'reconnecting') {
      const asked = this.asking;
      this.asking = asks();
      if (asked && !this.asking) {
        states.state = 'connected';
        return;
      }
    }
    if (this.isConnected && (!this.push || this.unanswered)) {
      this.timer = window.setTimeout(() => this.look(), LOOK_MILLIS);
    }
  }
}

/** Whether a question of this page's is on its way; one that failed is until it is answered. */
function asks(): boolean {
  return Object.values(page.Vaadin?.Flow?.clients ?? {}).some((client) => client.isActive?.() === true);
}

customElements.define('gradus-live-line', GradusLiveLine);

export {};
