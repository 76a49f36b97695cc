import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Mode } from './languages';
import type { Value } from './outline';

/** What the server knows of the language and of this tenant. */
export interface Knowledge {
  machineFields: string[];
}

export interface Written {
  root: Value;
  mode: Mode;
  known?: Knowledge;
}

export function aslCompletion(_written: () => Written) {
  return (_context: CompletionContext): CompletionResult | null => null;
}
