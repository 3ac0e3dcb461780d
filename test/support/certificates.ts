/** Certificates made on the spot, so that tests can speak TLS with servers of their own. X.509 v3 in DER (RFC 5280). */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import net from 'node:net';

/** What a TLS server needs, PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Somebody who certifies servers. */
export interface Authority {
  /** Its own certificate, PEM: who trusts it gives it as `ca`. */
  readonly ca: string;
  /** Certifies a server by its names and addresses. Valid from a day ago for a day, unless said otherwise. */
  issue(names: readonly string[], validity?: { readonly from: Date; readonly to: Date }): ServerCertificate;
}

const DAY_MS = 24 * 60 * 60_000;
const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
} as const;

/** Makes an authority that nobody knows yet. */
export function createAuthority(name = 'Deskbell tests'): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validity = { from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) };
  const isAuthority = extension(OID.basicConstraints, sequence(boolean(true)), true);
  const ca = certificate({
    issuer: name,
    subject: name,
    validity,
    key: own.publicKey,
    signer: own.privateKey,
    extensions: [isAuthority],
  });
  return {
    ca,
    issue(names, valid = validity) {
      const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cert = certificate({
        issuer: name,
        subject: names[0] ?? '',
        validity: valid,
        key: server.publicKey,
        signer: own.privateKey,
        extensions: [extension(OID.subjectAltName, sequence(...names.map(alternativeName)))],
      });
      return { cert, key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

interface Content {
  readonly issuer: string;
  readonly subject: string;
  readonly validity: { readonly from: Date; readonly to: Date };
  readonly key: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate({ issuer, subject, validity, key, signer, extensions }: Content): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    distinguishedName(issuer),
    sequence(time(validity.from), time(validity.to)),
    distinguishedName(subject),
    key.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const whole = sequence(content, algorithm, bits(sign('sha256', content, signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const distinguishedName = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(oid(OID.commonName), tagged(0x0c, Buffer.from(name)))));

const alternativeName = (name: string): Buffer =>
  net.isIP(name) === 0 ? tagged(0x82, Buffer.from(name)) : tagged(0x87, addressBytes(name));

const addressBytes = (address: string): Buffer =>
  net.isIPv4(address)
    ? Buffer.from(address.split('.').map(Number))
    : Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);

function extension(name: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(name), ...(isCritical ? [boolean(true)] : []), tagged(0x04, value));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));
const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
/** GeneralizedTime, in UTC and whole seconds. */
const time = (at: Date): Buffer =>
  tagged(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** The last byte without the high bit, those before it with. */
function base128(value: number): readonly number[] {
  const digits = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
    digits.unshift((left % 128) | 128);
  return digits;
}
