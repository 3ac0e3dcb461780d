import * as z from 'zod';

/**
 * The five questions of the satisfaction survey, in the order they are asked (guide, chapter 5, step 6):
 * overall handling, time to resolution, quality of the resolution, how it was notified, scheduled and resolved, personal treatment.
 */
export const SURVEY_QUESTIONS = ['overall', 'time', 'quality', 'process', 'people'] as const;
/** One of the five questions. */
export type SurveyQuestion = (typeof SURVEY_QUESTIONS)[number];

/** A rating: 1 is poor, 5 is best. */
export const RatingSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
/** A rating: 1 is poor, 5 is best. */
export type Rating = z.infer<typeof RatingSchema>;
const RATINGS: readonly number[] = [1, 2, 3, 4, 5] satisfies readonly Rating[];
/** Whether a number is a rating, where no schema is at hand. */
export const isRating = (value: number): value is Rating => RATINGS.includes(value);

/** All five ratings; a survey goes out complete or not at all. */
export const SurveyAnswersSchema = z.object({
  overall: RatingSchema,
  time: RatingSchema,
  quality: RatingSchema,
  process: RatingSchema,
  people: RatingSchema,
});
/** All five ratings. */
export type SurveyAnswers = z.infer<typeof SurveyAnswersSchema>;
