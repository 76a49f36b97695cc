import { isolateHistory } from '@codemirror/commands';
import { EditorView } from '@codemirror/view';
import { isSound, type Desk } from './by-hand';
import { Definition, Refused } from './definition';
import type { Value } from './outline';
import { patched, Patching, put, type Patch, type Path } from './patch';
import { jsonOf, same } from './reading';

/** Does to the text what people write into the fields of a state; each is one step of its history. */
export class ByForm {
  constructor(private readonly desk: Desk) {}

  /**
   * @param id of a state in the graph; null for the machine
   * @returns why it was not done; empty where it was
   */
  write(id: string | null, patch: Patch): string {
    const { view, locked } = this.desk;
    if (!view || locked) return 'The text is for reading only.';
    try {
      this.change(view, id, patch);
      return '';
    } catch (problem) {
      if (problem instanceof Refused) return problem.message;
      throw problem;
    }
  }

  private change(view: EditorView, id: string | null, patch: Patch): void {
    const { mode } = this.desk;
    const text = view.state.doc.toString();
    const root = this.desk.read(text);
    if (!isSound(text, mode)) throw new Refused('The text has a fault that is to be mended first: F8 goes to where.');
    const of = new Definition(text, mode, root);
    const holder = id === null ? root : of.find(id).state.value;
    const at = pathTo(root, holder);
    if (!at || holder.kind !== 'object') throw new Refused('There is no state here to be changed.');
    const changes = view.state.changes(new Patching(text, mode, of.writing).changes(holder, patch));
    if (changes.empty) return;
    const written = changes.apply(view.state.doc).toString();
    const wanted = put(jsonOf(text, mode, root), at, (was) => patched(was!, patch));
    // Text is written by people: what was not understood in it is left as it is.
    if (!isSound(written, mode) || !same(wanted, jsonOf(written, mode, this.desk.read(written)))) {
      throw new Refused('This is written in a way that can only be changed as text.');
    }
    let cursor = -1;
    changes.iterChanges((_from, _to, from, _until, insert) => {
      if (cursor < 0) cursor = from + /^[\s,]*/.exec(insert.toString())![0].length;
    });
    const line = written.lastIndexOf('\n', cursor - 1) + 1;
    view.dispatch({
      changes,
      selection: { anchor: cursor },
      effects: EditorView.scrollIntoView(line, { y: 'nearest', yMargin: 40 }),
      userEvent: 'input.form',
      annotations: isolateHistory.of('full'),
    });
    this.desk.changed();
  }
}

/** The way to a value, by the members that lead there. */
function pathTo(root: Value, sought: Value): Path | undefined {
  if (root === sought) return [];
  for (const [at, { key, value }] of root.members.entries()) {
    if (sought.from < value.from || sought.to > value.to) continue;
    const rest = pathTo(value, sought);
    if (rest) return [root.kind === 'array' ? at : key, ...rest];
  }
  return undefined;
}
