import type { Field } from './fields';

interface Draft {
  field: Field;
  typed: string;
  /** What the field showed when it was typed. */
  base: string;
  /** Why it is not written. */
  fault?: string;
}

/** What was typed into fields and is not in the text: it stays until it is there, or the text is another. */
export class Drafts {
  private readonly all = new Map<string, Draft>();

  /** @param held whether somebody writes into the field now */
  of(id: string, shown: string, held: boolean): Draft | undefined {
    const draft = this.all.get(id);
    if (draft && draft.base !== shown && !held) {
      this.all.delete(id);
      return undefined;
    }
    return draft;
  }

  /** @param why what is wrong with a text that was refused before; it is told again only as long as something is */
  typed(id: string, field: Field, typed: string, shown: string, why: (typed: string) => string): void {
    const before = this.all.get(id);
    const fault = before?.fault === undefined ? '' : why(typed);
    if (typed === shown) this.all.delete(id);
    else this.all.set(id, { field, typed, base: shown, ...(fault === '' ? {} : { fault }) });
  }

  refuse(id: string, field: Field, typed: string, shown: string, fault: string): void {
    this.all.set(id, { field, typed, base: shown, fault });
  }

  has(id: string): boolean {
    return this.all.has(id);
  }

  drop(id: string): void {
    this.all.delete(id);
  }

  /** Places in lists are others now. */
  forget(): void {
    this.all.clear();
  }

  /** What could be written. */
  open(): Draft[] {
    return [...this.all.values()].filter((each) => each.fault === undefined);
  }
}
