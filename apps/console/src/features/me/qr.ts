// A QR code of a short text, drawn here so that a secret goes to nobody (ISO/IEC 18004: byte mode,
// correction level M, versions 1 to 20). Modules are rows of booleans, true is dark.

const eccPerBlock = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blocksOf = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** The modules of the code. Throws RangeError for a text above 660 bytes. */
export function qr(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const grid = new Grid(version);
  grid.place(withCorrection(dataWords(bytes, version), version));
  return grid.masked();
}

function versionFor(length: number): number {
  for (let version = 1; version <= 20; version += 1) {
    const header = 4 + (version < 10 ? 8 : 16);
    if (header + length * 8 <= dataCapacity(version) * 8) return version;
  }
  throw new RangeError("the text is too long for a QR code");
}

function rawBits(version: number): number {
  let bits = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const align = Math.floor(version / 7) + 2;
    bits -= (25 * align - 10) * align - 55;
    if (version >= 7) bits -= 36;
  }
  return bits;
}

function dataCapacity(version: number): number {
  return Math.floor(rawBits(version) / 8) - at(eccPerBlock, version) * at(blocksOf, version);
}

function dataWords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  const capacity = dataCapacity(version) * 8;
  push(0, Math.min(4, capacity - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) push(pad, 8);
  const words: number[] = [];
  for (let i = 0; i < bits.length; i += 8) words.push(bits.slice(i, i + 8).reduce((word, bit) => (word << 1) | bit, 0));
  return words;
}

function withCorrection(data: number[], version: number): number[] {
  const blocks = at(blocksOf, version);
  const ecc = at(eccPerBlock, version);
  const raw = Math.floor(rawBits(version) / 8);
  const shortBlocks = blocks - (raw % blocks);
  const shortLength = Math.floor(raw / blocks) - ecc;
  const divisor = generator(ecc);
  const parts: { data: number[]; ecc: number[] }[] = [];
  for (let i = 0, k = 0; i < blocks; i += 1) {
    const length = shortLength + (i < shortBlocks ? 0 : 1);
    const own = data.slice(k, k + length);
    k += length;
    parts.push({ data: own, ecc: remainder(own, divisor) });
  }
  const out: number[] = [];
  for (let i = 0; i <= shortLength; i += 1) for (const part of parts) if (i < part.data.length) out.push(at(part.data, i));
  for (let i = 0; i < ecc; i += 1) for (const part of parts) out.push(at(part.ecc, i));
  return out;
}

function multiply(x: number, y: number): number {
  let z = 0;
  for (let i = 7; i >= 0; i -= 1) {
    z = (z << 1) ^ ((z >>> 7) * 0x11d);
    z ^= ((y >>> i) & 1) * x;
  }
  return z;
}

function generator(degree: number): number[] {
  const result = Array.from({ length: degree }, (_, i): number => (i === degree - 1 ? 1 : 0));
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    for (let j = 0; j < degree; j += 1) result[j] = multiply(at(result, j), root) ^ (j + 1 < degree ? at(result, j + 1) : 0);
    root = multiply(root, 2);
  }
  return result;
}

