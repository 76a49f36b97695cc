import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import docs from './asl-docs.json';
import type { Mode } from './languages';
import { get, type Value } from './outline';
import { languageAt, machineAt, placeAt, stateAt, type Place, type StateAt } from './places';

/** What the server knows of the language and of this tenant. */
export interface Knowledge {
  /** The fields of each type of state, by query language. */
  fields: Record<string, Record<string, string[]>>;
  resources: string[];
  functions: string[];
  activities: string[];
  machines: string[];
}

export interface Written {
  root: Value;
  mode: Mode;
  known?: Knowledge;
}

interface Offer {
  label: string;
  info?: string;
  detail?: string;
  /** How a key's value begins. */
  value?: string;
}

const LISTS = new Set(['Retry', 'Catch', 'Choices', 'Branches', 'ErrorEquals', 'And', 'Or']);
const OBJECTS = new Set([
  'States', 'Arguments', 'Parameters', 'Assign', 'Output', 'ResultSelector', 'ItemProcessor', 'Iterator', 'ItemSelector',
  'ItemReader', 'ItemBatcher', 'ResultWriter', 'ProcessorConfig', 'Result', 'Credentials', 'Not',
]);
const PLAIN = new Set([
  'TimeoutSeconds', 'HeartbeatSeconds', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'Seconds', 'End',
  'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'IsPresent', 'IsNull', 'IsString', 'IsNumeric',
  'IsBoolean', 'IsTimestamp', 'BooleanEquals', 'NumericEquals', 'NumericLessThan', 'NumericGreaterThan',
  'NumericLessThanEquals', 'NumericGreaterThanEquals',
]);

