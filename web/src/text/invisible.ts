/**
 * Characters that cannot be seen, or that reorder what is seen. Names and descriptions come from
 * anyone in a member account, so these are shown by their code point instead of taking effect.
 */

/** A run of ordinary text, or one character made visible. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly codePoint: string };

/** C0 and C1 controls, format characters, separators, unpaired surrogates, fillers, variation tags. */
const hidden =
  /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\p{Co}|\u034F|[\u115F\u1160]|\u17B4|\u17B5|[\u180B-\u180F]|[\u2800\u3164\uFFA0]|[\u{E0100}-\u{E01EF}]/u;

/** Splits text into ordinary runs and hidden characters; together they are the whole text. */
export function pieces(text: string): Piece[] {
  if (!hidden.test(text)) return text === '' ? [] : [{ kind: 'text', text }];
  const found: Piece[] = [];
  let run = '';
  for (const character of text) {
    if (!hidden.test(character)) {
      run += character;
      continue;
    }
    if (run !== '') found.push({ kind: 'text', text: run });
    run = '';
    found.push({ kind: 'hidden', codePoint: codePointName(character) });
  }
  if (run !== '') found.push({ kind: 'text', text: run });
  return found;
}

function codePointName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text on one line with hidden characters spelled out, for titles and labels. */
export function visible(text: string): string {
  return pieces(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.codePoint}⟩`))
    .join('');
}
