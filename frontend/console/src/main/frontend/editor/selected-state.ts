import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Which range of the text is the selected state; null for none. */
export const markState = StateEffect.define<{ from: number; to: number } | null>();

const line = Decoration.line({ class: 'cm-selectedState' });

function lines(state: EditorState, from: number, to: number): DecorationSet {
  const found = [];
  const end = Math.min(to, state.doc.length);
  for (let at = state.doc.lineAt(Math.min(from, end)); ; at = state.doc.line(at.number + 1)) {
    found.push(line.range(at.from));
    if (at.to >= end || at.number === state.doc.lines) break;
  }
  return Decoration.set(found);
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, tr) {
    for (const effect of tr.effects) {
      if (effect.is(markState)) {
        return effect.value ? lines(tr.state, effect.value.from, effect.value.to) : Decoration.none;
      }
    }
    return shown.map(tr.changes);
  },
  provide: (it) => EditorView.decorations.from(it),
});

/** Shows beside the text which lines are the selected state's. */
export const selectedState: Extension = field;