/** Offers what the language and the tenant have at the cursor; nothing in texts and where nothing is known. */
export function aslCompletion(written: () => Written) {
  return (context: CompletionContext): CompletionResult | null => {
    const { root, mode, known } = written();
    if (!known || mode === 'text') return null;
    const place = placeAt(root, context.pos);
    const state = stateAt(root, context.pos);
    const expression = inExpression(context, languageAt(root, state?.state));
    if (expression) return expression;
    if (place.role === 'key') return keys(context, root, place, state, known, mode);
    if (place.role === 'value') return values(root, place, known, mode, context);
    return context.explicit || /[\w"]/.test(before(context)) || mode === 'yaml'
      ? keys(context, root, place, state, known, mode)
      : null;
  };
}

const before = (context: CompletionContext) => context.state.sliceDoc(context.pos - 1, context.pos);

// ---- keys

function keys(
  context: CompletionContext, root: Value, place: Place, state: StateAt | undefined, known: Knowledge, mode: Mode,
): CompletionResult | null {
  if (place.inside.kind !== 'object' && !(mode === 'yaml' && place.inside.kind !== 'array')) return null;
  const offers = fieldsAt(root, place, state, known);
  const member = place.role === 'key' ? place.chain.at(-1)?.member : undefined;
  const word = context.matchBefore(/[\w.$]*/);
  const from = member ? member.keyFrom : (word?.from ?? context.pos);
  const to = member ? member.keyTo : context.pos;
  if (!member && !context.explicit && from === context.pos) return null;
  const taken = new Set(place.inside.members.filter((m) => m !== member).map((m) => m.key));
  const fresh = offers.filter((offer) => !taken.has(offer.label));
  if (fresh.length === 0) return null;
  const quoted = context.state.sliceDoc(from, from + 1) === '"';
  return {
    from: quoted ? from + 1 : from,
    options: fresh.map((offer) => option(offer, 'property', applyKey(offer.label, from, to, mode))),
    validFor: /^[\w.$]*$/,
  };
}

/** Writes the key with its colon and the beginning of its value, the cursor where the value goes. */
function applyKey(key: string, from: number, end: number, mode: Mode) {
  return (view: EditorView, _: Completion, _from: number, to: number): void => {
    const doc = view.state.doc;
    let until = Math.max(to, Math.min(end + (to - Math.min(to, end)), doc.length));
    if (doc.sliceString(until, until + 1) === '"' && doc.sliceString(from, from + 1) === '"') until++;
    const goesOn = /^\s*:/.test(doc.sliceString(until, until + 3));
    const written = mode === 'yaml' ? key : `"${key}"`;
    const [open, close] = goesOn ? ['', ''] : beginning(key, mode);
    view.dispatch({
      changes: { from, to: until, insert: written + open + close },
      selection: { anchor: from + written.length + open.length },
      userEvent: 'input.complete',
      scrollIntoView: true,
    });
  };
}

function beginning(key: string, mode: Mode): [string, string] {
  if (mode === 'yaml') return [OBJECTS.has(key) || LISTS.has(key) ? ':' : ': ', ''];
  if (key === 'End') return [': true', ''];
  if (LISTS.has(key)) return [': [', ']'];
  if (OBJECTS.has(key)) return [': {', '}'];
  return PLAIN.has(key) ? [': ', ''] : [': "', '"'];
}

function fieldsAt(root: Value, place: Place, state: StateAt | undefined, known: Knowledge): Offer[] {
  const steps = place.role === 'key' ? place.chain.slice(0, -1) : place.chain;
  const names = steps.map(({ step }) => ('key' in step ? step.key : '#'));
  const last = names.at(-1);
  const parent = names.at(-2);
  if (place.inside === root) return described(docs.machine, (key) => key !== 'ProcessorConfig');
  if (last === '#' && parent === 'Retry') return described(docs.retrier);
  if (last === '#' && parent === 'Catch') return described(docs.catcher, ofLanguage(root, state));
  if ((last === '#' && ['Choices', 'And', 'Or'].includes(parent ?? '')) || last === 'Not') {
    return described(docs.rule, ofLanguage(root, state));
  }
  if (last === 'ItemProcessor' || last === 'Iterator' || (last === '#' && parent === 'Branches')) {
    return described(docs.machine, (key) => key !== 'Version' && key !== 'TimeoutSeconds');
  }
  if (last === 'ProcessorConfig') return [{ label: 'Mode' }, { label: 'ExecutionType' }];
  if (parent === 'States' && state && place.inside === state.state) {
    const type = get(state.state, 'Type')?.text ?? '';
    const language = languageAt(root, state.state);
    const fields = known.fields[type]?.[language] ?? ['Type', 'Comment'];
    return fields.map((label) => ({ label, info: (docs.state as Record<string, string>)[label] }));
  }
  return argumentsOf(last, state);
}

/** The arguments that AWS asks for, where a task calls what many tasks call. */
function argumentsOf(last: string | undefined, state: StateAt | undefined): Offer[] {
  if (last !== 'Arguments' && last !== 'Parameters') return [];
  const resource = get(state?.state, 'Resource')?.text ?? '';
  const takes = (names: string[]) => names.map((label) => ({ label }));
  if (resource.includes(':::lambda:invoke')) return takes(['FunctionName', 'Payload', 'Qualifier', 'InvocationType']);
  if (resource.includes(':::states:startExecution')) return takes(['StateMachineArn', 'Input', 'Name']);
  if (resource.includes(':::http:invoke')) {
    return takes(['ApiEndpoint', 'Method', 'Authentication', 'Headers', 'QueryParameters', 'RequestBody', 'Transform']);
  }
  if (resource.includes(':::approval:request')) {
    return takes([
      'Title', 'Description', 'Context', 'Approvers', 'Quorum', 'AllowStarter', 'DueSeconds', 'Form', 'FailOnReject',
    ]);
  }
  if (resource.includes(':::sqs:sendMessage')) return takes(['QueueUrl', 'MessageBody', 'DelaySeconds', 'MessageGroupId']);
  if (resource.includes(':::sns:publish')) return takes(['TopicArn', 'Message', 'Subject', 'MessageAttributes']);
  if (resource.includes(':::dynamodb:')) {
    return takes(['TableName', 'Key', 'Item', 'UpdateExpression', 'ConditionExpression', 'ExpressionAttributeValues']);
  }
  return [];
}

const JSONATA_ONLY = new Set(['Condition', 'Output']);

function ofLanguage(root: Value, state: StateAt | undefined): (key: string) => boolean {
  const jsonata = languageAt(root, state?.state) === 'JSONata';
  const both = new Set(['Next', 'Assign', 'Comment', 'ErrorEquals']);
  return (key) => both.has(key) || JSONATA_ONLY.has(key) === jsonata;
}

function described(of: Record<string, string>, wanted: (key: string) => boolean = () => true): Offer[] {
  return Object.entries(of).filter(([key]) => wanted(key)).map(([label, info]) => ({ label, info }));
}

// ---- values

function values(
  root: Value, place: Place, known: Knowledge, mode: Mode, context: CompletionContext,
): CompletionResult | null {
  const last = place.chain.at(-1)!;
  const value = last.member.value;
  const key = 'key' in last.step ? last.step.key : keyOfList(place);
  const offers = offersFor(key, root, place, known);
  if (offers.length === 0) return null;
  const missing = value.kind === 'missing';
  const from = missing ? context.pos : value.from;
  const to = missing ? context.pos : value.to;
  if (missing && !context.explicit && !/[:\s\w]/.test(before(context))) return null;
  const bare = key === 'End';
  return {
    from: value.quoted ? from + 1 : from,
    options: offers.map((offer) =>
      option(offer, 'constant', (view, _c, _from, now) => {
        const grown = Math.max(0, now - to);
        const until = value.quoted && !missing ? Math.max(to, now) : to + grown;
        const written = bare ? offer.label : quote(offer.label, mode, value.quoted);
        const space = missing && /[:\w]/.test(view.state.sliceDoc(from - 1, from)) ? ' ' : '';
        view.dispatch({
          changes: { from, to: Math.max(until, from), insert: space + written },
          selection: { anchor: from + space.length + written.length },
          userEvent: 'input.complete',
        });
      })),
    validFor: /^[^"]*$/,
  };
}

const quote = (text: string, mode: Mode, wasQuoted: boolean): string =>
  mode === 'yaml' && !wasQuoted && /^[A-Za-z_][\w .:/-]*$/.test(text) && !/: | $|:$/.test(text) ? text : JSON.stringify(text);

/** The field whose list an item is in. */
function keyOfList(place: Place): string {
  const list = place.chain.at(-2);
  return list && 'key' in list.step ? list.step.key : '';
}

function offersFor(key: string, root: Value, place: Place, known: Knowledge): Offer[] {
  switch (key) {
    case 'Type':
      return described(docs.type);
    case 'Next':
    case 'Default':
    case 'StartAt':
      return scope(root, place, key);
    case 'Resource':
      return resourcesOf(known);
    case 'ErrorEquals':
    case 'Error':
      return described(docs.error);
    case 'FunctionName':
      return known.functions.map((label) => ({ label, detail: 'function' }));
    case 'StateMachineArn':
      return known.machines.map((label) => ({ label, detail: 'state machine' }));
    default:
      return ((docs.value as Record<string, string[]>)[key] ?? []).map((label) => ({ label }));
  }
}

/** What a task can call. */
export function resourcesOf(known: Knowledge): Offer[] {
  return [
    ...known.activities.map((label) => ({ label, detail: 'activity' })),
    { label: 'arn:aws:states:::approval:request.waitForTaskToken', detail: 'a person decides' },
    ...known.resources.map((label) => ({ label })),
  ];
}

/** The states of the same machine: a transition can't lead elsewhere. */
function scope(root: Value, place: Place, key: string): Offer[] {
  const machine = machineAt(root, place);
  const own = key === 'StartAt' ? undefined : stateNameAt(place);
  return (get(machine, 'States')?.members ?? [])
    .filter((m) => m.key !== '' && m.key !== own)
    .map((m) => ({ label: m.key, detail: get(m.value, 'Type')?.text }));
}

function stateNameAt(place: Place): string | undefined {
  for (let i = place.chain.length - 1; i > 0; i--) {
    const step = place.chain[i]!.step;
    const outer = place.chain[i - 1]!.step;
    if ('key' in outer && outer.key === 'States' && 'key' in step) return step.key;
  }
  return undefined;
}

// ---- expressions

/** Functions and variables within `{% %}`, and intrinsic functions of JSONPath. */
function inExpression(context: CompletionContext, language: 'JSONata' | 'JSONPath'): CompletionResult | null {
  const start = Math.max(0, context.pos - 2000);
  const text = context.state.sliceDoc(start, context.pos);
  if (language === 'JSONata') {
    const open = text.lastIndexOf('{%');
    if (open < 0 || text.indexOf('%}', open) >= 0) return null;
    const word = context.matchBefore(/\$[\w.]*/);
    if (!word) return null;
    return {
      from: word.from,
      options: Object.entries(docs.jsonata as unknown as Record<string, [string, string]>).map(([name, [takes, info]]) =>
        name.startsWith('states.')
          ? { label: `$${name}`, type: 'variable', info, boost: 1 }
          : { label: `$${name}`, detail: `(${takes})`, type: 'function', info, apply: call(`$${name}`, takes) }),
      validFor: /^\$[\w.]*$/,
    };
  }
  const word = context.matchBefore(/States\.\w*/);
  const line = context.state.doc.lineAt(context.pos).text;
  if (!word || !/\.\$["']?\s*:/.test(line)) return null;
  return {
    from: word.from,
    options: Object.entries(docs.intrinsic as unknown as Record<string, [string, string]>).map(([name, [takes, info]]) => ({
      label: name, detail: `(${takes})`, type: 'function', info, apply: call(name, takes),
    })),
    validFor: /^[\w.]*$/,
  };
}

/** Writes the call with the cursor between its parentheses; behind them where it takes nothing. */
function call(name: string, takes: string) {
  return (view: EditorView, _: Completion, from: number, to: number): void => {
    const follows = view.state.sliceDoc(to, to + 1) === '(';
    const insert = follows ? name : `${name}()`;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + name.length + (takes === '' && !follows ? 2 : 1) },
      userEvent: 'input.complete',
    });
  };
}

function option(
  offer: Offer, type: string, apply: (view: EditorView, completion: Completion, from: number, to: number) => void,
): Completion {
  return { label: offer.label, type, apply, detail: offer.detail, info: offer.info };
}
