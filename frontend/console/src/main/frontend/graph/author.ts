/** What people may do to a graph, and who does it: the editor whose text it shows. */
import type { Kind, Why } from './model.js';

/** One way from a state to the next, as it is drawn. */
export interface Way {
  why: Why;
  /** The id of the state that it leaves; null for the one from the start. */
  from: string | null;
  /** The name of the state that it leads to; empty for the end. */
  to: string;
  /** Which of those that say the same it is, from 0. */
  nth: number;
}

/** Where a state is put. */
export type Spot =
  | { at: 'way'; way: Way }
  | { at: 'before' | 'after' | 'inside'; id: string }
  /** Where there is no state yet. */
  | { at: 'machine' };

/** What was done, or why it was not, in words. */
export interface Done {
  said: string;
  refused: boolean;
  /** The id of the state to look at now; null for none. */
  select: string | null;
}

/** Changes the text that a graph shows; each call is one step that can be undone. */
export interface Author {
  insert(kind: Kind, spot: Spot): Done;
  remove(id: string): Done;
  rename(id: string, name: string): Done;
  /** @param to the id of the state that it is to lead to; null for the end */
  lead(way: Way, to: string | null): Done;
  duplicate(id: string): Done;
  undo(): void;
  redo(): void;
}
