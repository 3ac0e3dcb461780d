#!/usr/bin/env node
// Called by dunst for every notification it accepts; what it was is in the environment.
import { appendFileSync } from 'node:fs';

const {
  DESKTOP_SESSION_DIR,
  DUNST_APP_NAME,
  DUNST_SUMMARY,
  DUNST_BODY,
  DUNST_ID,
  DUNST_URGENCY,
  DUNST_ICON_PATH,
} = process.env;
const line = JSON.stringify({
  app: DUNST_APP_NAME ?? '',
  summary: DUNST_SUMMARY ?? '',
  body: DUNST_BODY ?? '',
  id: Number(DUNST_ID),
  urgency: DUNST_URGENCY ?? '',
  icon: DUNST_ICON_PATH ?? '',
});
appendFileSync(`${DESKTOP_SESSION_DIR}/notifications.jsonl`, `${line}\n`);
