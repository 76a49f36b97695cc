import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Fix } from './fixes';
import type { Value } from './outline';
import { placeAt } from './places';

/** A fault as the server's validator found it; line and column from 1, 0 where it has no place. */
export interface Problem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  line: number;
  column: number;
}

/** Underlines the faults: the value where a member has a plain one, else its name. */
export function showProblems(
  view: EditorView, problems: Problem[], root: Value, fixes: (at: number) => Fix[],
): void {
  const doc = view.state.doc;
  const found: Diagnostic[] = problems.map((problem) => {
    const line = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
    const at = Math.min(line.from + Math.max(problem.column - 1, 0), line.to);
    const { from, to } = range(root, at, line.to);
    return {
      from,
      to,
      severity: problem.severity,
      message: problem.message,
      renderMessage: () => text(problem),
      actions: fixes(at).map(({ label }) => ({
        name: label,
        apply: (_: EditorView, now: number) => mend(view, fixes(now).find((each) => each.label === label)),
      })),
    };
  });
  view.dispatch(setDiagnostics(view.state, found));
}

/** Makes the change and shows where. */
export function mend(view: EditorView, fix: Fix | undefined): void {
  if (!fix) return;
  const changes = view.state.changes(fix.changes);
  let at = 0;
  changes.iterChangedRanges((_a, _b, _from, to) => (at = to));
  view.dispatch({ changes, selection: { anchor: at }, scrollIntoView: true, userEvent: 'input.fix' });
  view.focus();
}

function range(root: Value, at: number, lineEnd: number): { from: number; to: number } {
  const last = placeAt(root, at).chain.at(-1);
  if (last && last.member.keyFrom === at && last.member.keyTo > at) {
    const value = last.member.value;
    return value.kind === 'scalar' && value.to <= lineEnd
      ? { from: value.from, to: value.to }
      : { from: at, to: last.member.keyTo };
  }
  if (last && last.member.value.from === at && last.member.value.kind === 'scalar') {
    return { from: at, to: Math.min(last.member.value.to, lineEnd) };
  }
  return { from: at, to: Math.min(at + 1, lineEnd) };
}

/** The message and its code, as text. */
function text(problem: Problem): HTMLElement {
  const shown = document.createElement('div');
  shown.append(problem.message);
  const code = document.createElement('span');
  code.className = 'cm-diagnosticCode';
  code.append(problem.code);
  shown.append(code);
  return shown;
}
