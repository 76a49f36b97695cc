import type { Json } from './writing';

/** The types in which states are offered. */
export type Kind = 'task' | 'choice' | 'parallel' | 'map' | 'pass' | 'wait' | 'succeed' | 'fail';

export const WORDS: Record<Kind, string> = {
  task: 'Task', choice: 'Choice', parallel: 'Parallel', map: 'Map',
  pass: 'Pass', wait: 'Wait', succeed: 'Succeed', fail: 'Fail',
};

export const isTerminal = (kind: Kind): boolean => kind === 'succeed' || kind === 'fail';

/** What a state is written of, and the states it needs beside it. */
export interface Blank {
  state: Record<string, Json>;
  more: Record<string, Json>;
}

/**
 * A state that the validator finds nothing wrong with.
 *
 * @param next the state that comes next; undefined where it ends its machine
 * @param fresh gives a name that no state has, from a word
 */
export function blank(
  kind: Kind, language: 'JSONata' | 'JSONPath', next: string | undefined, fresh: (word: string) => string,
): Blank {
  const jsonata = language === 'JSONata';
  const Type = WORDS[kind];
  const on: Record<string, Json> = next === undefined ? { End: true } : { Next: next };
  const alone = (state: Record<string, Json>): Blank => ({ state: { Type, ...state }, more: {} });
  const machine = (): Record<string, Json> => {
    const name = fresh('Pass');
    return { StartAt: name, States: { [name]: { Type: 'Pass', End: true } } };
  };
  switch (kind) {
    case 'task': {
      const FunctionName = 'my-function';
      const call: Record<string, Json> = jsonata
        ? { Arguments: { FunctionName, Payload: '{% $states.input %}' } }
        : { Parameters: { FunctionName, 'Payload.$': '$' } };
      return alone({ Resource: 'arn:aws:states:::lambda:invoke', ...call, ...on });
    }
    case 'choice': {
      // A Choice cannot end by itself.
      const to = next ?? fresh('Succeed');
      const rule: Record<string, Json> = jsonata
        ? { Condition: '{% $exists($states.input.example) %}' }
        : { Variable: '$.example', IsPresent: true };
      return {
        state: { Type, Choices: [{ ...rule, Next: to }], Default: to },
        more: next === undefined ? { [to]: { Type: 'Succeed' } } : {},
      };
    }
    case 'parallel':
      return alone({ Branches: [machine(), machine()], ...on });
    case 'map':
      return alone({ ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...machine() }, ...on });
    case 'wait':
      return alone({ Seconds: 5, ...on });
    case 'fail':
      return alone({ Error: 'Failed', Cause: 'What went wrong' });
    case 'succeed':
      return alone({});
    case 'pass':
      return alone(on);
  }
}
