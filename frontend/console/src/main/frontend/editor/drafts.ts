import type { Mode } from './languages';

const KEPT_MS = 14 * 24 * 3600 * 1000;
const RESTS_MS = 400;

export interface Draft {
  text: string;
  mode: Mode;
  at: number;
  /** The revision that the draft changes. */
  base: string;
}

/** What was written and not saved, in this browser, against a closed tab or a lost connection. */
export class Drafts {
  base = '';
  private timer = 0;

  constructor(private readonly key: string) {}

  keep(text: () => string, mode: Mode): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const draft: Draft = { text: text(), mode, at: Date.now(), base: this.base };
      try {
        localStorage.setItem(this.key, JSON.stringify(draft));
      } catch {
        // A full or forbidden storage: there is no draft then, and the page still asks before it goes.
      }
    }, RESTS_MS);
  }

  find(): Draft | null {
    try {
      const found = JSON.parse(localStorage.getItem(this.key) ?? 'null') as Draft | null;
      if (found && typeof found.text === 'string' && Date.now() - found.at < KEPT_MS) return found;
      if (found) localStorage.removeItem(this.key);
    } catch {
      // Not ours, or not to be read: there is none.
    }
    return null;
  }

  forget(): void {
    clearTimeout(this.timer);
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Then there was none.
    }
  }
}
