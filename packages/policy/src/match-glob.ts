const END = -1;
const STAR = 0x2a;
const QUESTION = 0x3f;

/**
 * Does the glob match the whole text? Both are UTF-8 bytes; `?` stands for one byte.
 * With a separator (the byte of `/` for paths) `*` and `?` never match it, and `**` does; without one, `*` and `**` are the same.
 * Never takes more than polynomial time: after a mismatch only the last `*` and the last `**` can still grow.
 */
export function matchGlob(glob: Uint8Array, text: Uint8Array, separator = -1): boolean {
  let g = 0;
  let t = 0;
  let starGlob = -1;
  let starText = 0;
  let doubleGlob = -1;
  let doubleText = 0;
  for (;;) {
    // Reading behind the end of an array is slow.
    const token = g < glob.length ? glob[g] : END;
    if (token === STAR) {
      const first = g;
      while (g < glob.length && glob[g] === STAR) g++;
      const double = separator < 0 || g - first > 1;
      if (double) {
        doubleGlob = g;
        doubleText = t;
        starGlob = -1;
      } else {
        starGlob = g;
        starText = t;
      }
      continue;
    }
    if (t === text.length && token === END) return true;
    if (t < text.length && (token === text[t] || (token === QUESTION && text[t] !== separator))) {
      g++;
      t++;
    } else if (starGlob >= 0 && starText < text.length && text[starText] !== separator) {
      t = ++starText;
      g = starGlob;
    } else if (doubleGlob >= 0 && doubleText < text.length) {
      t = ++doubleText;
      g = doubleGlob;
      starGlob = -1;
    } else return false;
  }
}

/** What separates the parts of a path, for `matchGlob`. */
export const SLASH = 0x2f;
