import { isolateHistory, redo, undo } from '@codemirror/commands';
import { EditorView } from '@codemirror/view';
import type { Author, Done, Spot, Way } from '../graph/author';
import type { Kind } from '../graph/model';
import { Definition, Refused } from './definition';
import { duplicate, insert, lead, remove, rename, type Edit } from './edits';
import type { Mode } from './languages';
import type { Value } from './outline';
import { drawnStates } from './sketch';

/** The editor whose text is changed. */
export interface Desk {
  readonly view?: EditorView;
  readonly mode: Mode;
  readonly locked: boolean;
  read(text: string): Value;
  /** The text is another, and what the server does next it does to this one. */
  changed(): void;
}

/** Does to the text what people do to its graph; each is one step of its history. */
export class ByHand implements Author {
  constructor(private readonly desk: Desk) {}

  insert(kind: Kind, spot: Spot): Done {
    return this.change((of) => insert(of, kind, spot));
  }

  remove(id: string): Done {
    return this.change((of) => remove(of, id));
  }

  rename(id: string, name: string): Done {
    return this.change((of) => rename(of, id, name));
  }

  lead(way: Way, to: string | null): Done {
    return this.change((of) => lead(of, way, to));
  }

  duplicate(id: string): Done {
    return this.change((of) => duplicate(of, id));
  }

  undo(): void {
    if (this.desk.view) undo(this.desk.view);
  }

  redo(): void {
    if (this.desk.view) redo(this.desk.view);
  }

  private change(make: (of: Definition) => Edit): Done {
    const { view, mode } = this.desk;
    if (!view || this.desk.locked) return refused('The text is for reading only.');
    try {
      return this.write(view, mode, make);
    } catch (problem) {
      if (problem instanceof Refused) return refused(problem.message);
      throw problem;
    }
  }

  private write(view: EditorView, mode: Mode, make: (of: Definition) => Edit): Done {
    const text = view.state.doc.toString();
    const before = new Definition(text, mode, this.desk.read(text));
    if (!before.isBlank && !isSound(text, mode)) throw new Refused('The text has a fault that is to be mended first: F8 goes to where.');
    const edit = make(before);
    const changes = view.state.changes(edit.changes);
    const written = changes.apply(view.state.doc).toString();
    const after = new Definition(written, mode, this.desk.read(written));
    // Text is written by people: what was not understood in it is left as it is.
    if (!isSound(written, mode) || !after.hasJust(edit.names)) {
      throw new Refused('The text is written in a way that can only be changed as text.');
    }
    const chosen = after.states.find((each) => each.name === edit.select);
    const at = chosen?.member.keyFrom;
    view.dispatch({
      changes,
      selection: at === undefined ? undefined : { anchor: at },
      effects: at === undefined ? [] : EditorView.scrollIntoView(at, { y: 'center' }),
      userEvent: 'input.graph',
      annotations: isolateHistory.of('full'),
    });
    this.desk.changed();
    const id = [...drawnStates(after.root)].find(([, state]) => state === chosen?.state)?.[0];
    return { said: edit.said, refused: false, select: id ?? null };
  }
}

function refused(said: string): Done {
  return { said, refused: true, select: null };
}

/** Whether JSON can be read; the server's reader is stricter, and tells of the rest. */
export function isSound(text: string, mode: Mode): boolean {
  if (mode !== 'json') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
