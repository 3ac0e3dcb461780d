import * as z from 'zod';
import { AgreementSchema } from './agreement';
import {
  BoardApiTargetSchema,
  EmailTargetSchema,
  LogoSchema,
  MailRouteSchema,
  RtTargetSchema,
} from './board';
import { DEVICE_KEYS } from './device';
import { isTimeZone } from './hours';
import { SettingsSchema } from './settings';

/**
 * Everything an organisation can manage, in one place: what Deskbell reads (`policy-reading.ts`), the templates for Group
 * Policy, the configuration profile, the Linux sample and the JSON schema in `assets/policy/` come from here (`npm run policy`).
 *
 * Every member is optional. A group whose members are all optional is read member by member, so that a wrong value costs
 * itself alone; one with required members (a service desk, a mail route) counts as a whole.
 */

/** Names a member for people, with an example. */
const about = <Schema extends z.ZodType>(
  schema: Schema,
  title: string,
  description: string,
  ...examples: readonly unknown[]
): Schema => schema.meta({ title, description, ...(examples.length > 0 && { examples: [...examples] }) });

/** The same for a member that may be left out. */
const setting = <Schema extends z.ZodType>(
  schema: Schema,
  title: string,
  description: string,
  ...examples: readonly unknown[]
): z.ZodOptional<Schema> => about(schema, title, description, ...examples).optional();

