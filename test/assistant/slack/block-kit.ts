import { z } from 'zod';

/**
 * What Slack takes, as far as messages here use it: from the reference of Block Kit (blocks, block
 * elements, composition objects, "Rich text block", "Table block"). What Slack would refuse does not parse.
 */

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const user = z.strictObject({
  type: z.literal('user'),
  user_id: z.string().regex(/^[UW][A-Z0-9]+$/),
});
const section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(z.union([text, user])).min(1),
});
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(text).min(1),
});
const richText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z.array(z.union([section, preformatted])).min(1),
});

const table = z
  .strictObject({
    type: z.literal('table'),
    rows: z.array(z.array(richText).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .max(20),
  })
  .refine(({ rows }) => new Set(rows.map((row) => row.length)).size === 1, 'rows differ in length')
  .refine((t) => textsOf(t).join('').length <= 10_000, 'has too many characters');

const button = z
  .strictObject({
    type: z.literal('button'),
    action_id: z.string().min(1).max(255),
    text: z.strictObject({
      type: z.literal('plain_text'),
      text: z.string().min(1).max(75),
      emoji: z.literal(false),
    }),
    value: z.string().min(1).max(2_000).optional(),
    url: z.string().max(3_000).optional(),
  })
  .refine(({ value, url }) => (value === undefined) !== (url === undefined));
const actions = z
  .strictObject({
    type: z.literal('actions'),
    block_id: z.string().max(255),
    elements: z.array(button).min(1).max(25),
  })
  .refine(({ elements }) => new Set(elements.map((e) => e.action_id)).size === elements.length);

const blocks = z
  .array(z.union([richText, table, actions]))
  .min(1)
  .max(50)
  .refine((all) => all.filter((b) => b.type === 'table').length <= 1, 'has two tables')
  .refine((all) => {
    const ids = all.flatMap((b) => ('block_id' in b ? [b.block_id] : []));
    return new Set(ids).size === ids.length;
  }, 'has a block_id twice');

export const messageSchema = z.strictObject({
  response_type: z.enum(['ephemeral', 'in_channel']),
  replace_original: z.literal(false).optional(),
  text: z.string().min(1).max(4_000),
  mrkdwn: z.literal(false),
  blocks,
});

export type SentMessage = z.infer<typeof messageSchema>;
export type SentButton = z.infer<typeof button>;

interface TextElement {
  readonly type: 'text';
  readonly text: string;
  readonly style?: { readonly code?: boolean };
}

/** Every text element at any depth that is for people to read. */
export function textElements(node: unknown, boxed = false): TextElement[] {
  if (Array.isArray(node)) return node.flatMap((child) => textElements(child, boxed));
  if (typeof node !== 'object' || node === null) return [];
  const { type } = node as { type?: unknown };
  if (type === 'text') {
    const element = node as TextElement;
    return [boxed ? { ...element, style: { code: true } } : element];
  }
  const inBox = boxed || type === 'rich_text_preformatted';
  return Object.values(node).flatMap((child) => textElements(child, inBox));
}

export const textsOf = (node: unknown): string[] => textElements(node).map((e) => e.text);

export const buttonsOf = (message: SentMessage): SentButton[] =>
  message.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
