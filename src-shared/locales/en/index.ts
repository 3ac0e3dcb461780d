import board from './board.json';
import callSheet from './callSheet.json';
import common from './common.json';
import connect from './connect.json';
import device from './device.json';
import email from './email.json';
import emergency from './emergency.json';
import newTicket from './newTicket.json';
import notify from './notify.json';
import outbox from './outbox.json';
import practice from './practice.json';
import screenshot from './screenshot.json';
import settings from './settings.json';
import signIn from './signIn.json';
import status from './status.json';
import survey from './survey.json';
import ticket from './ticket.json';
import tickets from './tickets.json';
import tray from './tray.json';
import welcome from './welcome.json';
import window from './window.json';

/** Every English text, by namespace. English is the language that the keys are checked against. */
export const english = {
  board,
  callSheet,
  common,
  connect,
  device,
  email,
  emergency,
  newTicket,
  notify,
  outbox,
  practice,
  screenshot,
  settings,
  signIn,
  status,
  survey,
  ticket,
  tickets,
  tray,
  welcome,
  window,
} as const;