const text = (max: number) => z.string().trim().min(1).max(max);
const colour = () => z.string().regex(/^#[0-9a-fA-F]{6}$/);

const mailRoute = {
  host: about(
    MailRouteSchema.shape.host,
    'Mail server',
    'Host name of the server that takes mail from users (RFC 6409).',
    'smtp.example.com',
  ),
  port: about(
    MailRouteSchema.shape.port,
    'Port',
    'Port of the mail server: usually 587 with STARTTLS, 465 with TLS.',
    587,
  ),
  security: about(
    MailRouteSchema.shape.security,
    'Connection security',
    'tls: from the first byte. starttls: required before anything else. none: on this computer only.',
    'starttls',
  ),
  signIn: about(
    MailRouteSchema.shape.signIn,
    'Asks for a name and password',
    'Whether the mail server asks users for their name and password.',
    true,
  ),
  deskAddress: about(
    MailRouteSchema.shape.deskAddress,
    "Service desk's mailbox",
    'Where requests go.',
    'help@provider.example',
  ),
  billingAddress: about(
    MailRouteSchema.shape.billingAddress,
    "Billing's mailbox",
    'In copy when people join or leave. Left out: nobody.',
    'billing@provider.example',
  ),
};

/** The service desk that an organisation chooses. The practice desk cannot be one. */
export const ManagedBoardSchema = z.discriminatedUnion('kind', [
  about(
    z.object({
      kind: z.literal('boardApi'),
      url: about(
        BoardApiTargetSchema.shape.url,
        'Address',
        'Web address of the board, with https.',
        'https://desk.provider.example',
      ),
    }),
    'Board API',
    "A provider's board or gateway that speaks Deskbell's Board API.",
  ),
  about(
    z.object({
      kind: z.literal('rt'),
      url: about(
        RtTargetSchema.shape.url,
        'Address',
        'Web address of Request Tracker, with https and its path.',
        'https://rt.provider.example/rt',
      ),
      queue: about(RtTargetSchema.shape.queue, 'Queue', 'Queue that tickets are filed in.', 'Service Board'),
      fields: about(
        RtTargetSchema.shape.fields,
        'Custom fields',
        'Names of the custom fields. Left out: the names in the guide for administrators. An empty name on Windows, or null in JSON, says that there is no such field.',
      ),
    }),
    'Request Tracker',
    'Request Tracker 5 with its REST2 interface.',
  ),
  about(
    z.object({ kind: EmailTargetSchema.shape.kind, ...mailRoute }),
    'E-mail',
    'A service desk that is reached by e-mail alone.',
  ),
]);

const contact = (who: string, title: string, phone: string, email: string) =>
  z
    .object({
      name: setting(
        z.string().trim().max(200),
        `${title}: name`,
        `Who answers for ${who}. Left out: the purpose alone.`,
        title,
      ),
      phone: setting(
        z.string().trim().max(100),
        `${title}: phone number`,
        `Number to call for ${who}.`,
        phone,
      ),
      email: setting(
        z.email().max(300),
        `${title}: e-mail address`,
        `Address to write to for ${who}.`,
        email,
      ),
    })
    .meta({ title, description: `Whom to reach for ${who}.` })
    .optional();

const SPAN = String.raw`([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d`;
const openingTimes = (day: string) =>
  setting(
    z
      .string()
      .trim()
      .regex(new RegExp(String.raw`^(${SPAN}(, *${SPAN})*)?$`))
      .refine((spans) => spansOf(spans).every(({ from, to }) => from < to)),
    day,
    `When the service desk is open on ${day}s, e.g. 08:00-17:00 or 08:00-12:00, 13:00-17:00. Empty or left out: closed.`,
    ...(day === 'Saturday' || day === 'Sunday' ? [''] : ['08:00-12:00, 13:00-17:00']),
  );

const yesNo = (title: string, description: string, example: boolean) =>
  setting(z.boolean(), title, description, example);

const MODIFIER = '(CommandOrControl|CmdOrCtrl|Command|Cmd|Control|Ctrl|Alt|Option|AltGr|Shift|Super|Meta)';
const accelerator = () =>
  z
    .string()
    .max(60)
    .regex(new RegExp(String.raw`^((${MODIFIER}\+)+([A-Za-z0-9]|F([1-9]|1\d|2[0-4])|[A-Z][a-z]{2,}))?$`));

const notifications = SettingsSchema.shape.notifications.unwrap().shape;
const quietHours = notifications.quietHours.unwrap().shape;

/** The managed settings. */
export const PolicySchema = z.object({
  organisation: setting(
    text(200),
    'Organisation',
    'How your organisation is named where Deskbell says who manages it.',
    'Lindner & Co',
  ),
  board: ManagedBoardSchema.meta({
    title: 'Service desk',
    description:
      'The service desk that users are connected with. They need not type an address, and are offered this one.',
    examples: [{ kind: 'boardApi', url: 'https://desk.provider.example' }],
  }).optional(),
  signIn: z
    .object({
      name: setting(
        text(300),
        'User name to begin with',
        'What stands in the name field at first. {user} is the name with which somebody is signed in to the computer.',
        '{user}@example.com',
      ),
      tokens: setting(
        z.enum(['allowed', 'only', 'never']),
        'Tokens of the board',
        'Where a board takes a token of its own instead of a password (Request Tracker): whether tokens may be used, must be, or are not offered.',
        'allowed',
      ),
      scopes: setting(
        z
          .array(
            z
              .string()
              .trim()
              .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/),
          )
          .max(30),
        'OpenID Connect scopes',
        'Scopes to ask for instead of those that the board names.',
        ['openid', 'profile', 'email', 'offline_access'],
      ),
    })
    .meta({ title: 'Sign-in', description: 'How users sign in to the service desk chosen here.' })
    .optional(),
  branding: z
    .object({
      name: setting(
        text(40),
        'Product name',
        'The name instead of Deskbell in the window, the tray, menus and notifications. About still says Deskbell.',
        'Lindner Helpdesk',
      ),
      accentLight: setting(
        colour(),
        'Accent colour, light',
        'Accent colour of the light look. Made darker where its contrast is too low to be read.',
        '#1f5fbf',
      ),
      accentDark: setting(
        colour(),
        'Accent colour, dark',
        'Accent colour of the dark look. Made lighter where its contrast is too low to be read. Left out: the light one, made to fit.',
        '#8ab8ff',
      ),
      logo: setting(
        LogoSchema,
        'Logo',
        'Picture for the first screen as a data URL (PNG, JPEG, WebP or SVG, base64), up to 200,000 characters. Nothing is loaded from the web.',
        'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA4IDgiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSI0IiBmaWxsPSIjMWY1ZmJmIi8+PC9zdmc+',
      ),
    })
    .meta({ title: 'Name, colours and logo', description: 'How Deskbell looks for your users.' })
    .optional(),
  contacts: z
    .object({
      serviceDesk: contact(
        'everything that can wait for business hours',
        'Service desk',
        '+1 202 555 0140',
        'help@provider.example',
      ),
      emergency: contact(
        'emergencies at any time',
        'Emergency line',
        '+1 202 555 0199',
        'urgent@provider.example',
      ),
      billing: contact(
        'invoices and people who join or leave',
        'Billing',
        '+1 202 555 0121',
        'billing@provider.example',
      ),
      accountLead: contact(
        'the agreement itself',
        'Account lead',
        '+1 202 555 0163',
        'lead@provider.example',
      ),
    })
    .meta({
      title: 'Numbers to call',
      description:
        'The call sheet, shown before the first sign-in, too. Once connected, what the board itself says about the agreement counts instead.',
    })
    .optional(),
  hours: z
    .object({
      timeZone: setting(
        text(100).refine(isTimeZone),
        'Time zone',
        'IANA name of the time zone of the opening times, e.g. Europe/Berlin. Left out: the hours are not used.',
        'America/Detroit',
      ),
      monday: openingTimes('Monday'),
      tuesday: openingTimes('Tuesday'),
      wednesday: openingTimes('Wednesday'),
      thursday: openingTimes('Thursday'),
      friday: openingTimes('Friday'),
      saturday: openingTimes('Saturday'),
      sunday: openingTimes('Sunday'),
      holidays: setting(
        z
          .array(
            z
              .string()
              .trim()
              .max(220)
              .regex(/^\d{4}-\d{2}-\d{2} \S.*$/)
              .refine((line) => z.iso.date().safeParse(line.slice(0, 10)).success)
              .meta({ examples: ['2026-12-25 Christmas Day'] }),
          )
          .max(200),
        'Holidays',
        'Days on which the service desk is closed: the date, a space, and the name to say.',
        ['2026-12-25 Christmas Day', '2027-01-01 New Year’s Day'],
      ),
    })
    .meta({ title: 'Opening hours', description: 'When the service desk takes general requests.' })
    .optional(),
  agreement: z
    .object({
      provider: setting(text(200), 'Provider', 'How the provider is named.', 'Northside IT'),
      customer: setting(
        z.string().trim().max(200),
        'Customer',
        'How your organisation is named in the agreement.',
        'Lindner & Co',
      ),
      afterHours: setting(
        AgreementSchema.shape.afterHours.exclude(['unknown']),
        'Emergencies after hours',
        'Whether emergencies outside the opening hours are part of the agreement or charged separately. Left out: neither is claimed.',
        'included',
      ),
      kind: setting(
        AgreementSchema.shape.kind.exclude(['unknown']),
        'Kind of support',
        'Whether engineers only work from afar, also come by, or work together with your own IT people.',
        'traditional',
      ),
      emergencyConfirmMinutes: setting(
        z.number().int().min(1).max(1440),
        'Minutes until an emergency is confirmed',
        'After this many minutes without an answer Deskbell reminds of calling again. Left out: 30.',
        30,
      ),
      covered: setting(z.array(text(500)).max(100), 'Covered', 'What the agreement covers, line by line.', [
        'Your computers and what is installed on them',
      ]),
      notCovered: setting(
        z.array(text(500)).max(100),
        'Not covered',
        'What it does not cover, line by line.',
        ['Private devices'],
      ),
    })
    .meta({
      title: 'Agreement',
      description: 'What was agreed, for boards that do not say so themselves (Request Tracker, e-mail).',
    })
    .optional(),
  features: z
    .object({
      practiceDesk: yesNo(
        'Practice desk',
        'Whether users may try Deskbell on the make-believe service desk.',
        false,
      ),
      otherDesks: yesNo(
        'Other service desks',
        'Whether users may connect with other service desks than the one chosen here. Left out: only where none is chosen.',
        false,
      ),
      screenshots: yesNo('Screenshots', 'Whether users may take pictures of the screen with Deskbell.', true),
      deviceFacts: yesNo(
        'Facts about the computer',
        'Whether facts about the computer may go along with tickets, each seen by the user before.',
        true,
      ),
      attachments: yesNo(
        'Attachments',
        'Whether files may go along with tickets and replies. Screenshots are files.',
        true,
      ),
      mailFallback: yesNo(
        'Send by e-mail instead',
        'Whether a ticket may go by e-mail while the service desk is out of reach.',
        true,
      ),
    })
    .meta({
      title: 'Allowed features',
      description: 'What users are offered. What is not allowed is not shown.',
    })
    .optional(),
  settings: z
    .object({
      theme: setting(
        SettingsSchema.shape.theme.unwrap(),
        'Colours',
        'Light, dark, or as the system.',
        'system',
      ),
      startAtLogin: yesNo(
        'Start at sign-in',
        'Whether Deskbell starts when users sign in to the computer.',
        true,
      ),
      shortcut: setting(
        accelerator(),
        'Shortcut for a new ticket',
        'Keys that open a new ticket in every program, e.g. CommandOrControl+F12. Empty: none.',
        'CommandOrControl+F12',
      ),
      screenshotShortcut: setting(
        accelerator(),
        'Shortcut for a ticket with a screenshot',
        'Keys that take a screenshot for a new ticket. Empty: none.',
        'CommandOrControl+Shift+F12',
      ),
      device: z
        .object({
          consent: about(
            z.enum(['yes', 'no']),
            'Facts go along',
            'Whether facts about the computer go along with tickets. Users see each before it goes.',
            'yes',
          ),
          without: about(
            z.array(z.enum(DEVICE_KEYS)).default([]),
            'Left out',
            `Facts that do not go along, of: ${DEVICE_KEYS.join(', ')}.`,
            ['user', 'wifi'],
          ),
        })
        .meta({
          title: 'Choice of facts about the computer',
          description: 'Which facts go along, instead of asking each user.',
          examples: [{ consent: 'yes', without: ['user', 'wifi'] }],
        })
        .optional(),
      notifications: z
        .object({
          enabled: yesNo('Notifications', 'Whether Deskbell tells what happens.', true),
          hideDetails: yesNo('Hide details', 'Notifications say that there is news, but not what.', true),
          quietHours: z
            .object({
              enabled: about(
                quietHours.enabled.default(true),
                'Quiet hours',
                'Whether there are quiet hours. Left out: yes.',
                true,
              ),
              from: about(quietHours.from, 'From', 'When they begin, e.g. 18:00.', '18:00'),
              to: about(quietHours.to, 'Until', 'When they end, e.g. 08:00.', '08:00'),
            })
            .meta({
              title: 'Quiet hours',
              description: 'Times without notifications.',
              examples: [{ enabled: true, from: '18:00', to: '08:00' }],
            })
            .optional(),
        })
        .meta({ title: 'Notifications', description: 'What is told, and when.' })
        .optional(),
    })
    .meta({
      title: "User's settings",
      description:
        'Settings of the user. Each that is named here is locked, and comes back as the user left it when it no longer is.',
    })
    .optional(),
  updates: z
    .object({
      channel: setting(
        z.enum(['stable', 'preview', 'off']),
        'Update channel',
        'Where new versions come from. off: your own software distribution brings them.',
        'stable',
      ),
    })
    .meta({ title: 'Updates', description: 'How new versions come to the computer.' })
    .optional(),
  fallbackMail: z
    .object(mailRoute)
    .meta({
      title: 'E-mail while the desk is out of reach',
      description: 'How a ticket can go by e-mail while the service desk is out of reach.',
      examples: [
        {
          host: 'smtp.example.com',
          port: 587,
          security: 'starttls',
          signIn: true,
          deskAddress: 'help@provider.example',
        },
      ],
    })
    .optional(),
});
/** The managed settings; everything may be left out. */
export type Policy = z.infer<typeof PolicySchema>;
/** The service desk that an organisation chooses. */
export type ManagedBoard = z.infer<typeof ManagedBoardSchema>;
/** The user's settings that a policy takes over. */
export type ManagedSettings = NonNullable<Policy['settings']>;

/** The opening times of a day, as the schema takes them. */
export const spansOf = (day: string): readonly { readonly from: string; readonly to: string }[] =>
  day
    .split(',')
    .map((span) => span.trim().split('-'))
    .flatMap(([from, to]) => (from && to ? [{ from, to }] : []));