function remainder(data: number[], divisor: number[]): number[] {
  const result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (result.shift() ?? 0);
    result.push(0);
    for (const [i, coefficient] of divisor.entries()) result[i] = at(result, i) ^ multiply(coefficient, factor);
  }
  return result;
}

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Grid {
  #size: number;
  #version: number;
  #dark: boolean[][];
  #fixed: boolean[][];

  constructor(version: number) {
    this.#version = version;
    this.#size = version * 4 + 17;
    this.#dark = square(this.#size);
    this.#fixed = square(this.#size);
    this.#patterns();
  }

  place(words: number[]): void {
    let i = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#size; step += 1) {
        for (const x of [right, right - 1]) {
          const y = ((right + 1) & 2) === 0 ? this.#size - 1 - step : step;
          if (this.#fixed[y]?.[x] || i >= words.length * 8) continue;
          this.#put(x, y, ((at(words, i >>> 3) >>> (7 - (i & 7))) & 1) === 1);
          i += 1;
        }
      }
    }
  }

  /** The grid under the mask that leaves the fewest long runs and blocks. */
  masked(): boolean[][] {
    const all = masks.map((mask, index) => {
      this.#format(index);
      return this.#dark.map((row, y) => row.map((dark, x) => (this.#fixed[y]?.[x] ? dark : dark !== mask(x, y))));
    });
    return all.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
  }

  #patterns(): void {
    const end = this.#size - 1;
    for (let i = 0; i < this.#size; i += 1) {
      this.#set(6, i, i % 2 === 0);
      this.#set(i, 6, i % 2 === 0);
    }
    for (const [cx, cy] of [
      [3, 3],
      [end - 3, 3],
      [3, end - 3],
    ] as const)
      this.#rings(cx, cy, 4, (far) => far !== 2 && far !== 4);
    const places = this.#alignments();
    const last = places.length - 1;
    for (const [i, x] of places.entries())
      for (const [j, y] of places.entries())
        if (!((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0))) this.#rings(x, y, 2, (far) => far !== 1);
    this.#format(0);
    this.#versionBits();
  }

  #alignments(): number[] {
    if (this.#version === 1) return [];
    const count = Math.floor(this.#version / 7) + 2;
    const step = Math.floor((this.#version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const rest = Array.from({ length: count - 1 }, (_, i) => this.#size - 7 - i * step).reverse();
    return [6, ...rest];
  }

  #rings(cx: number, cy: number, reach: number, dark: (far: number) => boolean): void {
    for (let dy = -reach; dy <= reach; dy += 1)
      for (let dx = -reach; dx <= reach; dx += 1) this.#set(cx + dx, cy + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
  }

  // Level M has the two bits 00, so the mask alone is the data.
  #format(mask: number): void {
    let rest = mask;
    for (let i = 0; i < 10; i += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((mask << 10) | rest) ^ 0x5412;
    const bit = (i: number): boolean => ((bits >>> i) & 1) === 1;
    for (let i = 0; i <= 5; i += 1) this.#set(8, i, bit(i));
    this.#set(8, 7, bit(6));
    this.#set(8, 8, bit(7));
    this.#set(7, 8, bit(8));
    for (let i = 9; i < 15; i += 1) this.#set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i += 1) this.#set(this.#size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i += 1) this.#set(8, this.#size - 15 + i, bit(i));
    this.#set(8, this.#size - 8, true);
  }

  #versionBits(): void {
    if (this.#version < 7) return;
    let rest = this.#version;
    for (let i = 0; i < 12; i += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (this.#version << 12) | rest;
    for (let i = 0; i < 18; i += 1) {
      const a = this.#size - 11 + (i % 3);
      const b = Math.floor(i / 3);
      this.#set(a, b, ((bits >>> i) & 1) === 1);
      this.#set(b, a, ((bits >>> i) & 1) === 1);
    }
  }

  #set(x: number, y: number, dark: boolean): void {
    const fixed = this.#fixed[y];
    if (!fixed || x < 0 || x >= this.#size) return;
    fixed[x] = true;
    this.#put(x, y, dark);
  }

  #put(x: number, y: number, dark: boolean): void {
    const row = this.#dark[y];
    if (row) row[x] = dark;
  }
}

function penalty(rows: boolean[][]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true));
  let sum = 0;
  for (const line of [...rows, ...columns]) {
    let run = 1;
    for (let i = 1; i <= line.length; i += 1) {
      if (i < line.length && line[i] === line[i - 1]) run += 1;
      else {
        if (run >= 5) sum += run - 2;
        run = 1;
      }
    }
  }
  for (let y = 1; y < rows.length; y += 1)
    for (let x = 1; x < rows.length; x += 1) {
      const corner = rows[y]?.[x];
      if (corner === rows[y - 1]?.[x] && corner === rows[y]?.[x - 1] && corner === rows[y - 1]?.[x - 1]) sum += 3;
    }
  return sum;
}

function square(size: number): boolean[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => false));
}

function at(list: readonly number[], index: number): number {
  return list[index] ?? 0;
}
