import * as z from 'zod';
import { Sha256Schema } from './primitives';

/** The largest single file that can go along, in bytes (25 MB, what mail-based boards accept). */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** How many files can go along with one ticket or message. */
export const MAX_FILES = 10;

/** A file kept in the spool, waiting to go along with a ticket or message. */
export const SpooledFileSchema = z.object({
  sha256: Sha256Schema,
  /** The name the user knows it by: any script, no path, at most 255 UTF-16 units. */
  name: z.string().min(1).max(255),
  /** Media type as far as known, e.g. `image/png`; `application/octet-stream` otherwise. */
  type: z.string().max(200),
  /** Size in bytes. */
  size: z.number().int().nonnegative(),
});
/** A file kept in the spool. */
export type SpooledFile = z.infer<typeof SpooledFileSchema>;

/** A file that the service board holds. */
export const AttachmentSchema = z.object({
  id: z.string().min(1).max(200),
  name: z.string().max(255),
  type: z.string().max(200),
  size: z.number().int().nonnegative(),
});
/** A file that the service board holds. */
export type Attachment = z.infer<typeof AttachmentSchema>;

/** Why a file cannot go along. */
export type FileProblem = 'empty' | 'tooLarge' | 'program' | 'folder' | 'unreadable' | 'tooMany' | 'diskFull';
