import type { ChangeSet, Text } from '@codemirror/state';
import type { Mode } from './languages';

/** Where a text goes; every call is one round trip. */
export interface Receiver {
  changed(epoch: number, from: number, to: number, insert: string, length: number, mode: Mode): Promise<void>;
  replaced(epoch: number, text: string, mode: Mode): Promise<void>;
}

/**
 * Keeps the server's copy of a text up to date. What is typed goes there as the one range that
 * changed, a message at a time, so that fast typing is gathered while one is on its way.
 */
export class Sending {
  /** Which of the texts that the server loaded or replaced the changes are changes of. */
  epoch = 0;
  /** What changed since the text that the server has. */
  private unsent: ChangeSet | null = null;
  private busy = false;

  constructor(
    private readonly server: () => Receiver | undefined,
    private readonly now: () => { doc: Text; mode: Mode } | undefined,
  ) {}

  /** Whether the server has an older text than there is, and was not told. */
  get pending(): boolean {
    return this.unsent !== null;
  }

  /** The server gave a text of its own. */
  begin(epoch: number): void {
    this.epoch = epoch;
    this.unsent = null;
  }

  changed(changes: ChangeSet): void {
    this.unsent = this.unsent ? this.unsent.compose(changes) : changes;
    if (!this.busy) void this.send();
  }

  /** Waits for no answer to what was sent before. */
  flush(): void {
    if (this.unsent) void this.send();
  }

  /** Sends the whole text: the server lost count. */
  resend(): void {
    const now = this.now();
    this.unsent = null;
    void this.server()?.replaced(this.epoch, now?.doc.toString() ?? '', now?.mode ?? 'json');
  }

  private async send(): Promise<void> {
    const now = this.now();
    const server = this.server();
    if (!this.unsent || !now || !server) return;
    let from = Infinity, to = 0, fromNow = Infinity, toNow = 0;
    this.unsent.iterChangedRanges((a, b, c, d) => {
      from = Math.min(from, a);
      to = Math.max(to, b);
      fromNow = Math.min(fromNow, c);
      toNow = Math.max(toNow, d);
    });
    this.unsent = null;
    this.busy = true;
    const insert = from === Infinity ? '' : now.doc.sliceString(fromNow, toNow);
    try {
      await server.changed(this.epoch, from === Infinity ? 0 : from, to, insert, now.doc.length, now.mode);
    } finally {
      this.busy = false;
      if (this.unsent) void this.send();
    }
  }
}
