/** Pictures of 16 units a side: what a state is, and how it stands. */

/** Outlines, 1.3 wide. A number after a path's `#` fills it. */
export const GLYPHS: Record<string, string[]> = {
  task: ['M4.5 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z', '#M6.2 5.5 10 8l-3.8 2.5z'],
  choice: ['M8 1.8 14.2 8 8 14.2 1.8 8z'],
  parallel: ['M4 2.5v11M8 2.5v11M12 2.5v11'],
  map: [
    'M6.2 5h6.1a1.2 1.2 0 0 1 1.2 1.2v6.1a1.2 1.2 0 0 1-1.2 1.2H6.2A1.2 1.2 0 0 1 5 12.3V6.2A1.2 1.2 0 0 1 6.200 5z',
    'M2.5 10.5V3.700a1.200 1.200 0 0 1 1.200-1.200h6.800',
  ],
  pass: ['M2 8h11M9.500 4.500 13 8l-3.500 3.500'],
  wait: ['M4 2h8M4 14h8M4.800 2v2.500L8 8l3.200-3.500V2M4.800 14v-2.500L8 8l3.200 3.500V14'],
  succeed: ['M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z', 'm5.200 8.200 2 2 3.600-4'],
  fail: ['M5.500 2h5L14 5.500v5L10.500 14h-5L2 10.500v-5z', 'm6 6 4 4M10 6l-4 4'],
  approval: [
    'M9 5a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
    'M2 13.500c.5-2.800 2.200-4 4.500-4 .9 0 1.700.2 2.400.6',
    'm9.500 12 1.600 1.600 3-3.400',
  ],
  http: ['M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z', 'M2 8h12M8 2c4 4 4 8 0 12M8 2c-4 4-4 8 0 12'],
  db: [
    'M13.500 4c0 1.100-2.500 2-5.500 2S2.500 5.100 2.500 4 5 2 8 2s5.500.9 5.500 2z',
    'M2.500 4v8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2V4M2.500 8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2',
  ],
  queue: ['M2 5h3.200v6H2zM6.400 5h3.200v6H6.400zM10.800 5H14v6h-3.200z'],
  bell: ['M4 11V7a4 4 0 0 1 8 0v4l1.200 1.500H2.800zM6.800 14.300h2.400'],
  mail: ['M2 3.500h12v9H2z', 'm2.300 4 5.700 5 5.700-5'],
  box: ['M2.500 4.500 8 2l5.500 2.500v7L8 14l-5.500-2.500z', 'M2.500 4.500 8 7l5.500-2.500M8 7v7'],
  flow: ['M2 2h5v4H2zM9 10h5v4H9z', 'M4.500 6v4a2 2 0 0 0 2 2H9'],
  activity: ['M1.800 8h2.700L6.500 3.500l3 9 2-4.500h2.700'],
  lambda: ['M4 2.500h2.200L12 13.500h1M7.300 7 3.500 13.500'],
  plus: ['M8 3.500v9M3.500 8h9'],
  minus: ['M3.500 8h9'],
  fit: ['M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10'],
  save: ['M8 2.500V10M4.800 7 8 10.200 11.200 7M2.500 13.500h11'],
};

/**
 * A mark is a list of [attributes]: `c` is drawn in the status's colour, `k` in the paper's. `f`
 * fills, `s` strokes with the width that follows.
 */
interface Stroke {
  d: string;
  ink: 'c' | 'k';
  fill?: boolean;
  width?: number;
  faint?: boolean;
  spin?: boolean;
  dash?: string;
}

const OCTAGON = 'M5.100 1h5.800L15 5.100v5.800L10.900 15H5.100L1 10.900V5.100z';
const circle = (r: number, y = 8): string =>
  `M${8 - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** One shape for each status, to be told without colour; `err` and `warn` are for faults. */
export const MARKS: Record<string, Stroke[]> = {
  ok: [
    { d: circle(7), ink: 'c', fill: true },
    { d: 'm4.800 8.300 2.200 2.200 4.300-4.700', ink: 'k', width: 1.8 },
  ],
  run: [
    { d: circle(6), ink: 'c', width: 1.6, faint: true },
    { d: 'M8 2a6 6 0 0 1 6 6', ink: 'c', width: 2.2, spin: true },
    { d: circle(2.6), ink: 'c', fill: true },
  ],
  retry: [
    { d: 'M13.400 8A5.400 5.400 0 1 1 11.700 4.100', ink: 'c', width: 2 },
    { d: 'M13.900 1.200v4.900H9z', ink: 'c', fill: true },
  ],
  person: [
    {
      d: 'M4 1h8a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3z',
      ink: 'c',
      fill: true,
    },
    { d: circle(2.2, 6), ink: 'k', fill: true },
    {
      d: 'M3.900 12.800c.4-2.400 2-3.500 4.100-3.500s3.700 1.100 4.100 3.500z',
      ink: 'k',
      fill: true,
    },
  ],
  wait: [
    { d: circle(6.3), ink: 'c', width: 1.6 },
    { d: 'M8 4.300V8l2.600 1.600', ink: 'c', width: 1.6 },
  ],
  caught: [
    { d: 'M8 .8 15.200 8 8 15.200.8 8z', ink: 'c', fill: true },
    {
      d: 'M5.200 9.800V8.600a1.600 1.600 0 0 1 1.600-1.600h3.400M8.600 5.200 10.500 7 8.600 8.900',
      ink: 'k',
      width: 1.4,
    },
  ],
  fail: [
    { d: OCTAGON, ink: 'c', fill: true },
    { d: 'm5.500 5.500 5 5M10.500 5.500l-5 5', ink: 'k', width: 1.8 },
  ],
  timeout: [
    { d: OCTAGON, ink: 'c', fill: true },
    { d: 'M8 4.400V8l2.400 1.500', ink: 'k', width: 1.7 },
  ],
  abort: [
    {
      d: 'M3 1.500h10A1.500 1.500 0 0 1 14.500 3v10a1.500 1.500 0 0 1-1.500 1.500H3A1.500 1.500 0 0 1 1.500 13V3A1.500 1.500 0 0 1 3 1.500z',
      ink: 'c',
      fill: true,
    },
    { d: 'M5.200 5.200h5.600v5.600H5.200z', ink: 'k', fill: true },
  ],
  idle: [{ d: circle(6), ink: 'c', width: 1.5, dash: '2.3 2.2' }],
  err: [
    { d: circle(7), ink: 'c', fill: true },
    { d: 'M8 4.200v4.600', ink: 'k', width: 1.9 },
    { d: circle(1.1, 11.5), ink: 'k', fill: true },
  ],
  warn: [
    { d: 'M8 1.500 15.300 14.500H.7z', ink: 'c', fill: true },
    { d: 'M8 6v4', ink: 'k', width: 1.7 },
    { d: circle(1, 12.2), ink: 'k', fill: true },
  ],
};
