import * as z from 'zod';

/** Why no picture of the screen could be taken. Each has its own words on how to go on, per platform. */
export const SCREENSHOT_REFUSALS = [
  /** The system does not allow it (macOS: screen recording; Windows: a policy). */
  'permission',
  /** Wayland: the desktop's own dialog gave nothing, or there is no portal. */
  'portal',
  /** Everything that came was empty or black: protected, asleep or a remote session without a picture. */
  'blank',
  /** Too many in a short time, or one is under way. */
  'tooOften',
  /** The system failed. */
  'failed',
] as const;
/** Why no picture of the screen could be taken. */
export type ScreenshotRefusal = (typeof SCREENSHOT_REFUSALS)[number];

/** What became of a wish for a picture of the screen. Its bytes are nowhere else: main forgets them with the answer. */
export const ScreenshotSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('taken'),
    /** What the user chose: the name of a display or the title of a window. */
    name: z.string().max(300),
    /** The whole picture, not yet edited. */
    png: z.instanceof(Uint8Array),
  }),
  /** The user did not want one after all. */
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('refused'), reason: z.enum(SCREENSHOT_REFUSALS) }),
]);
/** What became of a wish for a picture of the screen. */
export type Screenshot = z.infer<typeof ScreenshotSchema>;
