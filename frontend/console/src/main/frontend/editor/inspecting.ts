import type { Text } from '@codemirror/state';
import type { ByForm } from './by-form';
import type { Knowledge } from './completion';
import type { Mode } from './languages';
import type { Value } from './outline';
import type { Path } from './patch';
import { placeAt } from './places';
import type { Problem } from './problems';
import { drawnStates } from './sketch';

/** A fault, and what it is in. */
export interface PlacedFault {
  /** A state's id in the graph; null for what is in none. */
  id: string | null;
  at: Path;
  message: string;
  severity: Problem['severity'];
}

/** What a form shows a part of. */
export interface Sheet {
  text: string;
  mode: Mode;
  root: Value;
  states: Map<string, Value>;
  locked: boolean;
  known: Knowledge | undefined;
  faults: PlacedFault[];
  hand: ByForm;
  undo(): void;
  redo(): void;
}

/** Fields that show what is written, and write into it. */
export interface Form {
  show(sheet: Sheet): void;
}

/** Tells a form what is written, in the frame that shows it. */
export class Inspecting {
  private frame = 0;
  private faults: PlacedFault[] = [];

  constructor(
    private readonly form: Form,
    private readonly now: () => Omit<Sheet, 'states' | 'faults'>,
  ) {
    this.draw();
  }

  draw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const now = this.now();
      this.form.show({ ...now, states: drawnStates(now.root), faults: this.faults });
    });
  }

  /** What the server found in the text as it is now. */
  judged(problems: Problem[], doc: Text): void {
    const { root } = this.now();
    const ids = new Map([...drawnStates(root)].map(([id, state]) => [state, id]));
    this.faults = problems.map((problem) => placed(problem, doc, root, ids));
    this.draw();
  }
}

function placed({ message, severity, line, column }: Problem, doc: Text, root: Value, ids: Map<Value, string>): PlacedFault {
  const begin = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const { chain } = placeAt(root, Math.min(begin.from + Math.max(column - 1, 0), begin.to));
  const state = chain.findLastIndex(({ member }) => ids.has(member.value));
  const at = chain.slice(state + 1).map(({ step }) => ('key' in step ? step.key : step.index));
  return { id: state < 0 ? null : ids.get(chain[state]!.member.value)!, at, message, severity };
}
