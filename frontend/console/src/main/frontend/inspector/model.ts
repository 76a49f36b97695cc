import type { Patch } from '../editor/patch';
import { jsonText } from '../editor/reading';
import { isPlain, Verbatim, type Json } from '../editor/writing';
import type { Field, Kind } from './fields';
import { word, type Seen } from './seen';

/** What a form shows: fields, and lists of such. */
export interface Group {
  title: string;
  fields: Field[];
  lists: List[];
}

export interface Item {
  at: [string, number];
  fields: Field[];
  /** In a few words. */
  summary: string;
  /** What has no field. */
  others: string[];
}

export interface List {
  key: string;
  title: string;
  /** What one of it is called. */
  one: string;
  /** Undefined where it is written in a way that has no fields. */
  items: Item[] | undefined;
  /** A new one; undefined where none can be. */
  fresh: Json | undefined;
}

type Spec = [key: string, kind: Kind, more?: Partial<Field>];

const SECONDS = 'A number of seconds';

const COMMENT: Spec = ['Comment', 'prose'];

const SETTINGS: Spec[] = [
  ['Resource', 'resource'],
  ['Seconds', 'number', { path: 'SecondsPath', rivals: ['Timestamp', 'TimestampPath'], hint: SECONDS }],
  ['Timestamp', 'text', { path: 'TimestampPath', rivals: ['Seconds', 'SecondsPath'], hint: 'In the place of Seconds: 2030-01-31T08:00:00Z' }],
  ['Error', 'text', { path: 'ErrorPath' }],
  ['Cause', 'prose', { path: 'CausePath' }],
  ['Result', 'json'],
  ['Items', 'json'],
  ['ItemsPath', 'path'],
  ['ItemSelector', 'json'],
  ['MaxConcurrency', 'number', { path: 'MaxConcurrencyPath', hint: 'How many items at a time' }],
  ['ToleratedFailureCount', 'number', { path: 'ToleratedFailureCountPath' }],
  ['ToleratedFailurePercentage', 'number', { path: 'ToleratedFailurePercentagePath' }],
  ['TimeoutSeconds', 'number', { path: 'TimeoutSecondsPath', hint: SECONDS }],
  ['HeartbeatSeconds', 'number', { path: 'HeartbeatSecondsPath', hint: SECONDS }],
  ['Label', 'text'],
];

const DATA: Spec[] = [
  ['InputPath', 'path'],
  ['Arguments', 'json'],
  ['Parameters', 'json'],
  ['ResultSelector', 'json'],
  ['ResultPath', 'path'],
  ['Output', 'json'],
  ['OutputPath', 'path'],
  ['Assign', 'json'],
];

const DISTRIBUTED = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'ToleratedFailureCount', 'ToleratedFailurePercentage'];

/** Fields of a state's members that have their place elsewhere, or in the graph. */
const ELSEWHERE = [
  'Type', 'Next', 'End', 'Choices', 'Default', 'Branches', 'ItemProcessor', 'Iterator', 'Retry', 'Catch', 'StartAt', 'States',
];

const MODE = ['ItemProcessor', 'ProcessorConfig', 'Mode'];

/** Everything that has a field in this state, or in the machine. */
export function groupsOf(seen: Seen): Group[] {
  if (seen.isMachine) return [machine(seen)];
  const groups: Group[] = [{ title: '', fields: some(seen, [COMMENT, ...SETTINGS]), lists: [] }];
  if (seen.type === 'Map' && seen.at(['ItemProcessor'])) groups.push(processor(seen));
  if (seen.type === 'Choice') groups.push(choice(seen));
  groups.push({ title: 'Input and output', fields: some(seen, DATA), lists: [] });
  if (['Task', 'Parallel', 'Map'].includes(seen.type)) {
    groups.push({ title: 'Errors', fields: [], lists: [retry(seen), catchers(seen)] });
  }
  return groups.filter((group) => group.fields.length > 0 || group.lists.length > 0);
}

/** The members that have no field, by name. */
export function othersOf(seen: Seen, groups: Group[]): string[] {
  const shown = new Set(groups.flatMap((group) => group.fields).flatMap((field) => [String(field.at[0]), field.path ?? '']));
  return seen.members.map((each) => each.key).filter((key) => !shown.has(key) && !ELSEWHERE.includes(key));
}

function machine(seen: Seen): Group {
  const fields = [COMMENT, SETTINGS.find(([key]) => key === 'TimeoutSeconds')!].map((each) => made(each, []));
  fields.forEach((field) => delete field.path);
  return {
    title: '',
    fields: [...fields, {
      at: ['QueryLanguage'], kind: 'text', label: 'QueryLanguage', readOnly: true, fixed: seen.language,
      hint: seen.at(['QueryLanguage']) ? 'Its states are written in it: it is changed in the text' : 'It is left out, which is JSONPath',
    }],
    lists: [],
  };
}

const made = ([key, kind, more]: Spec, at: (string | number)[]): Field => ({ at: [...at, key], kind, label: key, ...more });

/** Those that the state has, and, for who may write, those that it may have. */
function some(seen: Seen, specs: Spec[]): Field[] {
  const distributed = word(seen.json(MODE.slice(0, 2)), 'Mode') === 'DISTRIBUTED';
  return specs
    .filter(([key, , more]) => {
      if (seen.at([key]) || (more?.path && seen.at([more.path]))) return true;
      if (key === 'Parameters' && seen.type === 'Map') return false; // its older name
      return seen.takes(key) && (distributed || !DISTRIBUTED.includes(key));
    })
    .map((spec) => {
      const field = made(spec, []);
      const byPath = field.path !== undefined && seen.language === 'JSONPath';
      if (byPath) field.hint = `${field.hint ? `${field.hint}, or` : 'A text, or'} a path such as $.value`;
      if (field.kind === 'number' && seen.language === 'JSONata') field.hint = `${field.hint ?? 'A number'}, or {% … %}`;
      if (field.kind === 'number' && !field.hint) field.hint = 'A number';
      return field;
    });
}

