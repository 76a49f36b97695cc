/** How wide text is, without asking the page to lay anything out. */

export const NAME_FONT = '600 12.5px';
export const LINE_FONT = '400 11px';
export const EDGE_FONT = '400 11px';

let context: CanvasRenderingContext2D | null | undefined;
let family = 'sans-serif';
const widths = new Map<string, number>();

/** The family to measure with. Measures are forgotten when it, or what was loaded of it, changes. */
export function measureIn(fontFamily: string, loaded = false): void {
  if (fontFamily !== family || loaded) {
    family = fontFamily;
    widths.clear();
  }
}

export function widthOf(text: string, font: string): number {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement('canvas').getContext('2d');
    if (context) {
      context.font = `${font} ${family}`;
      width = context.measureText(text).width;
    } else {
      width = text.length * 6.5;
    }
    if (widths.size > 20_000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** The text, cut with an ellipsis where it does not fit. Never cuts a character in two. */
export function fitted(text: string, room: number, font: string): string {
  if (widthOf(text, font) <= room) return text;
  const letters = Array.from(text.slice(0, 200));
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(letters.slice(0, middle).join('') + '…', font) <= room) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('').trimEnd() + '…';
}
