import { isSingleKey } from '../shell/keys';

const APART_MS = 80;
const RESTS_MS = 300;

/** Hears `[`, `]` and L wherever nothing is being written. A key that is held goes many events at a time. */
class GradusMomentKeys extends HTMLElement {
  private by = 0;
  private timer = 0;
  private rest = 0;

  connectedCallback(): void {
    this.style.display = 'none';
    document.addEventListener('keydown', this.heard);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.heard);
    window.clearTimeout(this.timer);
    window.clearTimeout(this.rest);
    this.timer = 0;
    this.rest = 0;
    this.by = 0;
  }

  private readonly heard = (event: KeyboardEvent): void => {
    const step = event.key === '[' ? -1 : event.key === ']' ? 1 : 0;
    if ((step === 0 && event.key.toLowerCase() !== 'l') || !isSingleKey(event)) {
      return;
    }
    event.preventDefault();
    window.clearTimeout(this.rest);
    this.rest = 0;
    if (step === 0) {
      this.by = 0;
      this.dispatchEvent(new CustomEvent('moment-live'));
      return;
    }
    this.by += step;
    // The last one, after which it rests, is the one for the address.
    this.rest = window.setTimeout(() => this.tell(0, true), RESTS_MS);
    this.flush();
  };

  private flush(): void {
    if (this.timer || this.by === 0) {
      return;
    }
    this.tell(this.by, false);
    this.by = 0;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.flush();
    }, APART_MS);
  }

  private tell(by: number, rests: boolean): void {
    this.dispatchEvent(new CustomEvent('moment-step', { detail: { by, rests } }));
  }
}

customElements.define('gradus-moment-keys', GradusMomentKeys);
