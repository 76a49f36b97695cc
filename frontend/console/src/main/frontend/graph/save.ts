/** The graph as a file of its own: colours and fonts are written into it. */

const PAINT = [
  'display',
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-size',
  'font-weight',
] as const;

const MARGIN = 24;

/** @param group what is drawn; @param w, h the size of what is drawn */
export async function toSvg(host: HTMLElement, group: SVGGElement, w: number, h: number): Promise<string> {
  const copy = group.cloneNode(true) as SVGGElement;
  copy.removeAttribute('transform');
  paint(group, copy);
  const style = getComputedStyle(host);
  const canvas = style.backgroundColor;
  const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  root.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const [width, height] = [Math.ceil(w + 2 * MARGIN), Math.ceil(h + 2 * MARGIN)];
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  root.setAttribute('font-family', style.fontFamily);
  const fonts = await embedded(style.fontFamily, group.textContent ?? '');
  if (fonts) {
    const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'style');
    sheet.textContent = fonts;
    root.append(sheet);
  }
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('x', String(-MARGIN));
  paper.setAttribute('y', String(-MARGIN));
  paper.setAttribute('width', String(width));
  paper.setAttribute('height', String(height));
  paper.setAttribute('fill', canvas);
  root.append(paper, copy);
  return new XMLSerializer().serializeToString(root);
}

/** Twice the size on the screen, less where a canvas could not hold that. */
export async function toPng(svgText: string): Promise<Blob> {
  const image = new Image();
  const loaded = new Promise<void>((resolve, reject) => {
    image.onload = () => resolve();
    image.onerror = () => reject(new Error('The graph could not be drawn as a picture.'));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  await loaded;
  const scale = Math.min(
    2,
    16_000 / image.width,
    16_000 / image.height,
    Math.sqrt(64e6 / (image.width * image.height)),
  );
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(image.width * scale);
  canvas.height = Math.floor(image.height * scale);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
  );
}

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Writes what the style sheet says onto the elements, and takes away what is for the page only. */
function paint(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  if (style.display === 'none') {
    to.remove();
    return;
  }
  for (const name of PAINT) {
    const value = style.getPropertyValue(name);
    if (value && !(name === 'display' || (name === 'opacity' && value === '1'))) {
      to.setAttribute(name, value);
    }
  }
  for (const { name } of Array.from(to.attributes)) {
    if (name === 'class' || name === 'tabindex' || name === 'style' || name.startsWith('data-')) {
      to.removeAttribute(name);
    }
  }
  const copies = Array.from(to.children);
  Array.from(from.children).forEach((child, at) => {
    const copy = copies[at];
    if (copy && child.localName !== 'title') paint(child, copy);
  });
}

/** The page's own faces of the first family, where they have the characters that are used. */
async function embedded(family: string, used: string): Promise<string> {
  const wanted = family.split(',').map((each) => each.trim().replace(/^["']|["']$/g, ''));
  const codes = new Set(Array.from(used, (letter) => letter.codePointAt(0)!));
  const rules: string[] = [];
  for (const sheet of Array.from(document.styleSheets)) {
    let faces: CSSRuleList;
    try {
      faces = sheet.cssRules;
    } catch {
      continue; // another site's sheet cannot be read
    }
    for (const rule of Array.from(faces)) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const name = rule.style.getPropertyValue('font-family').replace(/^["']|["']$/g, '');
      const range = rule.style.getPropertyValue('unicode-range');
      if (!wanted.includes(name) || !covers(range, codes)) continue;
      const source = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!source) continue;
      const data = await fontData(new URL(source, sheet.href ?? document.baseURI).href);
      if (!data) continue;
      const weight = rule.style.getPropertyValue('font-weight') || '400';
      rules.push(
        `@font-face{font-family:"${name}";font-weight:${weight};src:url(${data}) format("woff2")${range ? `;unicode-range:${range}` : ''}}`,
      );
    }
  }
  return rules.join('\n');
}

function covers(range: string, codes: Set<number>): boolean {
  if (!range) return true;
  return range.split(',').some((part) => {
    const [from, to] = part.trim().replace(/^U\+/i, '').split('-');
    const low = parseInt(from!.replace(/\?/g, '0'), 16);
    const high = parseInt((to ?? from!).replace(/\?/g, 'f'), 16);
    for (const code of codes) if (code >= low && code <= high) return true;
    return false;
  });
}

async function fontData(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let binary = '';
    for (let i = 0; i < bytes.length; i += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    }
    return `data:font/woff2;base64,${btoa(binary)}`;
  } catch {
    return undefined; // the file then names the font only
  }
}
