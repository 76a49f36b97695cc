import { startCompletion, type CompletionResult } from '@codemirror/autocomplete';
import { forEachDiagnostic, nextDiagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Fix } from './fixes';
import { mend } from './problems';

/** Offers the ways to mend a fault in the list that completion has: the same keys, the same looks. */
export class Fixing {
  private offered?: Fix[];

  /** @param fixes what may be done about the fault at a position */
  constructor(private readonly fixes: (at: number) => Fix[]) {}

  /** Offers what mends the fault at the cursor, else the next fault. */
  offer(view: EditorView): void {
    let found = this.ofLine(view);
    if (found.length === 0 && nextDiagnostic(view)) found = this.ofLine(view);
    if (found.length > 0) {
      this.offered = found;
      startCompletion(view);
    }
  }

  /** What is offered now, for completion; nothing where nobody asked. */
  source(view: EditorView | undefined): CompletionResult | null {
    const fixes = this.offered;
    this.offered = undefined;
    if (!fixes || !view) return null;
    return {
      from: view.state.selection.main.head,
      filter: false,
      options: fixes.map((fix) => ({ label: fix.label, type: 'fix', apply: () => mend(view, fix) })),
    };
  }

  /** The fixes of the fault at the cursor, else of the first in its line that has any. */
  private ofLine(view: EditorView): Fix[] {
    const head = view.state.selection.main.head;
    const line = view.state.doc.lineAt(head);
    const places: number[] = [];
    forEachDiagnostic(view.state, (_, from, to) => {
      if (from <= head && head <= to) places.unshift(from);
      else if (from <= line.to && to >= line.from) places.push(from);
    });
    return places.map((at) => this.fixes(at)).find((fixes) => fixes.length > 0) ?? [];
  }
}
