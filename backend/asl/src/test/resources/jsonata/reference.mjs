// Evaluates expressions with JSONata's reference implementation. Reads one case a line,
// {"e": expression, "i": input, "x": context}, and answers one line each:
// {"v": value}, {"u": 1} for undefined, {"n": 1} for NaN and infinity, {"f": 1} for what JSON cannot say, {"c": code, "m": message}.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const jsonata = createRequire(process.argv[2] + '/')('jsonata');
const now = Number(process.argv[3]);

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now] : parts));
  }
  static now() {
    return now;
  }
};

// What a machine's result may hold: a number that is none, or a function, is an error there.
function look(value, seen = 0) {
  if (typeof value === 'function' || typeof value === 'symbol') return 'f';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'n';
  if (value === null || typeof value !== 'object') return '';
  if (value._jsonata_lambda || value._jsonata_function) return 'f';
  if (seen > 400) return 'f';
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    const found = look(child, seen + 1);
    if (found) return found;
  }
  return '';
}

async function answer({ e, i, x }) {
  try {
    const value = await jsonata(e).evaluate(undefined, { states: { input: i, context: x } });
    if (value === undefined) return { u: 1 };
    switch (look(value)) {
      case 'f':
        return { f: 1 };
      case 'n':
        return { n: 1 };
      default:
        return { v: value };
    }
  } catch (error) {
    return { c: error.code ?? (error instanceof RangeError ? 'RANGE' : 'JS'), m: String(error.message) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}
