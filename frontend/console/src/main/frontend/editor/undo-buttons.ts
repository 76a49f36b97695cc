import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';

/** The buttons that take back what was done, and do it again; each while there is something. */
export class UndoButtons {
  constructor(
    private readonly back: HTMLButtonElement,
    private readonly again: HTMLButtonElement,
    view: () => EditorView | undefined,
  ) {
    const does = (act: typeof undo) => () => {
      const editor = view();
      if (editor) act(editor);
    };
    back.addEventListener('click', does(undo));
    again.addEventListener('click', does(redo));
  }

  show(view: EditorView): void {
    this.back.disabled = undoDepth(view.state) === 0;
    this.again.disabled = redoDepth(view.state) === 0;
  }
}
