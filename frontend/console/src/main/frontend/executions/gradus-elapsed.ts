import { spanText } from './time-axis.js';

/** How long something takes so far, counted on by the browser itself: `since` and `until` are milliseconds since 1970. */
class GradusElapsed extends HTMLElement {
  static readonly observedAttributes = ['since', 'until', 'now'];
  private timer = 0;
  private skew = 0;

  connectedCallback(): void {
    this.follow();
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === 'now' && value) {
      this.skew = Number(value) - Date.now();
    }
    if (this.isConnected) {
      this.follow();
    }
  }

  private follow(): void {
    const runs = !this.hasAttribute('until');
    if (runs && !this.timer) {
      this.timer = window.setInterval(() => this.show(), 500);
    } else if (!runs) {
      window.clearInterval(this.timer);
      this.timer = 0;
    }
    this.show();
  }

  private show(): void {
    const since = Number(this.getAttribute('since'));
    const until = this.hasAttribute('until') ? Number(this.getAttribute('until')) : Date.now() + this.skew;
    this.textContent = spanText(Math.max(0, until - since));
  }
}

customElements.define('gradus-elapsed', GradusElapsed);