function processor(seen: Seen): Group {
  const config = (seen.json(MODE.slice(0, 2)) ?? {}) as Record<string, Json>;
  const make = (Mode: string): Patch => {
    const { ExecutionType = 'STANDARD', ...others } = config;
    const to = Mode === 'DISTRIBUTED' ? { ...others, Mode, ExecutionType } : { ...others, Mode };
    return { do: 'set', at: MODE.slice(0, 2), to: Mode === '' ? undefined : to };
  };
  const fields: Field[] = [{ at: MODE, kind: 'options', label: 'Mode', options: ['', 'INLINE', 'DISTRIBUTED'], make }];
  if (word(config, 'Mode') === 'DISTRIBUTED') {
    fields.push({
      at: [...MODE.slice(0, 2), 'ExecutionType'], kind: 'options', label: 'ExecutionType', options: ['', 'STANDARD', 'EXPRESS'],
    });
    fields.push(...some(seen, [['ItemReader', 'json'], ['ItemBatcher', 'json'], ['ResultWriter', 'json']]));
  }
  return { title: 'How its items run', fields, lists: [] };
}

function list(
  seen: Seen, key: string, title: string, one: string, fresh: Json | undefined, specs: Spec[], summary: (json: Json) => string,
): List {
  const items = seen.items(key)?.map(({ keys }, at): Item => {
    const fields = specs
      .filter(([name]) => keys.includes(name) || seen.sheet.known !== undefined)
      .map((spec) => made(spec, [key, at]));
    const names = new Set(specs.map(([name]) => name));
    return {
      at: [key, at], fields, summary: summary(seen.json([key, at])!), others: keys.filter((name) => !names.has(name)),
    };
  });
  return { key, title, one, items, fresh };
}

const ERRORS: Spec = ['ErrorEquals', 'errors', { needed: true, hint: 'One name a line' }];
const NEXT: Spec = ['Next', 'state', { needed: true }];

const dataOf = (seen: Seen): Spec[] =>
  seen.language === 'JSONata' ? [['Output', 'json'], ['Assign', 'json']] : [['ResultPath', 'path'], ['Assign', 'json']];

function retry(seen: Seen): List {
  return list(seen, 'Retry', 'Retry', 'Retrier', { ErrorEquals: ['States.ALL'] }, [
    ERRORS,
    ['IntervalSeconds', 'number', { hint: '1 where left out' }],
    ['MaxAttempts', 'number', { hint: '3 where left out' }],
    ['BackoffRate', 'number', { hint: '2 where left out' }],
    ['MaxDelaySeconds', 'number'],
    ['JitterStrategy', 'options', { options: ['', 'NONE', 'FULL'] }],
    COMMENT,
  ], errors);
}

function catchers(seen: Seen): List {
  const to = seen.beside[0];
  const fresh = to === undefined ? undefined : { ErrorEquals: ['States.ALL'], Next: to };
  return list(seen, 'Catch', 'Catch', 'Catcher', fresh, [ERRORS, NEXT, ...dataOf(seen), COMMENT],
    (json) => `${errors(json)} → ${word(json, 'Next') || '?'}`);
}

function choice(seen: Seen): Group {
  const jsonata = seen.language === 'JSONata';
  const fallback = seen.json(['Default']);
  const to = typeof fallback === 'string' ? fallback : seen.beside[0];
  const rule: Record<string, Json> = jsonata
    ? { Condition: '{% $exists($states.input.example) %}' } : { Variable: '$.example', IsPresent: true };
  const specs: Spec[] = jsonata
    ? [['Condition', 'condition', { needed: true }], NEXT, ['Output', 'json'], ['Assign', 'json'], COMMENT]
    : [NEXT, ['Assign', 'json'], COMMENT];
  const rules = list(seen, 'Choices', 'Rules', 'Rule', to === undefined ? undefined : { ...rule, Next: to }, specs,
    (json) => `${condition(json)} → ${word(json, 'Next') || '?'}`);
  if (!jsonata) {
    rules.items?.forEach((item) => {
      item.fields.unshift({ at: item.at, kind: 'comparison', label: 'Comparison', needed: true });
      item.others = [];
    });
  }
  return {
    title: '',
    fields: [{ at: ['Default'], kind: 'state', label: 'Default', hint: 'Where it goes on when no rule holds' }],
    lists: [rules],
  };
}

function errors(json: Json): string {
  const names = isPlain(json) || Array.isArray(json) ? undefined : json.ErrorEquals;
  return Array.isArray(names) ? names.map((each) => (typeof each === 'string' ? each : jsonText(each))).join(', ') : '?';
}

/** What a rule asks, as short as can be. */
function condition(rule: Json): string {
  const said = word(rule, 'Condition');
  if (said !== '') return said.replace(/^\{%\s*|\s*%\}$/g, '');
  if (isPlain(rule) || Array.isArray(rule)) return '?';
  const [how, what] = Object.entries(rule).find(([key]) => !['Variable', 'Next', 'Assign', 'Comment', 'Output'].includes(key)) ?? [];
  if (how === undefined) return '?';
  const value = what instanceof Verbatim || isPlain(what!) ? jsonText(what!) : '…';
  return `${word(rule, 'Variable')} ${how} ${value}`.trim();
}
